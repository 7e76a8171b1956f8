"""What makes a line of an imported list right, and a document number comparable."""

import re
from collections.abc import Container
from dataclasses import dataclass

COLUMNS = ("issuer", "number", "report", "reference")
LONGEST_REFERENCE = 80
_NUMBER = re.compile(r"[A-Z0-9]{3,30}", re.ASCII)
_FILLING = str.maketrans("", "", "< -/.\u00a0\u2009\u202f\u2010\u2011\u2013")
# Cyrillic capitals that look as Latin ones; typed by whoever forgot to change the keyboard.
_ALIKE = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")


def in_standard_form(number: str) -> str:
    """Return a number as a machine reads it: capital Latin letters and digits, nothing between them.

    Blanks, hyphens, dots, strokes and fillers say nothing. What is left that no zone has stays.
    """
    return number.upper().translate(_FILLING).translate(_ALIKE)


def is_number(number: str) -> bool:
    """Whether a document can have this number, in standard form: 3 to 30 letters and digits."""
    return _NUMBER.fullmatch(number) is not None


@dataclass(frozen=True)
class Wrong:
    """What is wrong in which column (counted from 1)."""

    column: int
    what: str


def fault(row: list[str], issuers: Container[str], reports: Container[str]) -> Wrong | None:
    """Return the first thing that is wrong with a row, its number in standard form, or None."""
    if len(row) != len(COLUMNS):
        column = min(len(row), len(COLUMNS)) + 1
        return Wrong(column, f"{len(row)} columns stand where {len(COLUMNS)} are needed")
    issuer, number, report, reference = row
    if issuer not in issuers:
        return Wrong(1, f"“{issuer}” is the code of no issuing state")
    if not is_number(number):
        return Wrong(2, f"“{number}” is no document number: 3 to 30 letters A to Z and digits")
    if report not in reports:
        return Wrong(3, f"“{report}” is none of the reports")
    if not reference.strip() or len(reference) > LONGEST_REFERENCE:
        return Wrong(4, f"a reference of 1 to {LONGEST_REFERENCE} characters is needed")
    return None
