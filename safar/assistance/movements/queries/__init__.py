"""Reads of movements, actor first."""
