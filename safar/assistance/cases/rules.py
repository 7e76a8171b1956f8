"""The numbers of cases, and what a telephone number comes to."""

import re


def case_number(office: str, prefix: str, year: int, sequence: int) -> str:
    """Return a case's number: `BIS-RTN-26-0044`, as people write it on paper and read it aloud."""
    return f"{office}-{prefix}-{year % 100:02d}-{sequence:04d}"


def phone_digits(value: str) -> str:
    """Return the last nine digits: the same telephone with and without its country's code."""
    return re.sub(r"\D", "", value)[-9:]
