"""The check 24 to 72 hours before the flight."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.actions.health import OF_HEALTH, require_member
from safar.assistance.movements.actions.step_moves import move_step
from safar.assistance.movements.choices import StepKind
from safar.assistance.movements.models import Leg, Step, TravelHealth
from safar.assistance.movements.queries.medical_file import first_leg
from safar.assistance.movements.rules import health as rules
from safar.core.action import action
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@action("movements.check_before_flight", policies=OF_HEALTH)
def check_before_flight(
    actor: Actor, case: Case, *, member: CaseMember, at: datetime | None = None
) -> TravelHealth:
    """Keep that a member was looked at before the flight, and may board.

    Who may not is put on hold instead (`say_fitness`).

    Args:
        at: when; now, if nobody says otherwise.

    Raises:
        RuleBroken: no seat is booked, it is not 24 to 72 hours before the first flight departs,
            or she is not fit until that day.
    """
    require_member(case, member)
    at = at or timezone.now()
    if at > timezone.now():
        raise RuleBroken(_("This time is still to come."), field="at")
    first = first_leg(member)
    if first is None:
        raise RuleBroken(_("No seat is booked for this person."))
    _require_window(at, first)
    health = TravelHealth.objects.select_for_update().filter(member=member).first()
    leaves = timezone.localdate(first.departs_at)
    if health is None or health.fitness not in rules.MAY_FLY:
        raise RuleBroken(_("Say first that this person is fit to travel."))
    if health.holds_until is None or health.holds_until < leaves:
        raise RuleBroken(_("The fitness to travel ends before the flight. Say it anew first."))
    health.checked_at = at
    health.save()
    ends = leaves if _ends(member) else None
    move_step(
        case.pk,
        member,
        StepKind.PREFLIGHT,
        "finish",
        on=timezone.localdate(at),
        expires_on=ends,
    )
    return health


def _require_window(at: datetime, first: Leg) -> None:
    fault = rules.fault_of_check(at, first.departs_at)
    if not fault:
        return
    begins, ends = (timezone.localtime(one) for one in rules.window(first.departs_at))
    words = {
        "flight": first.flight,
        "begins": date_format(begins, "j E, H:i"),
        "ends": date_format(ends, "j E, H:i"),
    }
    early = gettext("Too early: for %(flight)s the check counts from %(begins)s to %(ends)s.")
    late = gettext("Too late: for %(flight)s the check counted from %(begins)s to %(ends)s.")
    raise RuleBroken((early if fault == rules.TOO_EARLY else late) % words, field="at")


def _ends(member: CaseMember) -> bool:
    steps = Step.objects.filter(member=member, kind=StepKind.PREFLIGHT, needs_expiry=True)
    return steps.exists()
