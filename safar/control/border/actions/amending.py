"""Annulments and corrections: new rows with a reason and a second person. Nothing is deleted."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import AmendmentKind, Direction
from safar.control.border.models import Amendment, Crossing
from safar.control.border.policies import not_own_crossing, own_post, second_person
from safar.control.border.queries.amendments import as_it_stands, is_annulled
from safar.control.border.workflow import AMENDMENT
from safar.control.visas.actions.using import give_back_use
from safar.control.visas.queries.uses import standing_of
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference

CORRECTABLE = ("direction", "purpose", "destination", "conveyance", "permitted_until")


@action("border.propose_amendment", policies=(own_post,))
def propose_amendment(
    actor: Actor,
    target: Crossing,
    *,
    kind: AmendmentKind,
    reason: str,
    changes: dict[str, Any] | None = None,
) -> Amendment:
    """Proposed to annul or correct a crossing."""
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    if is_annulled(target):
        raise InvalidMove(_("This crossing was annulled already."))
    proposed = Amendment(
        crossing=target,
        post_id=target.post_id,
        kind=kind,
        changes=_pairs(target, changes or {}) if kind == AmendmentKind.CORRECT else {},
        reason=reason,
        proposed_at=timezone.now(),
        proposed_by_id=actor.person_id,
    )
    try:
        with transaction.atomic():
            proposed.save(force_insert=True)
    except IntegrityError:
        raise InvalidMove(_("A change of this crossing already waits for a decision.")) from None
    note(kind=str(kind), fields=sorted(proposed.changes))
    return proposed


@action(
    "border.approve_amendment",
    policies=(own_post, second_person, not_own_crossing),
)
def approve_amendment(actor: Actor, target: Amendment) -> Amendment:
    """Signed an annulment or correction: it is in force.

    The entry on a visa that the crossing had used counts as not used again where it was annulled,
    or was an exit in truth.
    """
    decided = _decide(actor, target, "approve")
    if _was_no_entry(decided) and standing_of(decided.crossing_id):
        give_back_use(actor, None, crossing_id=decided.crossing_id, cause_id=decided.pk)
    return decided


@action("border.decline_amendment", policies=(own_post, second_person))
def decline_amendment(actor: Actor, target: Amendment) -> Amendment:
    """Declined an annulment or correction."""
    return _decide(actor, target, "decline")


def _was_no_entry(decided: Amendment) -> bool:
    direction = decided.changes.get("direction", ["", ""])[1]
    return decided.kind == AmendmentKind.ANNUL or direction == Direction.EXIT


def _pairs(crossing: Crossing, changes: dict[str, Any]) -> dict[str, list[str]]:
    """Before and after of what changes, against the crossing as earlier corrections left it."""
    if not set(changes) <= set(CORRECTABLE):
        raise RuleBroken(_("Change at least one field that can be corrected."))
    standing = as_it_stands(crossing)
    before = {field: _text(standing[field]) for field in changes}
    pairs = {f: [old, _text(changes[f])] for f, old in before.items() if old != _text(changes[f])}
    if not pairs:
        raise RuleBroken(_("Change at least one field that can be corrected."))
    for field, (_old, new) in pairs.items():
        if not _is_possible(field, new):
            raise RuleBroken(_("This is no value that a crossing can have."), field=field)
    return pairs


def _is_possible(field: str, value: str) -> bool:
    """Corrections are kept as JSON, where the database checks nothing."""
    if field == "direction":
        return value in Direction.values
    if field == "purpose":
        return not value or value in {row.code for row in reference.purposes()}
    if field == "permitted_until" and value:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return True


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _decide(actor: Actor, amendment: Amendment, move: str) -> Amendment:
    AMENDMENT.move(amendment, move)
    amendment.decided_at = timezone.now()
    amendment.decided_by_id = actor.user_id
    amendment.save()
    return amendment
