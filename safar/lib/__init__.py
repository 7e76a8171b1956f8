"""Pure Python, without Django and without the database: zones, names, stay, partial dates."""
