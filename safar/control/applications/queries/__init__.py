"""Reads that visas and passports share."""

from safar.control.applications.queries.lists import (
    last_screening,
    opened_matches,
    reasons,
    unknown_to,
)
from safar.control.applications.queries.papers import account_of, last_photo, paper_kinds

__all__ = [
    "account_of",
    "last_photo",
    "last_screening",
    "opened_matches",
    "paper_kinds",
    "reasons",
    "unknown_to",
]
