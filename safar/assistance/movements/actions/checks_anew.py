"""A flight was put off or brought forward: who was checked before it is to be checked once more."""

from safar.assistance.movements.actions.step_moves import move_step
from safar.assistance.movements.choices import StepKind
from safar.assistance.movements.models import MovementJourney, TravelHealth
from safar.assistance.movements.rules import health as rules


def checks_anew(journey: MovementJourney) -> int:
    """Ask for the check once more where the flight was put off or brought forward since.

    Inside the action that changed the flights. Returns of how many people.
    """
    first = journey.legs.order_by("number").first()
    if first is None:
        return 0
    found = TravelHealth.objects.select_for_update().filter(
        member__seats__journey=journey, checked_at__isnull=False
    )
    asked = 0
    for health in found:
        if health.checked_at and rules.fault_of_check(health.checked_at, first.departs_at):
            health.checked_at = None
            health.save()
            asked += bool(move_step(health.case_id, health.member_id, StepKind.PREFLIGHT, "again"))
    return asked
