"""The reference of an application, and the code with which an applicant comes back to hers."""

from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from safar.lib import references
from safar.lib.references import SIGNS, tidy

__all__ = ["SIGNS", "hashed", "is_code", "new_code", "new_reference", "tidy"]

CODE: Final = 12  # 58 bits


def new_reference() -> str:
    return references.new()


def new_code() -> str:
    """The code of a draft. Only its hash is kept."""
    return references.new(CODE)


def hashed(number: str, code: str) -> str:
    return salted_hmac("safar.visas.code", f"{number}|{code}", algorithm="sha256").hexdigest()


def is_code(number: str, code: str, kept: str) -> bool:
    """Whether this is the code of the draft; says no in the same time whatever is wrong."""
    return constant_time_compare(hashed(number, tidy(code)), kept or "0" * 64)
