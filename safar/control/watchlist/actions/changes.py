"""Writes: an entry in force is changed as it was made: by one who proposes and one who agrees."""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import conflicts, drafts, photos
from safar.control.watchlist.actions import rescreening
from safar.control.watchlist.actions.entries import (
    keep_photo,
    refuse_incomplete,
    refuse_no_reason,
    write,
)
from safar.control.watchlist.actions.lists import locked, publish
from safar.control.watchlist.actions.second_look import refuse_unseen
from safar.control.watchlist.choices import IN_FORCE, ChangeStatus
from safar.control.watchlist.drafts import Draft
from safar.control.watchlist.imports.loading import identities
from safar.control.watchlist.models import (
    EntryBirth,
    EntryChange,
    EntryDocument,
    EntryName,
    ListEntry,
)
from safar.control.watchlist.photos import Photo
from safar.control.watchlist.policies import (
    fresh_change,
    no_tie_to_change,
    not_own_change,
    with_the_right_to_lift,
)
from safar.control.watchlist.workflow import CHANGE
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Proposed:
    """The whole entry as it should read, why, and its photo: a new file, or the old one removed."""

    draft: Draft
    reason: str
    photo: bytes = b""
    removes_photo: bool = False


@action("watchlist.propose_change", policies=(role_suffices,))
def propose_change(actor: Actor, entry: ListEntry, *, proposed: Proposed) -> EntryChange:
    """Proposed to change an entry in force; it screens as before until a second person agrees

    So an entry that ran out, or fell out for want of a review, comes back: by two people.

    Raises:
        RuleBroken: the draft is incomplete or says nothing new, or a change waits already.
        InvalidMove: the entry is not in force.
    """
    if entry.status not in IN_FORCE:
        raise InvalidMove(_("Only an entry in force is changed."), status=entry.status)
    refuse_no_reason(proposed.reason)
    refuse_incomplete(entry.list, proposed.draft)
    if EntryChange.objects.filter(entry=entry, status=ChangeStatus.PROPOSED).exists():
        raise RuleBroken(_("Another change of this entry waits for a second person."))
    draft = _whole(entry, proposed.draft)
    photo = photos.cleaned(proposed.photo) if proposed.photo else None
    differs = drafts.differences(drafts.of_entry(entry), draft)
    if not (differs or photo or proposed.removes_photo):
        raise RuleBroken(_("Nothing was changed."))
    if ties := conflicts.of_draft(draft):
        note(staff=conflicts.as_notes(ties))
    return EntryChange.objects.create(
        entry=entry,
        based_on=entry.content_version,
        draft=draft.as_json(),
        reason=proposed.reason.strip()[:200],
        photo=photo.content if photo else None,
        photo_type=photo.kind if photo else "",
        removes_photo=proposed.removes_photo and photo is None,
        proposed_at=timezone.now(),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )


@action(
    "watchlist.publish_change",
    policies=(not_own_change, fresh_change, no_tie_to_change, with_the_right_to_lift),
)
def publish_change(actor: Actor, change: EntryChange, *, ties_seen: bool = False) -> EntryChange:
    """Agreed to a change of an entry that another person proposed; it screens so from now on

    Whoever was cleared of the entry is compared anew: its content is another. A proposal that
    is older than SAFAR_PROPOSAL_DAYS, or whose entry changed since, is refused. A change that
    takes away (`drafts.takes_away`) needs the right to lift.
    """
    refuse_unseen(conflicts.of_change(change), ties_seen=ties_seen)
    watch_list = locked(change.entry.list_id)
    entry = ListEntry.objects.select_for_update().get(pk=change.entry_id)
    if entry.status not in IN_FORCE:
        raise InvalidMove(_("Only an entry in force is changed."), status=entry.status)
    draft = Draft.from_json(change.draft)
    write(entry, draft)
    entry.content_version += 1
    entry.changed_at = timezone.now()
    entry.save()
    for model in (EntryName, EntryBirth, EntryDocument):
        model.objects.filter(entry=entry).delete()
    for row in identities(entry.pk, draft.person):
        row.save()
    if change.photo is not None or change.removes_photo:
        content = change.photo
        keep_photo(entry, Photo(bytes(content), change.photo_type) if content else None)
    CHANGE.move(change, "publish")
    change.decided_at = timezone.now()
    change.decided_by_id, change.decided_by_name = actor.user_id, actor.name
    change.save()
    publish(watch_list)
    rescreening.ask(watch_list, [entry.pk])
    note(entry=str(entry.pk), content_version=entry.content_version)
    return change


@action("watchlist.decline_change", policies=(no_tie_to_change,))
def decline_change(actor: Actor, change: EntryChange, *, reason: str) -> EntryChange:
    """Declined a change of an entry, or withdrew one's own; the entry stays as it is"""
    refuse_no_reason(reason)
    CHANGE.move(change, "decline")
    change.save()
    note(reason=reason.strip()[:200], entry=str(change.entry_id))
    return change


def _whole(entry: ListEntry, draft: Draft) -> Draft:
    """The draft with what the entry gets where its proposer left a field empty."""
    return replace(
        draft,
        contact=draft.contact.strip() or entry.list.contact,
        review_due=draft.review_due or entry.review_due,
    )
