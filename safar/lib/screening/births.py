"""Which birth date does a text of a list mean, and do two birth dates agree?"""

import re
from typing import Final

from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth

_SPAN: Final = re.compile(r"(\d{4})\s*(?:/|\.\.|–|—|-| to )\s*(\d{4})", re.ASCII)
_ABOUT: Final = re.compile(
    r"^(?:~|ca?\.?\s+|circa\s+|about\s+|approx(?:imately|\.)?\s+)|[~?]$", re.IGNORECASE
)


def parse_birth(text: str) -> Birth | None:
    """Read `1984-05-17`, `1984-05`, `1984`, `~1984`, `circa 1984` or `1980/1984`; '' is None.

    Raises:
        ValueError: the text is not of such a shape, or names a day that does not exist.
    """
    text = text.strip()
    plain = _ABOUT.sub("", text).strip()
    approximate = plain != text
    if span := _SPAN.fullmatch(plain):
        first, last = int(span[1]), int(span[2])
        if last < first:
            raise ValueError("The span of years ends before it begins.")
        return Birth(PartialDate(first), last if last > first else None, approximate)
    date = PartialDate.parse(plain)
    return Birth(date, None, approximate) if date else None
