"""Reads of the booth: who is signed on where, what was done last, what to fill in before asking."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Direction
from safar.control.border.models import Crossing, Decision, Inspection, SignOn
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.prepared import prepared

ANNUL_WITHIN = timedelta(minutes=5)
ON_SCREEN = timedelta(minutes=15)
USUAL = ("purpose", "destination", "conveyance")


def sign_on_or_none(actor: Actor) -> SignOn | None:
    """Return the booth that the actor is signed on to: her own, so it is in her sight."""
    found = _signed_on(actor.user_id) if actor.user_id else []
    return found[0] if found else None


@prepared
def _signed_on(officer: UUID) -> QuerySet[SignOn]:
    rows = SignOn.objects.filter(officer_id=officer, ended_at=None)
    return rows.select_related("shift").order_by("began_at")


def own_inspection(actor: Actor, key: UUID) -> Inspection:
    """Return an inspection at one of the actor's posts.

    Raises:
        NotFound: there is none, or it is out of her sight.
    """
    found = _inspected(key)
    if not found or not actor.sees_post(found[0].post_id):
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found[0]


@prepared
def _inspected(key: UUID) -> QuerySet[Inspection]:
    return Inspection.objects.filter(pk=key).select_related("sign_on")


def decision_or_none(inspection: Inspection) -> Decision | None:
    """Return the last decision on an inspection."""
    return inspection.decisions.order_by("decided_at").last()


def undecided(sign_on: SignOn, key: str) -> Inspection | None:
    """Return the inspection on the screen of this booth, if it is fresh and not yet decided."""
    rows = Inspection.objects.filter(
        sign_on=sign_on, decisions=None, inspected_at__gt=timezone.now() - ON_SCREEN
    )
    try:
        return rows.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def is_recorded(key: UUID) -> bool:
    """Whether a decision with this key is on record: the form was posted before."""
    return Decision.objects.filter(pk=key).exists()


@dataclass(frozen=True)
class Last:
    """The crossing that was recorded last in a booth, while it can still be annulled from it."""

    crossing: Crossing
    name: str
    minutes_left: int


def last_crossing(sign_on: SignOn) -> Last | None:
    now = timezone.now()
    found = _recorded(sign_on.post_id, sign_on.lane, sign_on.officer_id, now - ANNUL_WITHIN)
    if not found:
        return None
    crossing = found[0]
    left = crossing.crossed_at + ANNUL_WITHIN - now
    document = crossing.document
    initial = f" {document.given_names[:1]}." if document.given_names else ""
    return Last(crossing, f"{document.surname}{initial}", int(left.total_seconds() // 60) + 1)


@prepared
def _recorded(post: str, lane: str, officer: UUID, since: datetime) -> QuerySet[Crossing]:
    rows = Crossing.objects.filter(
        post_id=post, crossed_at__gt=since, lane=lane, officer_id=officer
    )
    return rows.select_related("document").order_by("-crossed_at")[:1]


def usual_answers(inspection: Inspection) -> dict[str, str]:
    """Return purpose, destination and conveyance of the traveller's last crossing this way."""
    if inspection.traveller_id is None or inspection.direction != Direction.ENTRY:
        return {}
    since = inspection.inspected_at - timedelta(days=400)
    last = _entered(inspection.traveller_id, since)
    return dict(zip(USUAL, last[0], strict=True)) if last else {}


@prepared
def _entered(traveller: UUID, since: datetime) -> QuerySet[Crossing, tuple[str, ...]]:
    rows = Crossing.objects.filter(
        traveller_id=traveller, crossed_at__gte=since, direction=Direction.ENTRY
    )
    return rows.order_by("-crossed_at").values_list(*USUAL)[:1]


def refusal_or_404(actor: Actor, key: UUID) -> Decision:
    """Return a refusal at one of the actor's posts.

    Raises:
        NotFound: there is none, or it is out of her sight.
    """
    rows = Decision.objects.visible_to(actor).select_related("inspection", "decided_by")
    found = rows.filter(pk=key, kind="refuse").first()
    if found is None:
        raise NotFound("There is no such refusal.")
    return found
