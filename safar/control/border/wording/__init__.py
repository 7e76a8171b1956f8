"""What the booth and the second line say of findings, in the language of the page."""
