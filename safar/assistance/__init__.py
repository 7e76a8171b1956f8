"""Help for people. Nothing here imports `control`, and `control` imports nothing of it."""
