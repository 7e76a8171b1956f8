"""What is right about a line of an imported list, and what does a document tell about itself?"""

from safar.control.documents.rules.catalogue import WEIGHTS, Remark
from safar.control.documents.rules.checks import Told, remarks
from safar.control.documents.rules.numbers import Numbered, numbered, span_of
from safar.control.documents.rules.people import system_of
from safar.control.documents.rules.reports import (
    COLUMNS,
    LONGEST_REFERENCE,
    Wrong,
    fault,
    in_standard_form,
    is_number,
)
from safar.control.documents.rules.series import Series, Term, of_kind, parse_terms, same_kind
from safar.control.documents.rules.sources import FIELDS, OtherSource, of_sources

__all__ = [
    "COLUMNS",
    "FIELDS",
    "LONGEST_REFERENCE",
    "WEIGHTS",
    "Numbered",
    "OtherSource",
    "Remark",
    "Series",
    "Term",
    "Told",
    "Wrong",
    "fault",
    "in_standard_form",
    "is_number",
    "numbered",
    "of_kind",
    "of_sources",
    "parse_terms",
    "remarks",
    "same_kind",
    "span_of",
    "system_of",
]
