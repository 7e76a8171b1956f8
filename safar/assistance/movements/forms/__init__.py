"""The shapes of what is typed in a movement."""
