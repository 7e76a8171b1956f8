"""Makers of consulates, their officers and applications, through the real actions."""

import io
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from PIL import Image

from safar.accounts.models import User
from safar.control.offices import actions as offices
from safar.control.offices.models import IssuingOffice, OfficePlacement
from safar.control.visas import actions
from safar.control.visas.actions import Journey, Money, Passport, Terms, Who
from safar.control.visas.applicant import applicant
from safar.control.visas.models import (
    Application,
    VisaKind,
)
from safar.core.permissions import Actor, system
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from safar.reference.models import Country
from tests.makers import accounts

SAFAR = system("test")
CODE = "2222-3333-4444"


def country(code: str, name: str, kind: str = "state") -> Country:
    with writing("reference"):
        return Country.objects.get_or_create(
            code=code, defaults={"names": {"en": name}, "kind": kind}
        )[0]


def kinds() -> None:
    """The kinds that are shipped, and two states."""
    country("UTO", "Utopia")
    country("TUR", "Türkiye")
    actions.load_kinds(SAFAR, None)


def kind(code: str, **changes: Any) -> VisaKind:
    if not VisaKind.objects.filter(pk=code).exists():
        kinds()
    with writing("visas"):
        VisaKind.objects.filter(pk=code).update(**changes)
    return VisaKind.objects.get(pk=code)


def consulate(code: str = "IST", name: str = "Istanbul") -> IssuingOffice:
    found = IssuingOffice.objects.filter(pk=code).first()
    if found:
        return found
    kinds()
    return offices.open_office(
        SAFAR, accounts.agency("MFA", "Ministry"), code=code, names={"en": name}, country="TUR"
    )


def placed(user: User, at: str = "IST") -> User:
    if not OfficePlacement.objects.filter(user=user, office_id=at).exists():
        offices.place_user(SAFAR, consulate(at), user=user)
    return user


def officer(name: str, role: str, at: str = "IST") -> User:
    """A user of a role who works at a consulate."""
    return placed(accounts.user(name, role, name=name), at)


def clerk(name: str = "Kanat", at: str = "IST") -> Actor:
    return accounts.actor(officer(name, "visa_clerk", at))


def consul(name: str = "Meerim", at: str = "IST") -> Actor:
    return accounts.actor(officer(name, "consul", at))


def headquarters(name: str = "Nurlan") -> Actor:
    return accounts.actor(accounts.user(name, "visa_officer", name=name))


def day(ahead: int) -> date:
    return timezone.localdate() + timedelta(days=ahead)


WHO = Who("PETROVA", PartialDate(1994, 8, 22), "UTO", "IRINA", sex="F", phone="+1 555 0100")


def passport(**changes: Any) -> Passport:
    given = Passport("P", "UTO", "U44109826", day(-900), day(1500))
    return replace(given, **changes)


def journey(**changes: Any) -> Journey:
    given = Journey("T", "IST", "To see the lake", "1", day(30), day(49))
    return replace(given, **changes)


def picture(width: int = 700, height: int = 900, form: str = "JPEG", seed: int = 1) -> bytes:
    """A picture with something on it; another seed, another picture."""
    grain = random.Random(seed)
    small = Image.new("RGB", (7, 9))
    small.putdata([tuple(grain.randrange(256) for _ in range(3)) for _ in range(63)])
    out = io.BytesIO()
    small.resize((width, height)).save(out, form)
    return out.getvalue()


def draft(by: Actor | None = None, *, who: Who = WHO, code: str = CODE) -> Application:
    """Begun on the public page, or by an officer at Istanbul."""
    at = consulate("IST")
    if by is None:
        return actions.begin(applicant(), None, who=who, code=code)
    return actions.begin(by, at, who=who, channel="consulate")


def papers(application: Application, by: Actor, *kinds_of: str) -> None:
    for number, one in enumerate(kinds_of):
        actions.add_paper(
            by, application, kind=one, name=f"{one}.jpg", content=picture(seed=number)
        )


def filled(by: Actor | None = None, **changes: Any) -> Application:
    """Every answer and paper is there; nothing is sent."""
    who = changes.pop("who", WHO)
    document = changes.pop("document", {})
    application = draft(by, who=who)
    actor = by or applicant()
    actions.write_answers(actor, application, answers=passport(**document))
    actions.write_answers(actor, again(application), answers=journey(**changes))
    wanted = ["photo", "passport", *VisaKind.objects.get(pk=changes.get("kind_id", "T")).papers]
    papers(again(application), actor, *wanted)
    return again(application)


def sent(by: Actor | None = None, **changes: Any) -> Application:
    return actions.submit(by or applicant(), filled(by, **changes))


def paid(application: Application, receipt: str = "") -> Application:
    due = application.fee_due or Decimal(0)
    if due:
        money = Money("paid", due, receipt or f"R-{application.number}")
        actions.take_fee(clerk(), application, money=money)
    return again(application)


def prepared(by: Actor | None = None, **changes: Any) -> Application:
    """Sent, paid, screened and prepared by Kanat, the clerk."""
    application = paid(sent(by, **changes))
    actions.screen(clerk(), application)
    return actions.prepare(clerk(), again(application))


def terms(**changes: Any) -> Terms:
    return replace(Terms("1", 20, day(30), day(60)), **changes)


def granted(**changes: Any) -> Application:
    """Granted by Meerim, the consul."""
    return actions.grant(consul(), prepared(**changes), terms=terms())


def again(application: Application) -> Application:
    """As it stands in the database now."""
    return Application.objects.select_related("kind", "consulate").get(pk=application.pk)
