"""The list of visas as a file: what it says, and the folders in which it travels."""
