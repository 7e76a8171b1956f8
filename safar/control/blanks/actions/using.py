"""A blank becomes a visa, a passport, a card: called by the apps that make them."""

from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safar.control.blanks.actions.moving import NOT_THERE, WITHIN_REACH, write
from safar.control.blanks.choices import BlankKind, BlankState, MovementKind
from safar.control.blanks.models import Blank
from safar.control.blanks.workflow import BLANK
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.core.record import writing

NONE_IN_HAND: Final = _(
    "There is no blank in hand at this office: {kind}. A sealed box is opened by two people."
)


def take_blank(holder: Any, kind: BlankKind, wanted: Blank | None = None) -> Blank:
    """The next blank of a kind in hand at an office, under a lock; no two counters take the same.

    Raises:
        RuleBroken: none is in hand, or the one that is wanted is not.
    """
    rows = Blank.objects.select_for_update(skip_locked=wanted is None, of=("self",))
    rows = rows.filter(WITHIN_REACH, holder_id=holder, kind=kind, state=BlankState.IN_HAND)
    rows = rows.order_by("number")
    found = rows.filter(pk=wanted.pk).first() if wanted else rows.first()
    if found is None:
        text = (
            NOT_THERE.format(numbers=wanted.number)
            if wanted
            else NONE_IN_HAND.format(kind=BlankKind(kind).label)
        )
        raise RuleBroken(text, field="blank")
    return found


def issue_blank(actor: Actor, blank: Blank, became: UUID) -> None:
    """Note what a blank became. The database lets that happen once."""
    BLANK.move(blank, "issue")
    with writing("blanks"):  # called within the action of the app that makes something of it
        blank.save()
        write(actor, [blank], MovementKind.ISSUED, became=became)


def spoil_issued(actor: Actor, number: str, *, reason: str) -> None:
    """Note that a blank was spoiled in the making: what it became was annulled."""
    blank = Blank.objects.select_for_update().get(number=number)
    BLANK.move(blank, "spoil")
    with writing("blanks"):
        blank.save()
        write(actor, [blank], MovementKind.SPOILED, reason=reason)
