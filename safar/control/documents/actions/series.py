"""Writes: the table of documents is loaded, a change proposed, agreed to by a second person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.models import DocumentSeries, SeriesChange, SeriesRevision
from safar.control.documents.models.series import FIELDS
from safar.control.documents.policies import not_own_series
from safar.control.documents.queries import TABLE
from safar.control.documents.rules import parse_terms
from safar.control.documents.workflow import SERIES
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken, Stale
from safar.core.permissions import Actor
from safar.reference import queries as reference

SAFAR, SHIPPED = "Safar", "loaded from a file: safar documents load-kinds"
DAYS = ("since", "until")


@dataclass(frozen=True)
class LoadedSeries:
    """How many rows a load added and changed, and how many it left to the people who edited them."""

    added: int
    changed: int
    kept: int


@action("documents.load_series", policies=(role_suffices,))
def load_series(actor: Actor, target: None, *, rows: Iterable[dict[str, Any]]) -> LoadedSeries:
    """Loaded the table of what states issue; what people agreed to since stays as it is

    Args:
        rows: `code` and the fields of `models.series.FIELDS`, checked: see `files.series`.
    """
    added = changed = kept = 0
    known = {row.code: row for row in DocumentSeries.objects.select_for_update()}
    for row in rows:
        found = known.get(row["code"])
        if found and found.by_people:
            kept += 1
        elif found is None:
            put(DocumentSeries(code=row["code"]), row, SAFAR, SAFAR, SHIPPED)
            added += 1
        elif any(getattr(found, name) != row[name] for name in FIELDS):
            put(found, row, SAFAR, SAFAR, SHIPPED)
            changed += 1
    note(added=added, changed=changed, kept=kept)
    return LoadedSeries(added, changed, kept)


@action("documents.propose_series", policies=(role_suffices,))
def propose_series(
    actor: Actor, target: DocumentSeries | None, *, code: str, draft: dict[str, Any], reason: str
) -> SeriesChange:
    """Proposed a row of the table of documents, or a change of one; it counts once another agrees

    Args:
        draft: the fields of `models.series.FIELDS` in plain values, days in ISO form.

    Raises:
        RuleBroken: a field says what cannot be, nothing differs, or another proposal waits.
    """
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    if reference.country(draft["issuer"]) is None:
        raise RuleBroken(_("This is the code of no issuing state."), field="issuer")
    _refuse_terms(draft["terms"])
    if target and target.values() == draft:
        raise RuleBroken(_("Nothing differs from what the table says."))
    if target is None and DocumentSeries.objects.filter(code=code).exists():
        raise RuleBroken(_("There is a row with this code already."), field="code")
    change = SeriesChange(
        series=target,
        code=target.code if target else code,
        based_on=target.revision if target else 0,
        draft=draft,
        reason=reason.strip()[:200],
        proposed_at=timezone.now(),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError:
        raise RuleBroken(_("Another change of this row waits for a second person.")) from None
    note(series=change.code)
    return change


@action("documents.agree_series", policies=(not_own_series,))
def agree_series(actor: Actor, change: SeriesChange) -> DocumentSeries:
    """Agreed to a row of the table of documents; the booths' remarks follow it within seconds

    Raises:
        Stale: the row changed since it was proposed.
        InvalidMove: it was decided on already.
    """
    row = _row_of(change)
    SERIES.move(change, "agree")
    change.decided_at = timezone.now()
    change.decided_by_id, change.decided_by_name = actor.user_id, actor.name
    values = {**change.draft, **{name: _day(change.draft[name]) for name in DAYS}}
    row.by_people = True
    put(row, values, change.proposed_by_name, actor.name, change.reason)
    change.series = row
    change.save()
    note(series=row.code, revision=row.revision)
    return row


@action("documents.decline_series", policies=(role_suffices,))
def decline_series(actor: Actor, change: SeriesChange, *, reason: str) -> SeriesChange:
    """Declined a change of the table of documents, or withdrew one's own"""
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    SERIES.move(change, "decline")
    change.save()
    note(series=change.code, reason=reason.strip()[:200])
    return change


def put(
    row: DocumentSeries, values: dict[str, Any], proposed_by: str, agreed_by: str, reason: str
) -> None:
    """Write a row, and what it says now into its history."""
    for name in FIELDS:
        setattr(row, name, values[name])
    row.revision += 1
    row.save()
    SeriesRevision.objects.create(
        series=row,
        revision=row.revision,
        values=row.values(),
        at=timezone.now(),
        proposed_by_name=proposed_by,
        agreed_by_name=agreed_by,
        reason=reason,
    )
    TABLE.forget()
    transaction.on_commit(TABLE.forget)  # another thread may have read what was before


def _row_of(change: SeriesChange) -> DocumentSeries:
    """The row under its lock, as the proposer saw it; a new one where there is none yet."""
    found = DocumentSeries.objects.select_for_update().filter(code=change.code).first()
    if (found.revision if found else 0) != change.based_on:
        raise Stale(_("The row changed since this was proposed. Decline it and propose it again."))
    return found or DocumentSeries(code=change.code)


def _refuse_terms(text: str) -> None:
    try:
        parse_terms(text)
    except ValueError:
        raise RuleBroken(
            _("Write terms as 0:5 16:10 – five years, and ten from the age of 16 on."),
            field="terms",
        ) from None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
