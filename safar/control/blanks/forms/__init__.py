"""Forms of blanks and boxes."""
