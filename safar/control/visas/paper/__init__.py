"""What leaves on paper: the sticker, the e-visa, letters and receipts."""
