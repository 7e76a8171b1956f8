"""References and codes that people write down and read aloud; nobody guesses either.

No letter or digit that is taken for another: neither 0 and O, nor 1, I and L, nor U and V.
"""

import re
import secrets
from typing import Final

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTWXYZ"
REFERENCE: Final = 8
"""Signs of a reference: 29^8, 39 bits."""


def new(length: int = REFERENCE) -> str:
    """A random reference, in groups of four."""
    return tidy("".join(secrets.choice(SIGNS) for _one in range(length)))


def tidy(text: str) -> str:
    """What was typed, as it was given out: capitals in groups of four."""
    signs = "".join(one for one in text.upper() if one.isascii() and one.isalnum())[:20]
    return "-".join(re.findall(".{1,4}", signs))
