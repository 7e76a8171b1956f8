"""Who has been at the border: people as their documents name them, and who is the same person."""
