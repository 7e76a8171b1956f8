"""Makers of passports: keys, blanks, and documents that are taken, printed, passed, delivered."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from safar.control.blanks.actions import stock
from safar.control.blanks.choices import BlankKind
from safar.control.blanks.models import Blank
from safar.control.passports.actions import cancelling, delivering, making, quality
from safar.control.passports.actions.delivering import Handing
from safar.control.passports.chips import keys, signing
from safar.control.passports.choices.making import CancelGround, Receiver
from safar.control.passports.models import (
    Application,
    Cancellation,
    Passport,
    PersonalisationJob,
    QualityCheck,
)
from safar.core.permissions import Actor, system
from tests.makers import accounts
from tests.makers import passports as make

HEADQUARTERS = system("headquarters")
STOCK = {
    BlankKind.BOOKLET: ("PE0000001", "PE0000030"),
    BlankKind.CARD: ("ID0000001", "ID0000030"),
    BlankKind.TRAVEL_PAPER: ("TP0000001", "TP0000030"),
}
HANDING = Handing(
    receiver=Receiver.HOLDER,
    receiver_name="TOKTOGULOVA AIGUL",
    document_shown="birth certificate KR-X 1234567",
    signed=True,
)


def experts() -> tuple[Actor, Actor]:
    """Two who trust state certificates."""
    return (
        accounts.actor(accounts.user("expert-one", "document_expert", name="Expert One")),
        accounts.actor(accounts.user("expert-two", "document_expert", name="Expert Two")),
    )


def fresh_keys(today: date | None = None) -> Path:
    """A document signer of its own for a test, in the test's folder."""
    forget_keys()
    return keys.make_keys(today or timezone.localdate(), *experts())


def forget_keys() -> None:
    shutil.rmtree(settings.SAFAR_PASSPORT_FOLDER, ignore_errors=True)
    signing.forget()


def folder() -> Path:
    return Path(settings.SAFAR_PASSPORT_FOLDER)


def operator(name: str = "Ulan", at: str = make.HOME) -> Actor:
    return accounts.actor(make.officer(name, "passport_operator", at))


def controller(name: str = "Nazgul", at: str = make.HOME) -> Actor:
    return accounts.actor(make.officer(name, "passport_quality", at))


def stocked(at: str = make.HOME) -> None:
    """Loose blanks of every kind in hand at an office, unless they were received before."""
    office = make.office(at)
    for kind, (first, last) in STOCK.items():
        if not Blank.objects.filter(number=first).exists():
            stock.receive_blanks(HEADQUARTERS, None, first=first, last=last, kind=kind)
            stock.hand_blanks(HEADQUARTERS, office, first=first, last=last)
            stock.acknowledge_blanks(HEADQUARTERS, office, first=first, last=last)


def taken(by: Actor | None = None, **given: Any) -> PersonalisationJob:
    """Approved, and taken by Ulan, the operator."""
    stocked()
    return making.take_job(by or operator(), make.approved(**given))


def printed(by: Actor | None = None, **given: Any) -> PersonalisationJob:
    who = by or operator()
    return making.report_printed(who, taken(who, **given))


def read_back(
    job: PersonalisationJob,
    by: Actor | None = None,
    *,
    zone: str | None = None,
    files: Mapping[str, bytes] | None = None,
) -> QualityCheck:
    """What Nazgul of the quality control reads: everything right, unless told otherwise."""
    document = again(job.passport)
    return quality.check_quality(
        by or controller(),
        job,
        zone=document.zone if zone is None else zone,
        files=document.chip.files if files is None else files,
        looked=True,
    )


def made(**given: Any) -> Passport:
    """Passed by Nazgul."""
    job = printed(**given)
    assert read_back(job).passed
    return again(job.passport)


def delivered(handing: Handing = HANDING, **given: Any) -> Passport:
    document = made(**given)
    delivering.deliver(make.clerk(), document, handing=handing)
    return again(document)


def cancelled(
    ground: CancelGround = CancelGround.LOST, by: Actor | None = None, **given: Any
) -> Cancellation:
    document = delivered(**given)
    return cancelling.cancel_passport(
        by or make.clerk(), document, ground=ground, reason="Lost on a bus"
    )


def again(document: Passport) -> Passport:
    """As it stands in the database now."""
    return Passport.objects.select_related("application", "office").get(pk=document.pk)


def application_of(document: Passport) -> Application:
    return make.again(document.application)
