"""Who is on record in movements before the stories begin: two families of five, nearly there."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.actions.opening import NewCase, NewMember
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.models import Case, Partner
from safar.assistance.movements.actions import (
    loans,
    opening,
    orientation,
    preflight,
    sessions,
    steps,
)
from safar.assistance.movements.actions.opening import MovementReferral
from safar.assistance.movements.actions.sessions import Mark
from safar.assistance.movements.actions.steps import Got
from safar.assistance.movements.choices import Attended, ReferredBy, StepKind
from safar.assistance.movements.models import MovementScheme
from safar.assistance.movements.programme import MOVEMENTS
from safar.assistance.movements.queries.steps import open_steps
from safar.assistance.movements.rules.booking import LegFacts
from safar.lib.partial_dates import PartialDate
from safar.simulation.clock import on_day
from tests.journeys import people
from tests.makers import cases
from tests.makers.accounts import actor, user
from tests.makers.movements import files, health, journeys
from tests.makers.movements import orientation as teaching

# Surnames: one family is ready to be booked, the other has its tickets for yesterday.
READY, TICKETED = "Ahmadi", "Noori"
# Given name, born, sex, place in the family: the applicant comes first.
FAMILY = (
    ("Farhad", PartialDate(1983, 4, 2), "M", MemberRole.APPLICANT),
    ("Shirin", PartialDate(1987, 11, 19), "F", MemberRole.SPOUSE),
    ("Laila", PartialDate(2009, 1, 30), "F", MemberRole.CHILD),
    ("Omid", PartialDate(2013, 6, 8), "M", MemberRole.CHILD),
    ("Nilufar", PartialDate(2021, 2, 14), "F", MemberRole.CHILD),
)
RECEIVING, FLIGHT = "Receiving mission, Toronto", "TK345"
HOLDS = 150  # days from today, of everything that they have
BY_HAND = (
    StepKind.SECURITY, StepKind.EXIT_PERMISSION, StepKind.TRAVEL_DOCUMENT, StepKind.VISA,
)  # fmt: skip


def named(surname: str) -> list[str]:
    """The whole names of a family, the applicant's first."""
    return [f"{surname} {given}" for given, *_rest in FAMILY]


def add() -> None:
    """The schemes, who works movements in which office, the mission that receives, two families."""
    files.schemes()
    for person, office in people.CASEWORK:
        cases.place(user(person.number), programme=MOVEMENTS.code, at=office)
    asel, doctor = user(people.ASEL.number), health.health_worker(people.NARGIZA.number)
    mission = journeys.mission(RECEIVING)
    _prepared(asel, doctor, READY, mission)
    _ticketed(asel, doctor, _prepared(asel, doctor, TICKETED, mission), mission)


def _prepared(asel: User, doctor: User, surname: str, mission: Partner) -> Case:
    """Referred, interviewed, accepted, and prepared: each on its day, all but the journey."""
    today = timezone.localdate()
    ends = today + timedelta(days=HOLDS)
    with on_day(today - timedelta(days=120)):
        case = opening.receive_referral(actor(asel), _referral(surname)).case
    with on_day(today - timedelta(days=90)):
        _got(asel, case, StepKind.INTERVIEW, None)
        reference = f"CAN-G-{case.number[-4:]}"
        opening.accept(actor(asel), case, on=timezone.localdate(), reference=reference)
    _taught(asel, case, today - timedelta(days=60))
    with on_day(today - timedelta(days=40)):
        for kind in BY_HAND:
            _got(asel, case, kind, ends)
        for member in case.members.all():
            health.said(doctor, member, holds_until=ends)
    with on_day(today - timedelta(days=20)):
        loan = loans.draft_loan(actor(asel), case)
        signer = case.members.get(role=MemberRole.APPLICANT)
        loans.sign_loan(actor(asel), loan, signer=signer, on=timezone.localdate())
        journeys.consents(asel, case, mission)
    return case


def _ticketed(asel: User, doctor: User, case: Case, mission: Partner) -> None:
    """Booked for yesterday morning, told of, ticketed, and looked at two days before."""
    leaves = timezone.localdate() - timedelta(days=1)
    with on_day(leaves - timedelta(days=9)):
        journey = journeys.booked(asel, case, legs=_legs(leaves), receiving=mission)
        applicant = case.consents.get(person__memberships__role=MemberRole.APPLICANT)
        journeys.tell(asel, journey, mission, applicant)
        journeys.issue(asel, journey)
    with on_day(leaves - timedelta(days=2)):
        for member in case.members.all():
            preflight.check_before_flight(actor(doctor), journeys.fresh(case), member=member)


def _legs(day: date) -> list[LegFacts]:
    """From five in the morning on; they land in Toronto the same evening."""
    leaves = timezone.make_aware(datetime.combine(day, time(5)))
    lands, onward = leaves + timedelta(hours=6), leaves + timedelta(hours=8)
    return [
        LegFacts(FLIGHT, "Bishkek", leaves, "Istanbul", lands),
        LegFacts("TK17", "Istanbul", onward, "Toronto", onward + timedelta(hours=10)),
    ]


def _referral(surname: str) -> MovementReferral:
    scheme = MovementScheme.objects.filter(code="CAN-GAR").latest("valid_from")
    members = [
        NewMember(files.person(f"{surname} {given}", born, sex=sex), role)
        for given, born, sex, role in FAMILY
    ]
    new = NewCase(MOVEMENTS.code, cases.office(cases.BISHKEK), "Resettlement", members)
    return MovementReferral(
        new, scheme, scheme.destination, "KGZ", ReferredBy.UNHCR, "Toronto", size=len(FAMILY)
    )


def _got(asel: User, case: Case, kind: str, ends: date | None) -> None:
    """Everybody has it, each under a number of her own."""
    for number, step in enumerate(open_steps(case, kind), 1):
        reference = f"P0318{number}" if kind == StepKind.TRAVEL_DOCUMENT else ""
        steps.finish(actor(asel), step, got=Got(timezone.localdate(), ends, reference))


def _taught(asel: User, case: Case, day: date) -> None:
    """Whoever is old enough came to a session of three days."""
    with on_day(day - timedelta(days=7)):
        session = teaching.session(asel, starts_on=day, language="fa", title="Life in Canada")
        waiting = case.steps.filter(kind=StepKind.ORIENTATION, status="to_do")
        members = [step.member for step in waiting.select_related("member")]
        places = orientation.invite(actor(asel), case, session=session, members=members)
    with on_day(session.ends_on, 17):
        marks = {one.pk: Mark(Attended.INVITED, Attended.CAME) for one in places}
        sessions.record_attendance(actor(asel), session, marks=marks)
