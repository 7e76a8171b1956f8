"""Which part of a name field is the surname, and how is a long name cut? (9303-3 §4.6)"""

import re
from typing import NamedTuple

from safar.lib.mrz.spelling import signs

_SHOWN = 4
"""Letters of the given names that stay, however long the surname is."""


class Names(NamedTuple):
    """The two parts, with the columns (from 0, inside the field) where the given names stand."""

    surname: str
    given_names: str
    surname_end: int
    given_start: int
    truncated: bool


def split(field: str) -> Names:
    """Split a name field at its first `<<`; without one the whole is the primary identifier."""
    surname, double, given = field.partition("<<")
    length = len(surname)
    given_start = length + 2 if double and given.strip("<") else length
    return Names(
        surname.replace("<", " ").strip(),
        " ".join(given.replace("<", " ").split()),
        length,
        given_start,
        not field.endswith("<"),
    )


def join(surname: str, given_names: str, width: int) -> str:
    """The name field for a name as written, cut by ICAO's rule where it is too long.

    A cut field ends in a letter, and shows at least the first letters of the given names.

    Raises:
        ValueError: a letter of the name has no spelling in the zone, or nothing is left of it.
    """
    primary, secondary = signs(surname), signs(given_names)
    if not primary and not secondary:
        raise ValueError("A document needs a name.")
    if not secondary:
        return _cut(primary, width)
    room = width - 2 - min(len(secondary), _SHOWN)
    if len(primary) > room:
        primary = _cut(primary, room)
    return _cut(f"{primary}<<{secondary}", width)


def _cut(text: str, width: int) -> str:
    while len(text) > width and text[width - 1] == "<":
        text = _shorten(text, width)
    return text[:width].ljust(width, "<")


def _shorten(text: str, width: int) -> str:
    """Take one letter off the longest part before the edge, so that the edge falls on a letter."""
    parts = list(re.finditer(r"[^<]+", text[:width]))
    longest = max(parts, key=lambda part: part.end() - part.start())
    if longest.end() - longest.start() > 1:
        return text[: longest.end() - 1] + text[longest.end() :]
    # nothing but initials: one of them goes with its filler, so that no `<<` comes about
    return re.sub(r"[^<]<(?=[^<])", "", text, count=1)
