"""The words that people and cases are described with, one file for each room of the work."""
