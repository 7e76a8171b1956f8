"""Figures as tables. Only counts come here: nothing in this package can name a person."""
