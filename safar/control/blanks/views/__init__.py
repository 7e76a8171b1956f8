"""Pages of blanks."""
