"""What the tables of visas and of passports are built on; nothing here is a table itself."""

from safar.control.applications.models.applications import ApplicationBase, MoveBase
from safar.control.applications.models.fees import FeeBase, fee_constraints, fee_guard
from safar.control.applications.models.lists import (
    ListMatchBase,
    ListScreeningBase,
    match_constraints,
)
from safar.control.applications.models.papers import PaperBase, paper_constraints

__all__ = [
    "ApplicationBase",
    "FeeBase",
    "ListMatchBase",
    "ListScreeningBase",
    "MoveBase",
    "PaperBase",
    "fee_constraints",
    "fee_guard",
    "match_constraints",
    "paper_constraints",
]
