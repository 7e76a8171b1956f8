"""Rules of blanks: how they are numbered."""
