"""Other ways to find a name in a list, each a program with the files of `safar screen`."""
