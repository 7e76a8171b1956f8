"""Made-up passport offices: boxes of blanks under seal, and applications at every step."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from safar.accounts.models import Agency
from safar.control.blanks.actions import boxes
from safar.control.blanks.choices import BlankKind
from safar.control.offices import actions as offices
from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice
from safar.control.passports import actions as passports
from safar.control.passports import queries
from safar.control.passports.actions import Asked, Money, Who, making
from safar.control.passports.actions.cancelling import cancel_passport
from safar.control.passports.actions.delivering import Handing, deliver
from safar.control.passports.actions.quality import check_quality
from safar.control.passports.chips import keys
from safar.control.passports.choices.applications import Ground
from safar.control.passports.choices.making import CancelGround, Receiver
from safar.control.passports.models import (
    Application,
    IdentityMatch,
    Passport,
    PersonalisationJob,
)
from safar.core.permissions import system
from safar.lib.partial_dates import PartialDate
from safar.simulation import users
from safar.simulation.clock import on_day
from safar.simulation.consulates import page, portrait
from safar.simulation.names import name, passport_names

SEED: Final = 7
DEMO: Final = system("demo")
OFFICE: Final = "BIS-P"
NAMES: Final = {
    "en": "Bishkek, passport office",
    "ru": "Бишкек, паспортный стол",
    "ky": "Бишкек, паспорт бөлүмү",
}
# Kind, first and last number; the last box stays under its seal.
BOXES: Final = (
    ("B-1041", BlankKind.BOOKLET, "PE9990001", "PE9990040"),
    ("C-0207", BlankKind.CARD, "ID9990001", "ID9990020"),
    ("T-0012", BlankKind.TRAVEL_PAPER, "TP9990001", "TP9990010"),
    ("B-1042", BlankKind.BOOKLET, "PE9990041", "PE9990080"),
)
# The kind that is applied for, and how far each came.
STORIES: Final = (
    ("passport", "delivered"), ("passport", "delivered"), ("card", "delivered"),
    ("passport", "cancelled"), ("passport", "made"), ("card", "made"), ("passport", "failed"),
    ("passport", "printed"), ("passport", "taken"), ("passport", "approved"),
    ("card", "approved"), ("refugee", "approved"), ("passport", "refused"), ("passport", "checked"),
    ("passport", "sent"), ("card", "sent"),
)  # fmt: skip
FAR: Final = ("sent", "checked", "approved", "taken", "printed", "made", "delivered", "cancelled")
ENDS_AFTER: Final = {"refused": "checked", "failed": "printed"}
SECOND_NAME: Final = Who(
    "ABDYLDAEVA", PartialDate(1994, 8, 22), "KGZ", "AIGUL", name_written="Абдылдаева Айгүл",
    former_names=("TOKTOGULOVA AIGUL",), birth_place="Osh", sex="F", phone="+996 555 100 221",
)  # fmt: skip
FIRST_NAME: Final = replace(
    SECOND_NAME, surname="TOKTOGULOVA", name_written="Токтогулова Айгүл", former_names=()
)
CHILD: Final = Who(
    "ASANOVA", PartialDate(2017, 5, 3), "KGZ", "AYANA", name_written="Асанова Аяна",
    birth_place="Bishkek", sex="F",
)  # fmt: skip
REFUGEE: Final = Who("RAHIMI", PartialDate(1988, 3, 1), "XXB", "FARID", sex="M")


@dataclass(frozen=True)
class Plan:
    kind: str
    end: str

    def reaches(self, state: str) -> bool:
        return FAR.index(state) <= FAR.index(ENDS_AFTER.get(self.end, self.end))


def add() -> str:
    """Open the office where it is not, and let two months pass."""
    if IssuingOffice.objects.filter(pk=OFFICE).exists():
        return "there already"
    today = timezone.localdate()
    with on_day(today - timedelta(days=60)):
        _open()
        keys.make_keys(timezone.localdate(), *map(users.actor, users.DOCUMENT_EXPERTS))
        _boxes()
    rng = random.Random(SEED)  # noqa: S311 - made-up people
    ends: Counter[str] = Counter()
    for number, (kind, end) in enumerate(STORIES):
        with on_day(today - timedelta(days=40 - 2 * number)):
            _live(rng, number, Plan(kind, end))
        ends[end] += 1
    with on_day(today - timedelta(days=3)):
        found = _checked(rng, 90, Plan("passport", "checked"), SECOND_NAME)
        _checked(rng, 91, Plan("passport", "checked"), CHILD)
    matches = IdentityMatch.objects.filter(application=found, outcome="").count()
    return f"{len(STORIES) + 2} applications, {ends['delivered']} given out, {matches} to judge"


def _open() -> None:
    passports.load_terms(DEMO, None)
    agency = Agency.objects.get(code=users.REGISTRATION)
    office = offices.open_office(
        DEMO, agency, code=OFFICE, names=NAMES, country="KGZ", work=(Work.PASSPORTS,)
    )
    for person in users.AT_PASSPORTS:
        offices.place_user(DEMO, office, user=users.user(person))


def _boxes() -> None:
    """Every box but the last is opened by two who read its seal."""
    keeper = users.actor(users.STOCK_KEEPER)
    operator, quality = users.actor(users.OPERATOR), users.actor(users.QUALITY)
    office = IssuingOffice.objects.get(pk=OFFICE)
    for number, kind, first, last in BOXES:
        seal = f"S-{number}"
        box = boxes.receive_box(
            keeper, None, number=number, kind=kind, first=first, last=last, seal=seal
        )
        box = boxes.send_box(keeper, box, office=office)
        box = boxes.acknowledge_box(operator, box, seal_seen=seal)
        if number != BOXES[-1][0]:
            opening = boxes.propose_opening(operator, box, seal_seen=seal)
            boxes.open_box(quality, opening, seal_seen=seal)


def _live(rng: random.Random, number: int, plan: Plan) -> None:
    """One application from the counter to where its story ends."""
    officer = users.actor(users.PASSPORT_OFFICER)
    found = _checked(rng, number, plan, _person(rng, number, plan.kind))
    if plan.end == "refused":
        passports.refuse(
            officer, found, grounds=[Ground.IDENTITY], reason="The birth certificate is another’s."
        )
    if plan.reaches("approved"):
        for match in IdentityMatch.objects.filter(application=found, outcome=""):
            passports.judge_identity(officer, match, outcome="another", reason="Another face")
        found = passports.approve(officer, _again(found), reason="All is in order")
    if plan.reaches("taken"):
        _made(plan, found)


def _made(plan: Plan, application: Application) -> None:
    operator, controller = users.actor(users.OPERATOR), users.actor(users.QUALITY)
    job = making.take_job(operator, application)
    if not plan.reaches("printed"):
        return
    job = making.report_printed(operator, job)
    if plan.end == "failed":
        making.fail_job(controller, job, reason="The lamination has a bubble over the photo")
        job = making.report_printed(operator, making.take_job(operator, _again(application)))
    if not (plan.reaches("made") or plan.end == "failed"):
        return
    document = _passed(job)
    if plan.reaches("delivered"):
        _given(plan, document)


def _passed(job: PersonalisationJob) -> Passport:
    controller = users.actor(users.QUALITY)
    document = Passport.objects.get(pk=job.passport_id)
    check_quality(controller, job, zone=document.zone, files=document.chip.files, looked=True)
    return Passport.objects.get(pk=document.pk)


def _given(plan: Plan, document: Passport) -> None:
    clerk = users.actor(users.PASSPORT_CLERK)
    shown = f"{document.surname} {document.given_names}".strip()
    handing = Handing(
        receiver=Receiver.HOLDER, receiver_name=shown, document_shown="Birth certificate",
        signed=True,
    )  # fmt: skip
    deliver(clerk, document, handing=handing)
    if plan.end == "cancelled":
        given = Passport.objects.get(pk=document.pk)
        cancel_passport(clerk, given, ground=CancelGround.LOST, reason="Lost on the bus to Karakol")


def _checked(rng: random.Random, number: int, plan: Plan, who: Who) -> Application:
    """Typed, with papers; and, where the story goes on, paid and checked."""
    clerk = users.actor(users.PASSPORT_CLERK)
    begun = passports.begin(clerk, IssuingOffice.objects.get(pk=OFFICE), kind=plan.kind, who=who)
    asked = Asked("first")
    if queries.is_child(begun):
        asked = replace(
            asked, representative_name="ASANOVA GULNARA", representative_document="ID 2201771"
        )
    begun = passports.write_answers(clerk, begun, answers=asked)
    if queries.is_child(begun):
        _parents(begun)
    _papers(rng, begun)
    found = passports.submit(clerk, _again(begun))
    if not plan.reaches("checked"):
        return found
    if found.fee_due:
        money = Money("paid", found.fee_due or Decimal(0), f"P-{number + 301}")
        passports.take_fee(clerk, found, money=money)
    passports.check_identity(clerk, _again(found))
    passports.ask_lists(clerk, _again(found))
    return passports.check(clerk, _again(found))


def _parents(application: Application) -> None:
    clerk = users.actor(users.PASSPORT_CLERK)
    for relation, parent in (("mother", "ASANOVA GULNARA"), ("father", "ASANOV TIMUR")):
        passports.add_consent(
            clerk, application, relation=relation, name=parent, document="ID 2201771",
            given_on=timezone.localdate(),
        )  # fmt: skip


def _papers(rng: random.Random, application: Application) -> None:
    clerk = users.actor(users.PASSPORT_CLERK)
    for kind in queries.wanted_papers(_again(application)):
        content = portrait(rng) if kind == "photo" else page(rng)
        passports.add_paper(
            clerk, _again(application), kind=kind, name=f"{kind}.jpg", content=content
        )


def _person(rng: random.Random, number: int, kind: str) -> Who:
    if number == 0:
        return FIRST_NAME
    if kind == "refugee":
        return REFUGEE
    sex = rng.choice("FM")
    told = name(rng, "KGZ", sex)
    surname, given = passport_names(rng, told, sex)
    born = PartialDate.of(date(1962, 1, 1) + timedelta(days=rng.randrange(15_000)))
    return Who(
        surname or given, born, "KGZ", given if surname else "", birth_place="Bishkek", sex=sex,
        phone=f"+996 555 20{number:04d}",
    )  # fmt: skip


def _again(found: Application) -> Application:
    return Application.objects.select_related("office").get(pk=found.pk)
