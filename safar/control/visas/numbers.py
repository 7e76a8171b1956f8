"""References and codes that people write down and read aloud; nobody guesses either.

No letter or digit that is taken for another: neither 0 and O, nor 1, I and L, nor U and V.
"""

import re
import secrets
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTWXYZ"
REFERENCE: Final = 8  # 29^8: 39 bits, asked a few times in a quarter of an hour
CODE: Final = 12  # 58 bits


def new_reference() -> str:
    return _in_fours(REFERENCE)


def new_code() -> str:
    """The code of a draft. Only its hash is kept."""
    return _in_fours(CODE)


def tidy(text: str) -> str:
    """What was typed, as it was given out: capitals in groups of four."""
    signs = "".join(one for one in text.upper() if one.isascii() and one.isalnum())[:20]
    return "-".join(re.findall(".{1,4}", signs))


def hashed(number: str, code: str) -> str:
    return salted_hmac("safar.visas.code", f"{number}|{code}", algorithm="sha256").hexdigest()


def is_code(number: str, code: str, kept: str) -> bool:
    """Whether this is the code of the draft; says no in the same time whatever is wrong."""
    return constant_time_compare(hashed(number, tidy(code)), kept or "0" * 64)


def _in_fours(length: int) -> str:
    return tidy("".join(secrets.choice(SIGNS) for _one in range(length)))
