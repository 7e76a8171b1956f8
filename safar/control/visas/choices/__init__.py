"""What may be chosen: of applications, of issued visas and their stock, in the manual."""
