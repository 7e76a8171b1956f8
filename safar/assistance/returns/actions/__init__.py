"""What is done in a return: one verb, one function."""
