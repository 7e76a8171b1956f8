"""Which papers are there, and how does the money of an application stand?"""

from collections.abc import Iterable
from typing import Any, TypeVar

from safar.control.applications import rules
from safar.control.applications.models import PaperBase

Paper = TypeVar("Paper", bound=PaperBase)


def account_of(application: Any) -> rules.Account:
    """What is due, paid, waived and given back, as recorded until now."""
    fees = application.fees.values_list("kind", "amount")
    return rules.account(application.fee_due, fees)


def paper_kinds(papers: Any) -> frozenset[str]:
    """The kinds of paper that are there and not set aside. `papers`: those of one application."""
    return frozenset(papers.filter(set_aside_at=None).values_list("kind", flat=True))


def last_photo(papers: Iterable[Paper]) -> Paper | None:
    """The last photo that was not set aside, of papers in the order in which they came."""
    there = [one for one in papers if one.kind == "photo" and not one.set_aside_at]
    return there[-1] if there else None
