"""Readers of the files that lists come in: one a format, all giving `parsed` entries."""
