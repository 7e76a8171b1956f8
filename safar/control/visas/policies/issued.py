"""Who may issue and end? A reason why not, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.offices.models import IssuingOffice
from safar.control.offices.queries import works_at
from safar.control.visas.models import (
    Application,
    SignerCertificate,
    Visa,
)
from safar.core.permissions import Actor

NOT_HERS = _("This belongs to another consulate.")
SECOND = _("You put this forward yourself. A second person has to decide.")


def at_her_consulate(actor: Actor, target: Application | Visa | IssuingOffice | None) -> Any:
    """Only where she is placed; headquarters everywhere, and alone at the central store (None)."""
    return None if works_at(actor, _consulate(target)) else NOT_HERS


def _consulate(target: Application | Visa | IssuingOffice | None) -> str | None:
    if target is None or isinstance(target, IssuingOffice):
        return target.pk if target else None
    return target.consulate_id


def not_own_proposal(actor: Actor, target: SignerCertificate) -> Any:
    """Who proposed does not decide; Safar's own work is told apart by its name."""
    mine = (
        target.proposed_by_id == actor.user_id
        if target.proposed_by_id or actor.user_id
        else target.proposed_by_name == actor.name
    )
    return SECOND if mine else None
