"""Writes: somebody looked whether an entry is still needed, and why she thinks so."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.actions.entries import propose_lifting, refuse_no_reason
from safar.control.watchlist.choices import IN_FORCE, ReviewOutcome
from safar.control.watchlist.deadlines import LONGEST_REVIEW
from safar.control.watchlist.facts import in_force
from safar.control.watchlist.models import EntryReview, ListEntry
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor


@action("watchlist.review_entry", policies=(role_suffices,))
def review_entry(
    actor: Actor, entry: ListEntry, *, reason: str, keep_until: date | None
) -> EntryReview:
    """Reviewed an entry: kept until the next review, or put forward for lifting

    `keep_until` is the day of the next review; None proposes the lifting instead. One person
    may keep an entry that screens; one that fell out comes back by a change, of two people.

    Raises:
        RuleBroken: no reason, a day that is past, beyond the entry's end or three years.
        InvalidMove: the entry is not in force, or fell out.
    """
    refuse_no_reason(reason)
    if entry.status not in IN_FORCE:
        raise InvalidMove(_("Only an entry in force is reviewed."), status=entry.status)
    before = entry.review_due
    if keep_until is None:
        propose_lifting(actor, entry, reason=reason)
    else:
        _keep(entry, keep_until)
    note(entry=str(entry.pk))
    return EntryReview.objects.create(
        entry=entry,
        outcome=ReviewOutcome.KEPT if keep_until else ReviewOutcome.LIFTING,
        reason=reason.strip()[:200],
        due_before=before,
        due_after=keep_until,
        at=timezone.now(),
        by_id=actor.user_id,
        by_name=actor.name,
    )


def _keep(entry: ListEntry, until: date) -> None:
    today = timezone.localdate()
    if not in_force(ListEntry.objects.filter(pk=entry.pk)).exists():
        raise InvalidMove(_("This entry no longer screens. Propose a change: two people decide."))
    if until <= today:
        raise RuleBroken(_("The next review is a day to come."), field="keep_until")
    if until > today + LONGEST_REVIEW:
        raise RuleBroken(_("A review is due within three years."), field="keep_until")
    if entry.in_force_until and until > entry.in_force_until:
        raise RuleBroken(_("The entry ends before that day."), field="keep_until")
    entry.review_due = until
    entry.save()
