"""Is this traveller on a list? The index of names, and who asks it."""
