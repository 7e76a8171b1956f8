"""What a document's chip holds, and which key signs it."""
