"""Reads of the booth: who is signed on where, what was done last, what to fill in before asking."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from safar.control.border.choices import Direction
from safar.control.border.models import Crossing, Decision, Inspection, SignOn
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.record import get_visible
from safar.reference import queries as reference

ANNUL_WITHIN = timedelta(minutes=5)


def sign_on_or_none(actor: Actor) -> SignOn | None:
    """Return the booth that the actor is signed on to."""
    rows = SignOn.objects.visible_to(actor).filter(officer_id=actor.user_id, ended_at=None)
    return rows.select_related("shift").first()


def own_inspection(actor: Actor, key: UUID) -> Inspection:
    """Return an inspection at one of the actor's posts.

    Raises:
        NotFound: there is none, or it is out of her sight.
    """
    rows = Inspection.objects.select_related("sign_on")
    return get_visible(rows, actor, key)


def decision_or_none(inspection: Inspection) -> Decision | None:
    """Return the last decision on an inspection."""
    return inspection.decisions.order_by("decided_at").last()


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
    rows = Crossing.objects.filter(
        post_id=sign_on.post_id,
        crossed_at__gt=now - ANNUL_WITHIN,
        lane=sign_on.lane,
        officer_id=sign_on.officer_id,
    )
    crossing = rows.select_related("document").order_by("-crossed_at").first()
    if crossing is None:
        return None
    left = crossing.crossed_at + ANNUL_WITHIN - now
    document = crossing.document
    initial = f" {document.given_names[:1]}." if document.given_names else ""
    return Last(crossing, f"{document.surname}{initial}", int(left.total_seconds() // 60) + 1)


def usual_answers(inspection: Inspection) -> dict[str, str]:
    """Return purpose, destination and conveyance of the traveller's last crossing this way."""
    if inspection.traveller_id is None or inspection.direction != Direction.ENTRY:
        return {}
    since = inspection.inspected_at - timedelta(days=400)
    rows = Crossing.objects.filter(
        traveller_id=inspection.traveller_id, crossed_at__gte=since, direction=Direction.ENTRY
    )
    last = rows.order_by("-crossed_at").values("purpose", "destination", "conveyance").first()
    return {name: str(value) for name, value in last.items()} if last else {}


def lane_choices(post: str) -> list[tuple[str, str]]:
    return [(str(lane.number), str(lane.number)) for lane in reference.lanes(post)]


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
