"""Writes of headquarters: offices are opened, users placed at them."""

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Agency, User
from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice, OfficePlacement
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW


@action("offices.open", policies=(role_suffices,))
def open_office(
    actor: Actor,
    agency: Agency,
    *,
    code: str,
    names: Mapping[str, str],
    country: str,
    work: Sequence[str] = (Work.VISAS,),
    on_public_page: bool = True,
) -> IssuingOffice:
    """Opened an office, or changed its name or its work"""
    return IssuingOffice.objects.update_or_create(
        code=code,
        defaults={
            "names": dict(names),
            "agency": agency,
            "country_id": country,
            "work": [str(one) for one in work],
            "on_public_page": on_public_page,
            "in_use": True,
        },
    )[0]


@action("offices.place_user", policies=(role_suffices,))
def place_user(actor: Actor, office: IssuingOffice, *, user: User) -> OfficePlacement:
    """Placed a user at an office: she sees its applications from now on"""
    if user.pk == actor.user_id:
        raise NotAllowed(_("Nobody places herself at an office."))
    if OfficePlacement.objects.filter(user=user, office=office, ended_at=None).exists():
        raise RuleBroken(_("She works there already."), field="user")
    placement = OfficePlacement(
        user=user, office=office, placed_at=timezone.now(), placed_by_id=actor.user_id
    )
    placement.save()
    note(user=str(user.pk))
    return placement


@action("offices.end_placement", policies=(role_suffices,))
def end_placement(actor: Actor, placement: OfficePlacement) -> OfficePlacement:
    """Ended a placement: the user sees nothing of that office any more"""
    if placement.ended_at:
        raise InvalidMove(NOT_NOW)
    placement.ended_at, placement.ended_by_id = timezone.now(), actor.user_id
    placement.save()
    note(user=str(placement.user_id))
    return placement
