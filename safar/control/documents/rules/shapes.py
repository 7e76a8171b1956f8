"""Does a number look as this state's numbers do, going by those that crossed here?"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from safar.control.documents.rules.catalogue import Remark

LEAST: Final = 500  # numbers of an issuer and kind, before anything is called unusual
RARE: Final = 1000  # a shape that fewer than one in so many has
WIDESPREAD: Final = 0.998
"""So much of all numbers the usual shapes make up; where a state draws its letters by lot, every
shape is rare, and that one is says nothing."""
_DIGIT, _LETTER = re.compile(r"[0-9]"), re.compile(r"[A-Z]")


def shape_of(number: str) -> str:
    """The first letters as they are, then `#` for a digit and `@` for a letter: `AC#######`."""
    start = len(number) - len(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    rest = _DIGIT.sub("#", number[start:])
    return number[:start] + _LETTER.sub("@", rest)


def of_shapes(number: str, seen: Mapping[str, int]) -> Iterator[Remark]:
    """Say that a number is unusual, never that it is false. `seen`: shape → numbers, of its kind."""
    total = sum(seen.values())
    if total < LEAST or not _is_rare(seen.get(shape_of(number), 0), total):
        return
    usual = sum(count for count in seen.values() if not _is_rare(count, total))
    if usual >= WIDESPREAD * total:
        yield Remark("document.number_unseen", {"number": number})


def _is_rare(count: int, total: int) -> bool:
    return count * RARE < total
