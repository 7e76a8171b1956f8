"""Cases that travel together: a grandmother's and her son's."""

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.models import MovementFile, TravelTogether
from safar.assistance.movements.policies import both_in_sight, not_left_yet
from safar.core.action import action
from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Actor


@action("movements.travel_together", policies=(in_sight, still_open, not_left_yet))
def travel_together(actor: Actor, case: Case, *, other: Case, why: str) -> TravelTogether:
    """Keep that two cases travel together.

    Raises:
        NotFound: the other one is no movement, or out of her sight.
        RuleBroken: it is the same one, or it is written down already.
    """
    if not MovementFile.objects.visible_to(actor).filter(case=other).exists():
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if other.pk == case.pk:
        raise RuleBroken(_("Name another case than this one."), field="other")
    if other.closed_on:
        raise RuleBroken(_("That case is closed."), field="other")
    one, second = sorted((case.pk, other.pk))
    if TravelTogether.objects.filter(one=one, other=second).exists():
        raise RuleBroken(_("They travel together already."), field="other")
    return TravelTogether.objects.create(
        one_id=one, other_id=second, why=why, noted_by_id=actor.person_id
    )


@action("movements.apart", policies=(both_in_sight,))
def apart(actor: Actor, pair: TravelTogether) -> None:
    """Take back that two cases travel together."""
    pair.delete()
