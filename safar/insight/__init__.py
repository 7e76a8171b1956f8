"""Figures from both wings, through queries that return counts."""
