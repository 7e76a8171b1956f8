"""Who may receive, hand out, open and destroy? A reason why not, or None."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.models import BlankDestruction, Box, BoxOpening
from safar.control.offices.models import IssuingOffice
from safar.control.offices.queries import works_at
from safar.core.permissions import Actor

NOT_HERS = _("This belongs to another office.")
SECOND = _("You put this forward yourself. A second person has to decide.")
HEAD_OFFICE = _("The central store is for headquarters.")
Target = IssuingOffice | Box | BoxOpening | BlankDestruction | None


def at_her_office(actor: Actor, target: Target) -> Any:
    """Only where she is placed; headquarters everywhere, and alone at the central store (None)."""
    return None if works_at(actor, _holder(target)) else NOT_HERS


def _holder(target: Target) -> str | None:
    if target is None or isinstance(target, IssuingOffice):
        return target.pk if target else None
    return target.box.holder_id if isinstance(target, BoxOpening) else target.holder_id


def at_headquarters(actor: Actor, target: Any) -> Any:
    return None if actor.nationwide else HEAD_OFFICE


def not_own_proposal(actor: Actor, target: BlankDestruction | BoxOpening) -> Any:
    """Who proposed does not decide; Safar's own work is told apart by its name."""
    mine = (
        target.proposed_by_id == actor.user_id
        if target.proposed_by_id or actor.user_id
        else target.proposed_by_name == actor.name
    )
    return SECOND if mine else None


def not_who_opened(actor: Actor, target: Box) -> Any:
    """Whoever read the seal that is on record now does not say herself that nothing is missing."""
    read = Q(proposed_by_id=actor.user_id) | Q(decided_by_id=actor.user_id)
    mine = actor.user_id and target.openings.filter(read, seal=target.seal).exists()
    return SECOND if mine or actor.user_id == target.arrived_by_id else None
