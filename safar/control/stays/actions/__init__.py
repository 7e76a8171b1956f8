"""Writes of stay: one verb, one function."""
