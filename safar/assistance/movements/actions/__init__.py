"""What is done in a movement, one verb each."""
