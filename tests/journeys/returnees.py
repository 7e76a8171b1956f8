"""Who is on record in voluntary returns before the stories begin, made on the days of a year."""

from datetime import date, timedelta

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases import scoring
from safar.assistance.cases.actions import paying
from safar.assistance.cases.actions.paying import NewPayment
from safar.assistance.cases.choices.sharing import ConsentPrompt
from safar.assistance.cases.models import Case, FollowUp, InstrumentVersion
from safar.assistance.returns.actions import before, journey, planning, reintegration, reporting
from safar.assistance.returns.actions.journey import Handed
from safar.assistance.returns.actions.planning import Weighed
from safar.assistance.returns.choices import Met
from safar.simulation.clock import on_day
from tests.journeys import people
from tests.makers import cases, instruments, money, returns, sharing
from tests.makers.accounts import actor, user

ARRIVED_DAYS_AGO = 362  # the window of the twelfth month is open
YEAR_AGO, REFERRED_ON = "Beishenov Nurdin", "TR-2025-12"
WILL_WITHDRAW = "Sydykov Maksat"
CLINIC = "Clinic 3"
ANSWERS = {name: sorted(worth, key=lambda one: worth[one])[1] for name, worth in
           scoring.read_file("reintegration_sustainability.json").points.items()}  # fmt: skip


def add() -> None:
    """A returnee of a year ago, and one who is being counselled; both of Asel's, in Bishkek."""
    asel = user(people.ASEL.number)
    instruments.version(instruments.SURVEY)
    sharing.partner(CLINIC, contact="Dr Osmonova")
    _a_year(asel)
    maksat = cases.new_person(WILL_WITHDRAW, birth=returns.ADULT, sex="M", citizenships=["KGZ"])
    returns.counselled(asel, maksat, reference="TR-2026-80")


def _a_year(asel: User) -> None:
    """Referred, declared, flown home, helped, and visited twice: each on its day."""
    arrived = timezone.localdate() - timedelta(days=ARRIVED_DAYS_AGO)
    with on_day(arrived - timedelta(days=40)):
        nurdin = cases.new_person(YEAR_AGO, birth=returns.ADULT, sex="M", citizenships=["KGZ"])
        case = returns.counselled(asel, nurdin, reference=REFERRED_ON)
    with on_day(arrived - timedelta(days=30)):
        returns.signed(case, asel)
        before.declare(actor(asel), case)
        _agree(asel, case)
    with on_day(arrived - timedelta(days=12)):
        flight = returns.a_flight(asel, returns.noon(arrived))
        journey.arrange_travel(actor(asel), case, flight=flight)
    with on_day(arrived, 18):
        journey.depart(actor(asel), case)
        handed = Handed(Met.MET, flight.arrives_at, onward="car 2")
        journey.receive(actor(asel), case, handed=handed)
    with on_day(arrived + timedelta(days=20)):
        way = planning.weigh(actor(asel), case, weighed=Weighed("study", "A welder", "feasible"))
        planning.choose(actor(asel), case, option=way)
        _ask(asel, case)
    _pay(asel, case, arrived + timedelta(days=25))
    for months, days in ((1, 33), (6, 185)):
        with on_day(arrived + timedelta(days=days)):
            _visit(asel, case, months)
    with on_day(arrived + timedelta(days=190)):
        reintegration.finish_help(actor(asel), case)


def _agree(asel: User, case: Case) -> None:
    """To reports until after the twelfth month."""
    sharing.consent(
        asel, case, returns.mission(), kinds=("identity", "journey", "assistance"),
        purpose="report", told=list(ConsentPrompt.values),
        expires_on=timezone.localdate() + timedelta(days=500),
    )  # fmt: skip


def _ask(asel: User, case: Case, visit: FollowUp | None = None) -> None:
    asked = InstrumentVersion.objects.get(instrument__code=scoring.SUSTAINABILITY[0])
    occasion = visit.pk if visit else None
    instruments.response(asel, case, asked, answers=ANSWERS, occasion=occasion)


def _pay(asel: User, case: Case, day: date) -> None:
    """The course, from the scheme's line, by four people."""
    officer, finance = (
        cases.caseworker(number, role=role, programme="returns", at=None)
        for number, role in (("7003", "programme_officer"), ("7004", "finance_officer"))
    )
    with on_day(day):
        grant = returns.granted(asel, case, "study", "800.00")
        person = case.members.get().person
        new = NewPayment(grant.ceiling, "bank", day + timedelta(days=7), person=person)
        payment = paying.plan_payment(actor(asel), grant, new=new)
    with on_day(day + timedelta(days=3)):
        payment = money.released(payment, officer, finance)
    with on_day(day + timedelta(days=6)):
        paid_on = timezone.localdate()
        payment = paying.record_paid(actor(asel), payment, receipt="R-12", paid_on=paid_on)
    with on_day(day + timedelta(days=20)):
        paying.reconcile(actor(finance), payment)


def _visit(asel: User, case: Case, months: int) -> None:
    visit = returns.visited(asel, case, months)
    _ask(asel, case, visit)
    reporting.report_visit(
        actor(asel),
        visit,
        consent=case.consents.get(),
        mission=returns.mission(),
        channel="email",
    )
