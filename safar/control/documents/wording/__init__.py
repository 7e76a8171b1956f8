"""What documents' pages say, in the language of the page."""
