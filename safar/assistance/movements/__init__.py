"""Resettlement and operational movements: a family travels, papers in hand, and is met."""
