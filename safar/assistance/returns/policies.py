"""What stands in the way of a return, in words: the law of the programme, not of a role."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import Declaration, ReturnFile
from safar.core.permissions import Actor


def no_deportation_order(actor: Actor, case: Case) -> Any:
    """Nobody is helped to return who is deported: that is not a free choice (MISSION B3)."""
    order = ReturnFile.objects.get(case=case).order
    if order == Order.STANDS:
        return _(
            "A deportation order stands. This programme helps only those who choose to return: "
            "end the case, and refer the person to legal aid."
        )
    if order == Order.UNKNOWN:
        return _("Ask first whether a deportation order stands, and write down the answer.")
    return None


def everybody_declared(actor: Actor, case: Case) -> Any:
    """Every person of the case has signed, or her guardian for her, and has not taken it back."""
    standing = Declaration.objects.filter(case=case, withdrawn_on=None).values("person")
    missing = case.members.filter(left_on=None).exclude(person__in=standing)
    names = ", ".join(str(member.person) for member in missing.select_related("person"))
    if names:
        return _("There is no declaration yet of %(names)s.") % {"names": names}
    return None


def everybody_screened(actor: Actor, case: Case) -> Any:
    screened = case.screenings.values("person")
    if case.members.filter(left_on=None).exclude(person__in=screened).exists():
        return _("Ask everybody the questions on vulnerability first.")
    return None
