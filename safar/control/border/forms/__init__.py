"""The shape of what is typed and handed in at the crossing point."""
