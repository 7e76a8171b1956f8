"""Two consulates at work in the demonstration: applications in every state, visas issued and ended."""

import io
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from PIL import Image, ImageDraw

from safar.accounts.models import Agency
from safar.control.offices import actions as offices
from safar.control.offices.models import IssuingOffice
from safar.control.visas import actions as visas
from safar.control.visas.actions import Journey, Money, Passport, Terms, Who, issuing
from safar.control.visas.actions import manual as rules
from safar.control.visas.actions.manual import NewRule
from safar.control.visas.applicant import applicant
from safar.control.visas.choices.applications import Ground
from safar.control.visas.choices.issued import EndingGround, VisaForm
from safar.control.visas.models import (
    Application,
    EntryRule,
    VisaKind,
)
from safar.core.permissions import system
from safar.lib.partial_dates import PartialDate
from safar.simulation import blank_stock, users
from safar.simulation.clock import on_day
from safar.simulation.names import name, passport_names

SEED: Final = 4
DEMO: Final = system("demo")
PLACES: Final = {
    "DEL": ({"en": "Delhi", "ru": "Дели", "ky": "Дели"}, "IND"),
    "IST": ({"en": "Istanbul", "ru": "Стамбул", "ky": "Стамбул"}, "TUR"),
}
DIALLED: Final = {"DEL": "+91 11", "IST": "+90 212"}
CODE: Final = "7777-5555-3333"
# How far each application came; those at the consulate of the people of the tour come first.
STORIES: Final = (
    ("DEL", "T", "sent"), ("DEL", "T", "sent"), ("DEL", "B", "paid"), ("DEL", "T", "more"),
    ("DEL", "T", "prepared"), ("DEL", "F", "prepared"), ("DEL", "T", "granted"),
    ("DEL", "T", "issued"), ("DEL", "B", "issued"), ("DEL", "T", "e_visa"), ("DEL", "T", "e_visa"),
    ("DEL", "T", "revoked"), ("DEL", "T", "refused"), ("IST", "T", "issued"), ("IST", "T", "sent"),
    ("IST", "B", "prepared"), ("IST", "T", "withdrawn"), ("IST", "T", "issued"),
)  # fmt: skip
AT_THE_BORDER: Final = ("issued", "e_visa")  # these come today
FAR: Final = ("sent", "paid", "prepared", "granted", "issued", "revoked")  # each after the last
ENDS_AFTER: Final = {
    "more": "sent",
    "refused": "prepared",
    "withdrawn": "sent",
    "e_visa": "granted",
}


@dataclass(frozen=True)
class Plan:
    """One application: where, of which kind, how far it comes, and for which days."""

    consulate: str
    kind: str
    end: str
    arrives: date

    def reaches(self, state: str) -> bool:
        last = ENDS_AFTER.get(self.end, self.end)
        return FAR.index(state) <= FAR.index(last)


def add() -> str:
    """Open the consulates where there are none, and let a few weeks pass."""
    if IssuingOffice.objects.exists():
        blank_stock.ready()
        return "there already"
    today = timezone.localdate()
    with on_day(today - timedelta(days=60)):
        _open()
        _manual()
        blank_stock.ready()
    rng = random.Random(SEED)  # noqa: S311 - made-up people
    ends: Counter[str] = Counter()
    for number, (at, kind, end) in enumerate(STORIES):
        ahead = timedelta(days=rng.randint(2, 40) if end != "revoked" else 1)
        arrives = today if end in AT_THE_BORDER else today + ahead
        with on_day(today - timedelta(days=rng.randint(2, 12))):
            _live(rng, number, Plan(at, kind, end, arrives))
        ends[end] += 1
    issued = ends["issued"] + ends["e_visa"] + ends["revoked"]
    return f"{len(STORIES)} applications, {issued} visas"


def _open() -> None:
    visas.load_kinds(DEMO, None)
    agency = Agency.objects.get(code=users.FOREIGN_AFFAIRS)
    for code, (names, country) in PLACES.items():
        made = offices.open_office(DEMO, agency, code=code, names=names, country=country)
        for person in users.AT_CONSULATES:
            offices.place_user(DEMO, made, user=users.user(person))


def _manual() -> None:
    """A line of the country's own, proposed by one keeper and agreed to by the other."""
    first, second = map(users.actor, users.MANUAL_KEEPERS)
    if EntryRule.objects.exists():
        return
    line = NewRule(
        code="E-VISA-AIR",
        way="e_visa",
        act="Resolution of the Cabinet on electronic visas (made up for the demonstration)",
        in_force_from=date(2026, 1, 1),
        reason="Electronic visas at the two airports",
        citizenships=("IND", "PAK", "BGD", "NPL", "LKA"),
        posts=("KG-MAN", "KG-OSS"),
        papers=("return_ticket", "lodging"),
        days=30,
    )
    rules.approve_rule(second, rules.propose_rule(first, None, new=line))
    waiting = NewRule(
        code="LKA-FREE-2027",
        way="free",
        act="Agreement on visits of tourists (made up for the demonstration)",
        in_force_from=date(2027, 1, 1),
        reason="The agreement comes into force with the new year",
        citizenships=("LKA",),
        days=14,
    )
    rules.propose_rule(first, None, new=waiting)


