"""Figures for headquarters: how many crossed, where, when. Counts only, never persons."""
