"""How applications, visas and certificates may move."""
