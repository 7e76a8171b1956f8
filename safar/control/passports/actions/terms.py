"""Writes of headquarters: what each kind costs, and how long it is valid."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.passports.choices.applications import PaperKind
from safar.control.passports.models import PaperTerms
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Terms:
    """Years of validity, for a child too, and the fee."""

    years: int
    years_child: int
    fee: Decimal
    currency: str = "KGS"


SHIPPED: Final = {
    PaperKind.PASSPORT: Terms(10, 5, Decimal(1800)),
    PaperKind.CARD: Terms(10, 5, Decimal(1200)),
    PaperKind.REFUGEE: Terms(2, 2, Decimal(0)),
    PaperKind.STATELESS: Terms(2, 2, Decimal(0)),
}
"""To begin with; the fee of a convention document is not above a national one's (1951, annex §3)."""


@action("passports.set_terms", policies=(role_suffices,))
def set_terms(actor: Actor, _target: None, *, kind: str, terms: Terms) -> PaperTerms:
    """Set what a kind costs and how long it is valid; what is sent already keeps its fee

    Raises:
        RuleBroken: a number that no state means, or a refugee's dearer than a citizen's.
    """
    if not (1 <= terms.years <= 20 and 1 <= terms.years_child <= 20):
        raise RuleBroken(_("From 1 to 20 years."), field="years")
    if terms.fee < 0 or not (len(terms.currency) == 3 and terms.currency.isalpha()):
        raise RuleBroken(_("Write an amount, and the currency in three letters."), field="fee")
    _refuse_dearer(kind, terms.fee)
    note(kind=kind, years=terms.years, fee=str(terms.fee))
    return PaperTerms.objects.update_or_create(
        kind=PaperKind(kind),
        defaults={
            "years": terms.years,
            "years_child": terms.years_child,
            "fee": terms.fee,
            "currency": terms.currency.upper(),
            "set_at": timezone.now(),
            "set_by_name": actor.name,
        },
    )[0]


def _refuse_dearer(kind: str, fee: Decimal) -> None:
    """Convention of 1951, annex, paragraph 3: no more than the lowest for national passports."""
    national = PaperTerms.objects.filter(kind=PaperKind.PASSPORT).first()
    if kind == PaperKind.REFUGEE and national and fee > national.fee:
        raise RuleBroken(_("A refugee pays no more than a citizen for a passport."), field="fee")


@action("passports.load_terms", policies=(role_suffices,))
def load_terms(actor: Actor, _target: None) -> int:
    """Loaded the terms to begin with, where none are set"""
    there = set(PaperTerms.objects.values_list("kind", flat=True))
    new = {kind: terms for kind, terms in SHIPPED.items() if kind not in there}
    for kind, terms in new.items():
        set_terms(actor, None, kind=kind, terms=terms)
    return len(new)
