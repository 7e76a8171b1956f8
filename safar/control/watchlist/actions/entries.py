"""Writes: an entry is proposed by one person and published by another; lifting likewise."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import conflicts, photos
from safar.control.watchlist.actions import rescreening
from safar.control.watchlist.actions.lists import locked, publish
from safar.control.watchlist.actions.second_look import refuse_unseen
from safar.control.watchlist.choices import Instruction, SourceFormat
from safar.control.watchlist.deadlines import LONGEST_REVIEW, first_review
from safar.control.watchlist.drafts import Draft
from safar.control.watchlist.imports.loading import identities
from safar.control.watchlist.models import EntryPhoto, ListEntry, WatchList
from safar.control.watchlist.photos import Photo
from safar.control.watchlist.policies import (
    fresh_lifting,
    fresh_proposal,
    no_tie_to_entry,
    not_own_entry,
    not_own_lifting,
)
from safar.control.watchlist.workflow import ENTRY
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

__all__ = ["Draft"]


@action("watchlist.propose_entry", policies=(role_suffices,))
def propose_entry(
    actor: Actor, watch_list: WatchList, *, draft: Draft, photo: bytes = b""
) -> ListEntry:
    """Proposed an entry; it screens nobody until a second person publishes it

    `photo` is a JPEG or PNG file as somebody handed it in: it is checked and cleaned here.

    Raises:
        RuleBroken: no name, no legal ground, an expiry before the beginning, a list that is
            fed from a file, a photo that is none.
    """
    refuse_incomplete(watch_list, draft)
    now = timezone.now()
    entry = ListEntry(
        list=watch_list,
        source_key=_next_key(locked(watch_list.pk)),
        changed_at=now,
        proposed_at=now,
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    write(entry, draft)
    entry.save()
    for row in identities(entry.pk, draft.person):
        row.save()
    if photo:
        keep_photo(entry, photos.cleaned(photo))
    if ties := conflicts.of_draft(draft):
        note(staff=conflicts.as_notes(ties))
    return entry


@action("watchlist.publish_entry", policies=(not_own_entry, fresh_proposal, no_tie_to_entry))
def publish_entry(actor: Actor, entry: ListEntry, *, ties_seen: bool = False) -> ListEntry:
    """Published an entry that another person proposed; it screens from now on

    A proposal that is older than SAFAR_PROPOSAL_DAYS is refused: it has to be made anew.
    `ties_seen` is the approver's word where the person may be of the staff or a relative.
    """
    refuse_unseen(conflicts.of_entry(entry), ties_seen=ties_seen)
    watch_list = locked(entry.list_id)
    ENTRY.move(entry, "publish")
    entry.decided_at = timezone.now()
    entry.decided_by_id, entry.decided_by_name = actor.user_id, actor.name
    entry.save()
    publish(watch_list)
    rescreening.ask(watch_list, [entry.pk])
    return entry


@action("watchlist.decline_entry", policies=(no_tie_to_entry,))
def decline_entry(actor: Actor, entry: ListEntry, *, reason: str) -> ListEntry:
    """Declined a proposed entry, or a proposed lifting: that entry stays in force"""
    refuse_no_reason(reason)
    ENTRY.move(entry, "decline")
    entry.lifting_reason, entry.lifting_proposed_at = "", None
    entry.lifting_proposed_by, entry.lifting_proposed_by_name = None, ""
    entry.lifting_based_on = None
    entry.save()
    note(reason=reason.strip()[:200])
    return entry


@action("watchlist.propose_lifting", policies=(role_suffices,))
def propose_lifting(actor: Actor, entry: ListEntry, *, reason: str) -> ListEntry:
    """Proposed to lift an entry; it stays in force until a second person agrees"""
    refuse_no_reason(reason)
    ENTRY.move(entry, "propose_lifting")
    entry.lifting_reason, entry.lifting_proposed_at = reason.strip()[:200], timezone.now()
    entry.lifting_proposed_by_id = actor.user_id
    entry.lifting_proposed_by_name = actor.name
    entry.lifting_based_on = entry.content_version
    entry.save()
    if ties := conflicts.of_entry(entry):
        note(staff=conflicts.as_notes(ties))
    return entry


@action("watchlist.lift_entry", policies=(not_own_lifting, fresh_lifting, no_tie_to_entry))
def lift_entry(actor: Actor, entry: ListEntry, *, ties_seen: bool = False) -> ListEntry:
    """Lifted an entry as another person proposed; it stops screening at once

    To take a person off a list weighs more than to put one on: two list managers publish, but
    the second word on a lifting is a head of lists' alone (the role that holds this action).
    A proposal that is older than SAFAR_PROPOSAL_DAYS, or whose entry changed since, is refused.
    """
    refuse_unseen(conflicts.of_entry(entry), ties_seen=ties_seen)
    watch_list = locked(entry.list_id)
    ENTRY.move(entry, "lift")
    entry.lifted_at = timezone.now()
    entry.lifted_by_id, entry.lifted_by_name = actor.user_id, actor.name
    entry.save()
    publish(watch_list)
    return entry


def write(entry: ListEntry, draft: Draft) -> None:
    """Lay a draft over an entry, all but its identities; nothing is saved."""
    entry.instruction = draft.instruction
    entry.legal_ground = draft.legal_ground.strip()
    entry.contact = draft.contact.strip() or entry.list.contact
    entry.discreet = draft.discreet
    entry.in_force_from, entry.in_force_until = draft.in_force_from, draft.in_force_until
    entry.review_due = draft.review_due or first_review(draft.in_force_from, draft.in_force_until)
    entry.sex = draft.person.sex
    entry.citizenships = list(draft.person.citizenships)
    entry.birth_place, entry.address = draft.birth_place.strip(), draft.address.strip()
    entry.phone = draft.phone.strip()
    entry.remarks = draft.person.remarks


def keep_photo(entry: ListEntry, photo: Photo | None) -> None:
    """Put a cleaned photo in the place of the entry's; None takes it away."""
    EntryPhoto.objects.filter(entry=entry).delete()
    if photo is not None:
        EntryPhoto.objects.create(
            entry=entry, content=photo.content, kind=photo.kind, sha256=photo.sha256
        )


def refuse_incomplete(watch_list: WatchList, draft: Draft) -> None:
    """Refuse a draft that lacks what an entry must have.

    Raises:
        RuleBroken: naming the field.
    """
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
    if draft.review_due and draft.review_due > timezone.localdate() + LONGEST_REVIEW:
        raise RuleBroken(_("A review is due within three years."), field="review_due")


def refuse_no_reason(reason: str) -> None:
    """Refuse an empty reason.

    Raises:
        RuleBroken: nothing was written.
    """
    if not reason.strip():
        raise RuleBroken(_("Give the reason in a few words."), field="reason")


def _next_key(watch_list: WatchList) -> str:
    """The next number of an own list, under its lock: `WANTED-26-00007`."""
    year = f"{timezone.localdate():%y}"
    stem = f"{watch_list.code.upper()[:20]}-{year}-"
    used = ListEntry.objects.filter(list=watch_list, source_key__startswith=stem).count()
    return f"{stem}{used + 1:05d}"
