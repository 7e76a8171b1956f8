"""How codes read."""
