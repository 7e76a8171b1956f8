"""What is done to people and cases: one verb, one function."""
