"""Reads of the crossing point."""
