"""What leaves on paper: the data page, the receipt of a delivery, letters."""
