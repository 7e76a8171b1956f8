"""The rules of visas, topic by topic; those of applications are asked most."""

from safar.control.visas.rules.applications import (
    ANSWERS,
    DRAFT_DAYS,
    FARTHEST_ARRIVAL,
    SCREENING_HOLDS,
    Needs,
    Problem,
    document_number,
    given_within,
    is_fresh,
    is_settled,
    missing,
    problems,
    stay_days,
)

__all__ = [
    "ANSWERS",
    "DRAFT_DAYS",
    "FARTHEST_ARRIVAL",
    "SCREENING_HOLDS",
    "Needs",
    "Problem",
    "document_number",
    "given_within",
    "is_fresh",
    "is_settled",
    "missing",
    "problems",
    "stay_days",
]
