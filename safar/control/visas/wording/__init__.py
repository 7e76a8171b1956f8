"""How answers of the manual and of applications read."""
