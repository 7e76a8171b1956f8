"""Who of a family did not leave with it, and is to go on in a movement of her own."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from safar.assistance.cases.due import Due
from safar.assistance.cases.models import Case, CaseMember
from safar.core.permissions import Actor

PROGRAMME = "movements"
GONE = frozenset({"departed", "arrived"})
# So long it is asked for; lists of past years name those who did not come as well.
ASKED_FOR = timedelta(days=90)


def left_behind(cases: Iterable[UUID]) -> "QuerySet[CaseMember]":
    """Members of cases of which others have left, who have neither left nor gone elsewhere."""
    rows = CaseMember.objects.filter(case__in=list(cases), case__status__in=GONE, left_on=None)
    return rows.filter(departure=None).order_by("pk")


def due(actor: Actor, today: date) -> list[Due]:
    """Cases that she leads, of which somebody stayed behind and is nobody's work yet."""
    rows = Case.objects.visible_to(actor).filter(
        lead=actor.user_id, programme=PROGRAMME, status__in=GONE
    )
    cases = {
        one.pk: one for one in rows if one.closed_on is None or one.closed_on >= today - ASKED_FOR
    }
    if not cases:
        return []
    stayed: dict[UUID, int] = {}
    for key in left_behind(cases).values_list("case", flat=True):
        stayed[key] = stayed.get(key, 0) + 1
    return [_due(cases[key], number, today) for key, number in stayed.items()]


def _due(case: Case, number: int, today: date) -> Due:
    words = ngettext(
        "One person stayed behind: open a case of her own",
        "%(n)s people stayed behind: open a case of their own",
        number,
    )
    return Due(case, words % {"n": number}, reverse("movements:journey", args=[case.pk]), today)
