"""What stands in a file that somebody hands in? Read with limits, before anything is kept."""
