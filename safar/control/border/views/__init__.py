"""Pages of the crossing point."""
