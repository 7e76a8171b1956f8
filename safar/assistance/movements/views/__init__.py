"""The pages of movements."""
