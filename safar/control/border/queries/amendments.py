"""Reads of amendments: those that wait for a second person, and the crossings they are about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import AmendmentStatus, Direction
from safar.control.border.models import Amendment, Crossing
from safar.control.border.queries.crossings import amended
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet, get_visible
from safar.reference import queries as reference
from safar.ui.days import written

DECIDED_SHOWN = 20
NEAR = timedelta(seconds=1)
LABELS: dict[str, Any] = {
    "direction": _("Direction"),
    "purpose": _("Purpose"),
    "destination": _("Going to"),
    "conveyance": _("Travels by"),
    "permitted_until": _("May stay until"),
}


@dataclass(frozen=True)
class Change:
    """One field of a correction, before and after, in words."""

    label: str
    before: str
    after: str


def amendments(actor: Actor) -> RecordQuerySet[Amendment]:
    rows = Amendment.objects.visible_to(actor)
    return rows.select_related("post", "proposed_by", "decided_by")


def waiting(actor: Actor, post: str = "") -> list[Amendment]:
    """Return what waits for a second person at the actor's posts, or at one of them."""
    rows = amendments(actor).filter(status=AmendmentStatus.PROPOSED)
    return list(rows.filter(post_id=post) if post else rows)


def decided(actor: Actor) -> list[Amendment]:
    """Return the amendments that were decided last at the actor's posts."""
    rows = amendments(actor).exclude(status=AmendmentStatus.PROPOSED)
    return list(rows.order_by("-decided_at")[:DECIDED_SHOWN])


def amendment(actor: Actor, key: UUID) -> Amendment:
    """Return an amendment at one of the actor's posts, or raise NotFound."""
    return get_visible(amendments(actor), actor, key)


def crossing(actor: Actor, key: UUID, at: datetime | None = None) -> Crossing:
    """Return a crossing that the actor may see. With `at`, only its month is looked into.

    Raises:
        NotFound: there is none, or it is out of her sight.
    """
    rows = Crossing.objects.visible_to(actor).filter(pk=key)
    if at is not None:
        rows = rows.filter(crossed_at__gte=at - NEAR, crossed_at__lte=at + NEAR)
    found = rows.select_related("document", "post", "officer").first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def as_it_stands(crossing: Crossing) -> dict[str, Any]:
    """Return the fields that can be corrected as they stand, earlier corrections laid over."""
    _annulled, corrected = amended([crossing.pk])
    stored = {name: getattr(crossing, name) for name in LABELS}
    standing = {**stored, **corrected.get(crossing.pk, {})}
    until = standing["permitted_until"]
    if isinstance(until, str):
        standing["permitted_until"] = date.fromisoformat(until) if until else None
    return standing


def is_annulled(crossing: Crossing) -> bool:
    annulled, _corrected = amended([crossing.pk])
    return crossing.pk in annulled


def changes(amendment: Amendment) -> list[Change]:
    """Return the fields that a correction changes, in the language of the page."""
    return [
        Change(str(LABELS[name]), said(name, before), said(name, after))
        for name, (before, after) in amendment.changes.items()
    ]


def said(name: str, value: Any) -> str:
    """A correctable field's value in words."""
    if not value:
        return "–"
    if name == "direction":
        return str(Direction(value).label)
    if name == "purpose":
        names = {row.code: row.name for row in reference.purposes()}
        return names.get(str(value), str(value))
    if name == "permitted_until":
        return written(date.fromisoformat(str(value)), "j M Y")
    return str(value)
