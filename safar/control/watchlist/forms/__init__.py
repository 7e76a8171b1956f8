"""The shape of what list managers type and hand in."""
