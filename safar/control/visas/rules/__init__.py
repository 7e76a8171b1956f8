"""The rules of visas, topic by topic; those of applications are asked most."""

from safar.control.visas.rules.applications import (
    ANSWERS,
    DRAFT_DAYS,
    FARTHEST_ARRIVAL,
    Needs,
    given_within,
    missing,
    problems,
    stay_days,
)

__all__ = [
    "ANSWERS",
    "DRAFT_DAYS",
    "FARTHEST_ARRIVAL",
    "Needs",
    "given_within",
    "missing",
    "problems",
    "stay_days",
]
