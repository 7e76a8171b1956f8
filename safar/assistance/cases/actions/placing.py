"""Placing users: which programme she works, where, and behind which walls."""

from collections.abc import Sequence

from safar.accounts.models import Office, User
from safar.assistance.cases import programmes
from safar.assistance.cases.models import Placement
from safar.assistance.cases.policies import not_herself
from safar.core.action import action, note
from safar.core.permissions import Actor


@action("cases.place_user", policies=(not_herself,))
def place_user(
    actor: Actor,
    user: User,
    *,
    programme: str,
    office: Office | None,
    compartments: Sequence[str] = (),
    team: str = "",
) -> Placement:
    """Place a user in a programme of an office (of all, where none is named)."""
    known = programmes.get(programme)
    placement, _made = Placement.objects.update_or_create(
        user=user,
        programme=known.code,
        office=office,
        defaults={"team": team, "compartments": list(compartments or [known.compartment])},
    )
    note(user=str(user.pk), programme=programme, compartments=placement.compartments)
    return placement


@action("cases.end_placement", policies=(not_herself,))
def end_placement(actor: Actor, placement: Placement) -> None:
    """End a placement: what she saw by it is out of her sight from the next request on."""
    note(user=str(placement.user_id), programme=placement.programme)
    placement.delete()
