"""Where visas and passports are made: offices, and who works at which."""
