"""What every move of blanks has in common: the lock, the new state, a row for each blank."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.choices import OUT_OF_USE, BlankState, BoxState, MovementKind
from safar.control.blanks.models import Blank, BlankMovement
from safar.control.blanks.rules.numbering import NumberingError, numbers_between
from safar.core.action import note
from safar.core.errors import RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import Actor

SLICE: Final = 1000  # rows of one statement
NOT_THERE: Final = _("Not in hand here: {numbers}.")
WITHIN_REACH: Final = Q(box=None) | Q(box__status=BoxState.OPEN)
"""Blanks that lie loose or in an open box. What lies under a seal moves with its box alone."""


def between(first: str, last: str) -> list[str]:
    try:
        return numbers_between(first.strip().upper(), last.strip().upper())
    except NumberingError as problem:
        raise RuleBroken(_("These numbers do not fit: {why}").format(why=problem)) from None


def received(actor: Actor, blanks: Sequence[Blank]) -> int:
    """Keep new blanks.

    Raises:
        RuleBroken: a number was received before, as whatever kind.
    """
    numbers = [blank.number for blank in blanks]
    known = Blank.objects.filter(number__in=numbers).values_list("number", flat=True)[:3]
    if known:
        raise RuleBroken(_("Received before: {numbers}.").format(numbers=", ".join(known)))
    Blank.objects.bulk_create(blanks, batch_size=SLICE)
    write(actor, blanks, MovementKind.RECEIVED)
    note(first=numbers[0], last=numbers[-1], count=len(blanks))
    return len(blanks)


def locked(
    holder: str | None,
    numbers: Sequence[str],
    states: Sequence[BlankState],
    *,
    reach: bool = False,
) -> list[Blank]:
    """Blanks of a holder under a lock, by number; with `reach` none to be used under a seal.

    What was spoiled, lost or found is out of use already, wherever its box stands.

    Raises:
        RuleBroken: any of them is not there, or not in such a state.
    """
    rows = Blank.objects.select_for_update(of=("self",)).filter(
        number__in=list(numbers), holder_id=holder, state__in=states
    )
    rows = rows.filter(WITHIN_REACH | Q(state__in=OUT_OF_USE)) if reach else rows
    found = list(rows.order_by("number"))
    missing = sorted(set(numbers) - {blank.number for blank in found})
    if missing or not found:
        raise RuleBroken(NOT_THERE.format(numbers=", ".join(missing[:5])), field="numbers")
    return found


def moved(actor: Actor, blanks: list[Blank], kind: MovementKind, **more: Any) -> int:
    Blank.objects.bulk_update(blanks, ["state", "holder", "box"], batch_size=SLICE)
    write(actor, blanks, kind, **more)
    note(kind=str(kind), count=len(blanks), first=blanks[0].number, last=blanks[-1].number)
    return len(blanks)


def write(actor: Actor, blanks: Sequence[Blank], kind: MovementKind, **more: Any) -> None:
    batch, now = uuid7(), timezone.now()
    rows = [
        BlankMovement(
            blank=blank, kind=kind, holder_id=blank.holder_id, batch=batch, at=now,
            by_id=actor.user_id, by_name=actor.name, **more,
        )
        for blank in blanks
    ]  # fmt: skip
    BlankMovement.objects.bulk_create(rows, batch_size=SLICE)
