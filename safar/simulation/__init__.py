"""Made-up people, documents and border traffic, the same for the same seed."""
