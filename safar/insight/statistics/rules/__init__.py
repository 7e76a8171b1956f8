"""What is a lawful and honest figure: periods, the usual range, small cells."""