def _live(rng: random.Random, number: int, plan: Plan) -> None:
    """One application from the public page to where its story ends."""
    clerk, consul = users.actor(users.VISA_CLERK), users.actor(users.CONSUL)
    found = _sent(rng, number, plan)
    if plan.end == "more":
        visas.ask_more(clerk, found, what="The ticket is of another person. Send yours.")
    if plan.end == "withdrawn":
        visas.withdraw(clerk, found, reason="The journey is called off")
    if plan.reaches("paid") and found.fee_due:
        visas.take_fee(clerk, found, money=Money("paid", found.fee_due, f"R-{number + 101}"))
    if plan.reaches("prepared"):
        visas.screen(clerk, _again(found))
        found = visas.prepare(clerk, _again(found))
    if plan.end == "refused":
        visas.refuse(consul, found, grounds=[Ground.PURPOSE], reason="No lodging could be found.")
    if plan.reaches("granted"):
        terms = Terms("1", 20, plan.arrives - timedelta(days=1), plan.arrives + timedelta(days=29))
        found = visas.grant(consul, _again(found), terms=terms)
    _issued(plan, found)


def _issued(plan: Plan, found: Application) -> None:
    clerk, consul = users.actor(users.VISA_CLERK), users.actor(users.CONSUL)
    if plan.end == "e_visa":
        issuing.issue_visa(clerk, found, form=VisaForm.E_VISA)
    if plan.reaches("issued"):
        visa = issuing.issue_visa(clerk, found)
        if plan.end == "revoked":
            ground = EndingGround.NO_LONGER_MET
            issuing.revoke_visa(consul, visa, ground=ground, reason="The invitation was withdrawn")


def _sent(rng: random.Random, number: int, plan: Plan) -> Application:
    nation = {"DEL": "IND", "IST": "PAK"}[plan.consulate]
    sex = rng.choice("FM")
    surname, given = passport_names(rng, name(rng, nation, sex), sex)
    surname, given = (surname, given) if surname else (given, "")
    born = PartialDate.of(date(1960, 1, 1) + timedelta(days=rng.randrange(15_000)))
    mail = f"{(given or surname).split()[0].lower()}.{number:02d}@example.invalid"  # RFC 2606
    phone = f"{DIALLED[plan.consulate]} 555 {number:04d}"
    who = Who(surname, born, nation, given, sex=sex, email=mail, phone=phone)
    begun = visas.begin(applicant(), None, who=who, code=CODE)
    issued_on = timezone.localdate() - timedelta(days=rng.randint(90, 2000))
    passport = Passport("P", nation, f"Z{rng.randrange(10**6, 10**7)}", issued_on,
                        issued_on + timedelta(days=3652))  # fmt: skip
    visas.write_answers(applicant(), begun, answers=passport)
    visas.write_answers(applicant(), _again(begun), answers=_journey(plan))
    papers = ("photo", "passport", *VisaKind.objects.get(pk=plan.kind).papers)
    for paper in papers:
        content = portrait(rng) if paper == "photo" else page(rng)
        visas.add_paper(
            applicant(), _again(begun), kind=paper, name=f"{paper}.jpg", content=content
        )
    return visas.submit(applicant(), _again(begun))


def _journey(plan: Plan) -> Journey:
    inviter = "Ala-Too Travel, Bishkek" if plan.kind != "T" else ""
    return Journey(
        plan.kind, plan.consulate, "To see the lake and the mountains", "1", plan.arrives,
        plan.arrives + timedelta(days=12), inviter=inviter, address="Hotel Issyk-Kul, Cholpon-Ata",
    )  # fmt: skip


def _again(found: Application) -> Application:
    return Application.objects.select_related("kind", "consulate").get(pk=found.pk)


def portrait(rng: random.Random) -> bytes:
    """A drawn face of nobody, in the proportions of a photograph for a visa."""
    picture = Image.new("RGB", (420, 540), (214, 220, 226))
    pen = ImageDraw.Draw(picture)
    coat, hair = (tuple(rng.randint(25, 110) for _ in range(3)) for _ in range(2))
    skin = (rng.randint(150, 225), rng.randint(115, 170), rng.randint(90, 140))
    pen.ellipse((40, 400, 380, 760), fill=coat)
    pen.ellipse((125, 80, 295, 260), fill=hair)
    pen.ellipse((135, 110, 285, 330), fill=skin)
    pen.rectangle((180, 310, 240, 420), fill=skin)
    for eye in (180, 240):
        pen.ellipse((eye - 9, 200, eye + 9, 212), fill=(40, 35, 30))
    pen.arc((180, 245, 240, 285), 15, 165, fill=(120, 60, 60), width=4)
    return _jpeg(picture)


def page(rng: random.Random) -> bytes:
    """A paper with lines of writing that say nothing."""
    picture = Image.new("RGB", (620, 877), (250, 249, 244))
    pen = ImageDraw.Draw(picture)
    for line in range(90, 780, 26):
        pen.line((60, line, 60 + rng.randint(120, 480), line), fill=(70, 70, 80), width=5)
    return _jpeg(picture)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
