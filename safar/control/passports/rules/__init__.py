"""What is true of an application, told from plain values."""
