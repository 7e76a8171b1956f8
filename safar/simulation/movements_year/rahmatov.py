"""The Rahmatov family of the mockup: five people, three of whom a step still keeps from leaving."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from safar.assistance.cases.actions.opening import (
    NameAsWritten,
    NewCase,
    NewMember,
    NewPerson,
    WayToReach,
)
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.people import NumberOf
from safar.assistance.cases.choices.sharing import DataKind, PartnerKind
from safar.assistance.cases.models import Case, CaseMember, Partner
from safar.assistance.movements.actions import opening, orientation, sessions, steps
from safar.assistance.movements.actions.health import Said
from safar.assistance.movements.actions.opening import MovementReferral
from safar.assistance.movements.actions.sessions import NewSession
from safar.assistance.movements.actions.steps import Got, NewInterview
from safar.assistance.movements.choices import (
    Fitness,
    MedicalOutcome,
    NeedOnBoard,
    ReferredBy,
    StepKind,
)
from safar.assistance.movements.models import MovementScheme, Step
from safar.assistance.movements.programme import MOVEMENTS
from safar.assistance.movements.queries.steps import open_steps
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate
from safar.simulation import mission
from safar.simulation.clock import on_day
from safar.simulation.movements_year import booking, rahmatov_journey, rahmatov_papers, teaching
from safar.simulation.movements_year import health as examined
from safar.simulation.movements_year.before import PURPOSE
from safar.simulation.movements_year.ways import add_partner, receiving

NUMBER, STATES = "731-26C04418", "C-26-88120"
BORDER = "Border post, Manas"
# Given name, sex, age today, place in the family.
PEOPLE = (
    ("Rahmatov", "Ikrom", "M", 40, MemberRole.APPLICANT),
    ("Rahmatova", "Gulsara", "F", 37, MemberRole.SPOUSE),
    ("Rahmatova", "Sitora", "F", 14, MemberRole.CHILD),
    ("Rahmatov", "Behruz", "M", 10, MemberRole.CHILD),
    ("Rahmatova", "Madina", "F", 5, MemberRole.CHILD),
)
# Days from today on which each thing was done, or ends.
OPENED, INTERVIEWED, ACCEPTED, ASKED, TAUGHT = -267, -48, -21, -20, -15
EXIT_ENDS, DOCUMENT_ENDS, VISA_ENDS, FIT_ENDS, MADINA_ENDS = 88, 647, 107, 67, 15
ASTHMA = "Mild asthma, well controlled. An inhaler at hand on the journey."
COUGH = "Cough for two weeks, the X-ray is clear. To be seen again before the flight."


@dataclass(frozen=True)
class Told:
    """The family as the steps below meet it: its worker, its case, who is who, the real today."""

    actor: Actor
    case: Case
    today: date

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def member(self, given: str) -> CaseMember:
        rows = self.case.members.select_related("person").prefetch_related("person__names")
        return next(one for one in rows if given in str(one.person))

    def step(self, given: str, kind: str) -> Step:
        return Step.objects.get(case=self.case, member=self.member(given), kind=kind)


def add(today: date) -> Case:
    """The family, as far as its case has come today."""
    actor = mission.actor(mission.CASEWORKER)
    with on_day(today + timedelta(days=OPENED)):
        told = Told(actor, _refer(actor, today), today)
        _agree(told)
    for offset, hour, step in (
        (INTERVIEWED - 12, 10, _set_interviews),
        (INTERVIEWED, 16, _interviewed),
        (ACCEPTED, 11, _accepted),
        (ASKED, 10, _ask),
        (ASKED + 1, 15, rahmatov_papers.keep_letters),
        (TAUGHT - 2, 10, _teach),
        (-14, 9, _examine),
        (-12, 10, _documents),
        (-10, 11, rahmatov_journey.book),
        (-9, 9, _examine_madina),
        (-9, 10, rahmatov_journey.tell),
        (-9, 11, _exit_and_visa),
        (-6, 15, rahmatov_journey.clothe),
        (-5, 10, rahmatov_papers.draft_loan),
        (-4, 10, rahmatov_papers.look_at_loan),
        (-1, 16, rahmatov_journey.plan_new_medical),
        (0, 9, _photo_refused),
    ):
        with on_day(told.day(offset), hour):
            step(told)
        told.case.refresh_from_db()
    rahmatov_papers.spend(told)
    return told.case


def _refer(actor: Actor, today: date) -> Case:
    new = NewCase(
        programme=MOVEMENTS.code,
        office=mission.office("BIS"),
        purpose=PURPOSE,
        members=[_person(today, *one) for one in PEOPLE],
    )
    scheme = MovementScheme.objects.filter(code="CAN-GAR").latest("valid_from")
    referral = MovementReferral(new, scheme, "CAN", "KGZ", ReferredBy.UNHCR, "Winnipeg", size=5)
    return opening.receive_referral(actor, referral).case


def _person(today: date, surname: str, given: str, sex: str, age: int, role: str) -> NewMember:
    birthday = today - timedelta(days=60 + 3 * age)
    born = PartialDate(birthday.year - age, birthday.month, min(birthday.day, 28))
    is_first = role == MemberRole.APPLICANT
    return NewMember(
        NewPerson(
            names=[NameAsWritten(surname, given)],
            sex=sex,
            birth=born,
            citizenships=["AFG"],
            languages=["uz"],
            numbers=[(NumberOf.UNHCR_FILE, NUMBER)] if is_first else [],
            contacts=[WayToReach("+996 700 418 226", may_contact=True)] if is_first else [],
        ),
        role,
    )


def _agree(told: Told) -> None:
    """In writing, in Uzbek, with an interpreter: the mission in Winnipeg and the border post."""
    officer = mission.actor(mission.OFFICER)
    post = add_partner(officer, BORDER, "KGZ", timezone.localdate(), PartnerKind.MINISTRY)
    may_know: dict[Partner, tuple[str, ...]] = {
        receiving("Winnipeg"): booking.MAY_KNOW,
        post: (DataKind.IDENTITY, DataKind.PAPERS),
    }
    for member in booking.applicant_first(told.case):
        booking.terms(told.actor, told.case, member, may_know, "Uzbek", "T. Nazarov")


def _set_interviews(told: Told) -> None:
    day = told.day(INTERVIEWED)
    for number, step in enumerate(open_steps(told.case, StepKind.INTERVIEW)):
        at = timezone.make_aware(datetime.combine(day, time(9 + number)))
        new = NewInterview(at, "Embassy, room 12", "uz", "T. Nazarov", timezone.localdate())
        steps.set_interview(told.actor, step, new=new)


def _interviewed(told: Told) -> None:
    _finish(told, StepKind.INTERVIEW)


def _accepted(told: Told) -> None:
    opening.accept(told.actor, told.case, on=timezone.localdate(), reference=STATES)


def _ask(told: Told) -> None:
    _finish(told, StepKind.SECURITY, told.day(340))
    for step in open_steps(told.case, StepKind.TRAVEL_DOCUMENT):
        steps.ask(told.actor, step, on=timezone.localdate(), answer_by=told.day(-10))
    gulsara = told.member("Gulsara").pk
    for step in open_steps(told.case, StepKind.EXIT_PERMISSION):
        if step.member_id != gulsara:
            steps.ask(told.actor, step, on=timezone.localdate(), answer_by=told.day(-6))


def _teach(told: Told) -> None:
    """Three days in Uzbek for the three who are old enough."""
    new = NewSession(
        mission.office("BIS"), "CAN", "Life in Canada, in Uzbek", "Chui 106, room 4",
        "uz", told.day(TAUGHT), told.day(TAUGHT + 2), 8,
    )  # fmt: skip
    session = sessions.add_session(told.actor, new)
    members = [told.member(given) for given in ("Ikrom", "Gulsara", "Sitora")]
    places = orientation.invite(told.actor, told.case, session=session, members=members)
    with on_day(session.ends_on, 17):
        teaching.note_who_came(told.actor, session, places)


def _examine(told: Told) -> None:
    until = told.day(FIT_ENDS)
    for given in ("Ikrom", "Gulsara", "Sitora"):
        examined.say(told.case, told.member(given), Said(Fitness.FIT, until))
    inhaler = Said(Fitness.FIT_WITH_NEEDS, until, needs=[NeedOnBoard.OWN_MEDICINE])
    examined.say(
        told.case, told.member("Behruz"), inhaler, text=ASTHMA, outcome=MedicalOutcome.CLASS_B
    )


def _examine_madina(told: Told) -> None:
    """After the seats were held; of her the doctor says less long than the flight is away."""
    word = Said(Fitness.FIT, told.day(MADINA_ENDS))
    examined.say(told.case, told.member("Madina"), word, text=COUGH)


def _documents(told: Told) -> None:
    for number, step in enumerate(open_steps(told.case, StepKind.TRAVEL_DOCUMENT), 1):
        if step.member_id != told.member("Behruz").pk:
            got = Got(timezone.localdate(), told.day(DOCUMENT_ENDS), f"RTD04418{number}")
            steps.finish(told.actor, step, got=got)
    gulsara = told.step("Gulsara", StepKind.EXIT_PERMISSION)
    today = timezone.localdate()
    steps.ask(told.actor, gulsara, on=today, answer_by=told.day(2))


def _exit_and_visa(told: Told) -> None:
    gulsara = told.member("Gulsara").pk
    done = [
        one for one in open_steps(told.case, StepKind.EXIT_PERMISSION) if one.member_id != gulsara
    ]
    got = Got(timezone.localdate(), told.day(EXIT_ENDS))
    steps.finish_for(told.actor, told.case, steps=done, got=got)
    _finish(told, StepKind.VISA, told.day(VISA_ENDS))


def _photo_refused(told: Told) -> None:
    behruz = told.step("Behruz", StepKind.TRAVEL_DOCUMENT)
    steps.send_back(told.actor, behruz, remark="Photo refused", new_by=told.day(1))


def _finish(told: Told, kind: str, ends: date | None = None) -> None:
    got = Got(timezone.localdate(), ends)
    steps.finish_for(told.actor, told.case, steps=open_steps(told.case, kind), got=got)
