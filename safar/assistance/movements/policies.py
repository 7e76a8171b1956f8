"""What stands in the way in a movement, in words: the law of the programme, not of a role."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, Placement
from safar.assistance.movements.choices import ELSEWHERE, OF_HEALTH, StepKind
from safar.assistance.movements.models import Step, TravelTogether
from safar.assistance.movements.models.journeys import LIVE
from safar.assistance.movements.queries.medical_file import works_in_medical_file
from safar.assistance.movements.workflow import ACCEPTED, BEFORE_DEPARTURE
from safar.core.errors import NotFound
from safar.core.permissions import Actor


def not_left_yet(actor: Actor, target: Any) -> Any:
    case = target if isinstance(target, Case) else target.case
    if case.status in BEFORE_DEPARTURE:
        return None
    return _("They have left, or the movement is over. Nothing is prepared any more.")


def done_here(actor: Actor, step: Step) -> Any:
    """The step is not done by an examination, a session or a note, which move it themselves."""
    if step.kind not in ELSEWHERE:
        return None
    return {
        StepKind.ORIENTATION: _("This is done in a session: note there who came."),
        StepKind.LOAN: _("This is done when the promissory note is signed."),
    }.get(StepKind(step.kind), _("The health worker writes this down."))


def not_of_health(actor: Actor, step: Step) -> Any:
    """Nobody but a health worker does without an examination."""
    return _("The health worker writes this down.") if step.kind in OF_HEALTH else None


def before_the_flight(actor: Actor, case: Case) -> Any:
    """The receiving state has accepted them, and they have not left."""
    if case.status in ACCEPTED:
        return None
    return _("The note is drafted once the receiving state has accepted them, and they still fly.")


def nothing_booked(actor: Actor, case: Case) -> Any:
    if case.journeys.filter(status__in=LIVE).exists():
        return _("Seats are booked. Cancel the booking first.")
    return None


def both_in_sight(actor: Actor, pair: TravelTogether) -> Any:
    """Both cases are hers to see; else it does not exist.

    Raises:
        NotFound: the same whether it is missing or behind a wall.
    """
    if not TravelTogether.objects.visible_to(actor).filter(pk=pair.pk).exists():
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return None


def behind_the_medical_wall(actor: Actor, target: Any) -> Any:
    """She works in the medical file of this programme, in that office."""
    case = target if isinstance(target, Case) else target.case
    if works_in_medical_file(actor, case):
        return None
    return _("You do not work in the medical file. A health worker does this.")


def works_there(actor: Actor, target: Any) -> Any:
    """Sessions are held by those who work movements in that office."""
    found = Placement.objects.filter(user=actor.user_id, programme="movements")
    if any(one.office_id in (None, target.office.pk) for one in found):
        return None
    return _("You do not work movements in that office. A colleague there does this.")
