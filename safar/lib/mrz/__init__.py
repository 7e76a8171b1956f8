"""Machine readable zones of travel documents: read, check, write (ICAO Doc 9303)."""

from safar.lib.mrz.catalogue import CODES, WEIGHTS
from safar.lib.mrz.checks import check_digit
from safar.lib.mrz.parsing import read
from safar.lib.mrz.reading import Change, CheckPosition, Field, Finding, Reading, Repair
from safar.lib.mrz.writing import Document, WritingError, write

__all__ = [
    "CODES",
    "WEIGHTS",
    "Change",
    "CheckPosition",
    "Document",
    "Field",
    "Finding",
    "Reading",
    "Repair",
    "WritingError",
    "check_digit",
    "read",
    "write",
]
