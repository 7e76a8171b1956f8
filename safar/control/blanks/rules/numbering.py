"""Which blanks lie between two numbers, and which ranges do numbers make? A series of letters, then digits that count."""

import re
from collections.abc import Iterable
from typing import Final

MOST: Final = 20_000
"""Blanks of one delivery; more come as several."""
_NUMBER: Final = re.compile(r"([A-Z]{0,4})(\d{3,9})")


class NumberingError(ValueError):
    """The two numbers make no range; the text says why."""


def numbers_between(first: str, last: str) -> list[str]:
    """Both ends included: `KG000001` to `KG000500`."""
    one, other = _NUMBER.fullmatch(first), _NUMBER.fullmatch(last)
    if not one or not other or len(first) > 9 or len(last) > 9 or len(first) < 4:
        raise NumberingError(
            "a number has up to four letters and at least three digits, nine signs"
        )
    if one[1] != other[1] or len(first) != len(last):
        raise NumberingError("the first and the last are of different series")
    count = int(other[2]) - int(one[2]) + 1
    if not 1 <= count <= MOST:
        raise NumberingError(f"from 1 to {MOST} blanks at once")
    width = len(one[2])
    return [f"{one[1]}{int(one[2]) + step:0{width}d}" for step in range(count)]


def ranges(numbers: Iterable[str]) -> list[tuple[str, str]]:
    """Consecutive numbers joined: [("KG000001", "KG000020"), …]."""
    found: list[tuple[str, str]] = []
    for number in numbers:
        if found and _next(found[-1][1]) == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _next(number: str) -> str:
    letters = number.rstrip("0123456789")
    digits = number[len(letters) :]
    return f"{letters}{int(digits or 0) + 1:0{len(digits)}d}"
