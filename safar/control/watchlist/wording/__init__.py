"""What the pages of lists say, in the language of the page."""
