"""Writes of the crossing point: one verb, one function."""
