"""Orientation in the demonstration: sessions of three days, who has a place, who came."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F
from django.utils import timezone

from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import orientation, sessions
from safar.assistance.movements.actions.making_steps import unsettled
from safar.assistance.movements.actions.sessions import Mark, NewSession
from safar.assistance.movements.choices import Attended, StepKind
from safar.assistance.movements.models import Attendance, MovementFile, OrientationSession
from safar.core.permissions import Actor
from safar.reference.queries import country_name
from safar.simulation import mission
from safar.simulation.clock import on_day
from safar.simulation.movements_year import people, ways
from safar.simulation.movements_year.plans import Plan

BEGINS_IN, AT_THE_LATEST = timedelta(days=4), timedelta(days=12)
LASTS, NEXT_ONE = timedelta(days=2), timedelta(days=6)
PLACES = 12
HOUSE = {"Bishkek": "Chui 106", "Osh": "Kurmanjan Datka 211"}
ROOMS = ("room 4", "room 7", "the hall")
COUNTRY = {"USA": "the United States", "NLD": "the Netherlands", "GBR": "the United Kingdom"}
IN_WORDS = {"AFG": "in Dari", "IRN": "in Farsi", "SYR": "in Arabic", "UZB": "in Russian",
            "TJK": "in Russian"}  # fmt: skip


def teach(plan: Plan, actor: Actor, case: Case) -> None:
    """Whoever needs it gets a place in the next session, and comes."""
    waiting = unsettled(MovementFile.objects.get(case=case), (StepKind.ORIENTATION,))
    if not waiting:
        return
    session = _next(plan, len(waiting)) or _new(plan, actor, timezone.localdate())
    members = [step.member for step in waiting]
    places = orientation.invite(actor, case, session=session, members=members)
    if session.ends_on >= plan.today:
        return
    absent = places[-1].pk if plan.twist == "absent" else None
    with on_day(session.ends_on, 17):
        note_who_came(actor, session, places, absent)
    if absent:
        with on_day(session.ends_on + timedelta(days=1)):
            later = _new(plan, actor, plan.today + NEXT_ONE - BEGINS_IN)
            orientation.invite(actor, case, session=later, members=[places[-1].member])


def note_who_came(
    actor: Actor, session: OrientationSession, places: list[Attendance], absent: UUID | None = None
) -> None:
    marks = {
        one.pk: Mark(Attended.INVITED, Attended.ABSENT if one.pk == absent else Attended.CAME)
        for one in places
    }
    sessions.record_attendance(actor, session, marks=marks)


def _next(plan: Plan, people_to_come: int) -> OrientationSession | None:
    """One that begins soon, in their language, with places for the whole family."""
    soon = timezone.localdate() + timedelta(days=1)
    rows = OrientationSession.objects.filter(
        office__code=plan.worker.office, destination=ways.country(plan.town),
        language=people.SPOKEN[plan.nation], called_off_at=None,
        starts_on__range=(soon, timezone.localdate() + AT_THE_LATEST),
    )  # fmt: skip
    free = rows.annotate(taken=Count("attendances")).filter(places__gte=F("taken") + people_to_come)
    return free.order_by("starts_on").first()


def _new(plan: Plan, actor: Actor, day: date) -> OrientationSession:
    begins = day + BEGINS_IN
    state = ways.country(plan.town)
    new = NewSession(
        office=mission.office(plan.worker.office),
        destination=state,
        title=f"Life in {COUNTRY.get(state) or country_name(state)}, {IN_WORDS[plan.nation]}",
        venue=f"{HOUSE[plan.begins_at]}, {ROOMS[plan.number % len(ROOMS)]}",
        language=people.SPOKEN[plan.nation],
        starts_on=begins,
        ends_on=begins + LASTS,
        places=PLACES,
    )
    return sessions.add_session(actor, new)


def fill(today: date) -> None:
    """The fullest of the sessions to come moves to a smaller room: it has no place left."""
    rows = OrientationSession.objects.filter(starts_on__gt=today, called_off_at=None)
    fullest = rows.annotate(taken=Count("attendances")).order_by("-taken", "starts_on").first()
    if fullest is None or not fullest.taken:
        return
    names = NewSession.__dataclass_fields__
    facts = {name: getattr(fullest, name) for name in names} | {"places": fullest.taken}
    officer = mission.actor(mission.OFFICER)
    sessions.change_session(officer, fullest, new=NewSession(**facts), seen=fullest.version)
