"""Who may do what to which case; the reason, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.models import Case, Placement
from safar.core.errors import NotFound
from safar.core.permissions import Actor


def placed_there(actor: Actor, new: Any) -> Any:
    """A case is opened where she works, behind a wall that she may pass herself."""
    compartment = new.compartment or programmes.get(new.programme).compartment
    placements = Placement.objects.filter(
        user_id=actor.person_id, programme=new.programme, compartments__contains=[compartment]
    )
    if not any(place.office_id in (None, new.office.pk) for place in placements):
        return _("You do not work this programme in that office. A colleague there opens the case.")
    return None


def in_sight(actor: Actor, target: Any) -> Any:
    """The case is hers to see; else it does not exist.

    Raises:
        NotFound: the same whether it is missing or behind a wall.
    """
    case = target if isinstance(target, Case) else target.case
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return None


def still_open(actor: Actor, target: Any) -> Any:
    case = target if isinstance(target, Case) else target.case
    return _("The case is closed.") if case.closed_on else None


def not_herself(actor: Actor, target: Any) -> Any:
    """Nobody lets herself behind a wall."""
    user_id = getattr(target, "user_id", target.pk)
    return _("Nobody places herself. A colleague does this.") if user_id == actor.user_id else None
