"""Reads of stays: who is over their day, how it was counted, what waits at the desk."""
