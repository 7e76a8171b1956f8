"""Reads of blanks and of their boxes."""
