"""What stands in the way of a return, in words: the law of the programme, not of a role."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.cases.models import Case, Person
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import Declaration, ReturnFile
from safar.assistance.returns.rules import ASSESSMENT, is_child, is_homeland
from safar.core.permissions import Actor

# An assessment was made, or she herself did not want it; whoever was not reached still awaits it.
ASSESSED: Final = (FollowUpStatus.DONE, FollowUpStatus.REFUSED)


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
    names = _names(one for one in _people(case).exclude(pk__in=standing))
    return _("There is no declaration yet of %(names)s.") % {"names": names} if names else None


def everybody_screened(actor: Actor, case: Case) -> Any:
    if _people(case).exclude(pk__in=case.screenings.values("person")).exists():
        return _("Ask everybody the questions on vulnerability first.")
    return None


def nobody_awaits_assessment(actor: Actor, case: Case) -> Any:
    """Who said yes to a question on vulnerability was assessed since, before anything is booked."""
    last = {one.person_id: one for one in case.screenings.order_by("screened_at")}
    rows = list(case.follow_ups.filter(code__startswith=ASSESSMENT))
    made = [
        (one.person_id, one.closed_at) for one in rows if one.status in ASSESSED and one.closed_at
    ]
    due = {one.person_id for one in rows if one.status == FollowUpStatus.DUE}
    due |= {
        person
        for person, asked in last.items()
        if asked.is_positive
        and not any(who == person and at >= asked.screened_at for who, at in made)
    }
    names = _names(_people(case).filter(pk__in=due))
    return (
        _("A full assessment of needs comes first: %(names)s.") % {"names": names}
        if names
        else None
    )


def children_have_guardians(actor: Actor, case: Case) -> Any:
    """Who is a child by what is known today has signed with a guardian who is grown up."""
    today = timezone.localdate()
    signed = Declaration.objects.filter(
        case=case, withdrawn_on=None, person__in=_people(case).values("pk")
    ).select_related("person", "guardian")
    alone = [
        one.person
        for one in signed
        if is_child(one.person.birth, today)
        and (one.guardian is None or is_child(one.guardian.birth, today))
    ]
    if names := _names(alone):
        return _(
            "A grown-up guardian signs with a child, and with whoever may be one. Take this "
            "declaration back, and have it signed with a guardian: %(names)s."
        ) % {"names": names}
    return None


def everybody_goes_home(actor: Actor, case: Case) -> Any:
    """Each of them returns to a country of her own, by what is written of her citizenship."""
    home = ReturnFile.objects.get(case=case).homeland
    names = _names(one for one in _people(case) if not is_homeland(home, one.citizenships))
    if names:
        return _(
            "The programme returns people home only. The country is not written down as the own "
            "country of %(names)s."
        ) % {"names": names}
    return None


# Asked of everybody anew whenever a return goes on towards the flight: facts are put right meanwhile.
EVERYBODY_MAY_RETURN: Final = (
    no_deportation_order,
    everybody_screened,
    nobody_awaits_assessment,
    everybody_declared,
    children_have_guardians,
    everybody_goes_home,
)


def why_nobody_returns(actor: Actor, case: Case) -> Any:
    """The first thing that stands in the way; None where nothing does."""
    found = (policy(actor, case) for policy in EVERYBODY_MAY_RETURN)
    return next((why_not for why_not in found if why_not is not None), None)


def _people(case: Case) -> Any:
    live = {"memberships__case": case, "memberships__left_on": None}
    return Person.objects.filter(**live).prefetch_related("names").order_by("pk")


def _names(people: Iterable[Person]) -> str:
    return ", ".join(str(one) for one in people)
