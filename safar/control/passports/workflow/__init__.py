"""How applications and what is made of them may move."""
