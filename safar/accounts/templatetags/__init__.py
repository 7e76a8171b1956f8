"""What the templates of accounts need beyond those of the ui."""
