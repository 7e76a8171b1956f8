"""Who may issue, end, count and destroy? A reason why not, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.visas.models import (
    Application,
    BlankDestruction,
    Consulate,
    ConsulatePlacement,
    SignerCertificate,
    Visa,
)
from safar.core.permissions import Actor

NOT_HERS = _("This belongs to another consulate.")
SECOND = _("You put this forward yourself. A second person has to decide.")
HEAD_OFFICE = _("The central store is for headquarters.")


def at_her_consulate(
    actor: Actor, target: Application | Visa | BlankDestruction | Consulate | None
) -> Any:
    """Only where she is placed; headquarters everywhere, and alone at the central store (None)."""
    return None if serves_at(actor, _consulate(target)) else NOT_HERS


def _consulate(target: Application | Visa | BlankDestruction | Consulate | None) -> str | None:
    if target is None or isinstance(target, Consulate):
        return target.pk if target else None
    return target.holder_id if isinstance(target, BlankDestruction) else target.consulate_id


def serves_at(actor: Actor, consulate: Any) -> bool:
    """Whether she works at a consulate; without one (the central store), at headquarters."""
    if actor.nationwide:
        return True
    if consulate is None or actor.user_id is None:
        return False
    placed = ConsulatePlacement.objects.filter(user_id=actor.user_id, ended_at=None)
    return placed.filter(consulate_id=consulate).exists()


def at_headquarters(actor: Actor, target: Any) -> Any:
    return None if actor.nationwide else HEAD_OFFICE


def not_own_proposal(actor: Actor, target: BlankDestruction | SignerCertificate) -> Any:
    """Who proposed does not decide; Safar's own work is told apart by its name."""
    mine = (
        target.proposed_by_id == actor.user_id
        if target.proposed_by_id or actor.user_id
        else target.proposed_by_name == actor.name
    )
    return SECOND if mine else None
