"""What can go wrong with an index or a list, in plain words?"""


class IndexBroken(Exception):
    """The folder holds no index that this version can read; the message says why."""


class BadRow(Exception):
    """A row of a list that cannot be read; the message names file and line."""
