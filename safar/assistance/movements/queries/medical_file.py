"""Who works in the medical file, and before which flight somebody is looked at."""

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case, CaseMember, Placement
from safar.assistance.movements.choices import JourneyStatus
from safar.assistance.movements.models import Leg
from safar.core.permissions import Actor

BEFORE_THE_FLIGHT = (JourneyStatus.HELD, JourneyStatus.TICKETED)


def works_in_medical_file(actor: Actor, case: Case) -> bool:
    """Whether she works in the medical file of this programme, in that office."""
    found = Placement.objects.filter(
        user=actor.user_id,
        programme=case.programme,
        compartments__contains=[Compartment.MEDICAL],
    )
    return any(one.office_id in (None, case.office_id) for one in found)


def first_leg(member: CaseMember) -> Leg | None:
    """The first flight of the booking in which a member has a seat, before it has left."""
    legs = Leg.objects.filter(
        journey__status__in=BEFORE_THE_FLIGHT, journey__passengers__member=member
    )
    return legs.order_by("number").first()
