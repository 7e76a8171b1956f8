"""Writes: an entry is proposed by one person and published by another; lifting likewise."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.actions.lists import locked, publish
from safar.control.watchlist.choices import Instruction, SourceFormat
from safar.control.watchlist.loading import identities
from safar.control.watchlist.models import ListEntry, WatchList
from safar.control.watchlist.parsed import ParsedEntry
from safar.control.watchlist.policies import not_own_entry, not_own_lifting
from safar.control.watchlist.workflow import ENTRY
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as its proposer writes it; `person` holds the identities (its key is ignored)."""

    person: ParsedEntry
    instruction: str
    legal_ground: str
    in_force_from: date
    in_force_until: date
    contact: str = ""
    discreet: bool = False
    review_due: date | None = None


@action("watchlist.propose_entry", policies=(role_suffices,))
def propose_entry(actor: Actor, watch_list: WatchList, *, draft: Draft) -> ListEntry:
    """Proposed an entry; it screens nobody until a second person publishes it

    Raises:
        RuleBroken: no name, no legal ground, an expiry before the beginning, a list that is
            fed from a file.
    """
    _refuse_incomplete(watch_list, draft)
    now = timezone.now()
    entry = ListEntry.objects.create(
        list=watch_list,
        source_key=_next_key(locked(watch_list.pk)),
        instruction=draft.instruction,
        legal_ground=draft.legal_ground.strip(),
        contact=draft.contact.strip() or watch_list.contact,
        discreet=draft.discreet,
        in_force_from=draft.in_force_from,
        in_force_until=draft.in_force_until,
        review_due=draft.review_due or draft.in_force_until,
        sex=draft.person.sex,
        citizenships=list(draft.person.citizenships),
        remarks=draft.person.remarks,
        changed_at=now,
        proposed_at=now,
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    for row in identities(entry.pk, draft.person):
        row.save()
    return entry


@action("watchlist.publish_entry", policies=(not_own_entry,))
def publish_entry(actor: Actor, entry: ListEntry) -> ListEntry:
    """Published an entry that another person proposed; it screens from now on"""
    watch_list = locked(entry.list_id)
    ENTRY.move(entry, "publish")
    entry.decided_at = timezone.now()
    entry.decided_by_id, entry.decided_by_name = actor.user_id, actor.name
    entry.save()
    publish(watch_list)
    return entry


@action("watchlist.decline_entry", policies=(role_suffices,))
def decline_entry(actor: Actor, entry: ListEntry, *, reason: str) -> ListEntry:
    """Declined a proposed entry, or a proposed lifting: that entry stays in force"""
    _refuse_no_reason(reason)
    ENTRY.move(entry, "decline")
    entry.lifting_reason, entry.lifting_proposed_at = "", None
    entry.lifting_proposed_by, entry.lifting_proposed_by_name = None, ""
    entry.save()
    note(reason=reason.strip()[:200])
    return entry


@action("watchlist.propose_lifting", policies=(role_suffices,))
def propose_lifting(actor: Actor, entry: ListEntry, *, reason: str) -> ListEntry:
    """Proposed to lift an entry; it stays in force until a second person agrees"""
    _refuse_no_reason(reason)
    ENTRY.move(entry, "propose_lifting")
    entry.lifting_reason, entry.lifting_proposed_at = reason.strip()[:200], timezone.now()
    entry.lifting_proposed_by_id = actor.user_id
    entry.lifting_proposed_by_name = actor.name
    entry.save()
    return entry


@action("watchlist.lift_entry", policies=(not_own_lifting,))
def lift_entry(actor: Actor, entry: ListEntry) -> ListEntry:
    """Lifted an entry as another person proposed; it stops screening at once"""
    watch_list = locked(entry.list_id)
    ENTRY.move(entry, "lift")
    entry.lifted_at = timezone.now()
    entry.lifted_by_id, entry.lifted_by_name = actor.user_id, actor.name
    entry.save()
    publish(watch_list)
    return entry


def _next_key(watch_list: WatchList) -> str:
    """The next number of an own list, under its lock: `WANTED-26-00007`."""
    year = f"{timezone.localdate():%y}"
    stem = f"{watch_list.code.upper()[:20]}-{year}-"
    used = ListEntry.objects.filter(list=watch_list, source_key__startswith=stem).count()
    return f"{stem}{used + 1:05d}"


def _refuse_incomplete(watch_list: WatchList, draft: Draft) -> None:
    if watch_list.source_format != SourceFormat.OWN:
        raise RuleBroken(_("This list is fed from its source's files, not by hand."))
    if not any(text.strip() for text, _weak in draft.person.names):
        raise RuleBroken(_("Give at least one name."), field="name")
    if draft.instruction not in Instruction.values:
        raise RuleBroken(_("Choose what the post has to do."), field="instruction")
    if not draft.legal_ground.strip():
        raise RuleBroken(_("Give the legal ground."), field="legal_ground")
    if draft.in_force_until < draft.in_force_from:
        raise RuleBroken(_("The entry would end before it begins."), field="in_force_until")


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Give the reason in a few words."), field="reason")
