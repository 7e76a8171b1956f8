"""Reads of cases and people, actor first."""
