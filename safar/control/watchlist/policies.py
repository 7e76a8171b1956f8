"""Who may decide on what another person put forward? A reason why not, or None."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import conflicts, drafts
from safar.control.watchlist.choices import SourceFormat
from safar.control.watchlist.conflicts import Tie
from safar.control.watchlist.deadlines import is_stale
from safar.control.watchlist.drafts import Draft
from safar.control.watchlist.models import (
    EntryChange,
    Hit,
    ImportRun,
    ListEntry,
    RecentCrosser,
    ThresholdChange,
)
from safar.core.permissions import Actor

OWN_WORK = _("You put this forward yourself. A second person has to decide.")
NO_PERSON = _("A person put this forward: a second person has to decide, not a command.")
TOO_OLD = _("This was put forward too long ago. Decline it, and propose it anew.")
CHANGED = _("The entry has changed since this was put forward. Decline it, and propose it anew.")
MOVED = _("The list has changed since this was put forward. Decline it, and propose it anew.")
TIED = _("You may be this person or a relative of hers. Another person has to decide.")
NOT_TRIED = _("What it would have meant last month is still being worked out.")
HEAD_ONLY = _("This would let somebody pass who is stopped today. A head of lists decides on it.")
HIGHER = _("A higher threshold stops fewer people than today. A head of lists decides on it.")
TAKES_OFF = _("This would take entries off the owner’s list. A head of lists decides on it.")
OWNER_ONLY = _("This is for the agency that owns the list.")


def not_own_import(actor: Actor, run: ImportRun) -> Any:
    return _second(actor, run.prepared_by_id, run.prepared_by_name)


def only_a_head(of: ImportRun | EntryChange | ThresholdChange) -> Any:
    """Why a head of lists decides on this, and no other list manager; None where she may."""
    if isinstance(of, ImportRun):
        takes = of.list.source_format == SourceFormat.TABLE and of.gone
        return TAKES_OFF if takes else None
    if isinstance(of, ThresholdChange):
        return HIGHER if of.after > of.before else None
    before, after = drafts.of_entry(of.entry), Draft.from_json(of.draft)
    return HEAD_ONLY if drafts.takes_away(before, after) else None


def with_the_right_to_end(actor: Actor, run: ImportRun) -> Any:
    """Entries that are gone from an owner's own table end: as much as so many liftings."""
    return None if actor.may("watchlist.lift_entry") else only_a_head(run)


def not_own_entry(actor: Actor, entry: ListEntry) -> Any:
    return _second(actor, entry.proposed_by_id, entry.proposed_by_name)


def not_own_lifting(actor: Actor, entry: ListEntry) -> Any:
    return _second(actor, entry.lifting_proposed_by_id, entry.lifting_proposed_by_name)


def not_own_change(actor: Actor, change: EntryChange | ThresholdChange) -> Any:
    return _second(actor, change.proposed_by_id, change.proposed_by_name)


def fresh_proposal(actor: Actor, entry: ListEntry) -> Any:
    """A proposal grows stale: who agrees today agrees to what is known today."""
    return TOO_OLD if is_stale(entry.proposed_at) else None


def fresh_lifting(actor: Actor, entry: ListEntry) -> Any:
    if is_stale(entry.lifting_proposed_at):
        return TOO_OLD
    based_on = entry.lifting_based_on
    return CHANGED if based_on is not None and based_on != entry.content_version else None


def fresh_change(actor: Actor, change: EntryChange) -> Any:
    if is_stale(change.proposed_at):
        return TOO_OLD
    return CHANGED if change.based_on != change.entry.content_version else None


def with_the_right_to_lift(actor: Actor, change: EntryChange) -> Any:
    """A change that takes away from an entry weighs as much as its lifting."""
    return None if actor.may("watchlist.lift_entry") else only_a_head(change)


def fresh_threshold(actor: Actor, change: ThresholdChange) -> Any:
    if is_stale(change.proposed_at):
        return TOO_OLD
    return MOVED if change.before != change.list.threshold else None


def tried(actor: Actor, change: ThresholdChange) -> Any:
    """A lower threshold is agreed to by somebody who could see whom it would have stopped."""
    if change.after > change.before or (change.sample or {}).get("ended"):
        return None
    return NOT_TRIED


def with_the_right_to_raise(actor: Actor, change: ThresholdChange) -> Any:
    """A higher threshold stops fewer people: whoever agrees to it needs the right to lift."""
    return None if actor.may("watchlist.lift_entry") else only_a_head(change)


def no_tie_to_entry(actor: Actor, entry: ListEntry) -> Any:
    """Nobody decides on herself or a relative; others are warned, see `actions.second_look`."""
    return _untied(actor, conflicts.of_entry(entry))


def no_tie_to_change(actor: Actor, change: EntryChange) -> Any:
    return _untied(actor, conflicts.of_change(change))


def of_the_owner(actor: Actor, found: RecentCrosser) -> Any:
    return None if found.entry.list.owner_id == actor.agency_id else OWNER_ONLY


def not_own_referral(actor: Actor, hit: Hit) -> Any:
    """Second line judges, not the officer whose inspection raised the hit."""
    if actor.user_id is not None and actor.user_id == hit.raised_by_id:
        return _("You inspected this traveller yourself. Another officer has to judge.")
    return None


def _untied(actor: Actor, ties: list[Tie]) -> Any:
    return TIED if any(tie.user_id == actor.user_id for tie in ties) else None


def _second(actor: Actor, first: UUID | None, first_name: str) -> Any:
    if actor.user_id is None and first is not None:
        return NO_PERSON
    own = actor.user_id == first if first is not None else actor.name == first_name
    return OWN_WORK if own else None
