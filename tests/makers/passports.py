"""Makers of passport offices, their officers and applications, through the real actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from safar.accounts.models import User
from safar.control.offices import actions as offices
from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice, OfficePlacement
from safar.control.passports import actions, queries
from safar.control.passports.actions import Asked, Money, Who
from safar.control.passports.models import Application, IdentityMatch
from safar.core.permissions import Actor, system
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.makers import accounts
from tests.makers.visas import country, picture

SAFAR = system("test")
HOME, ABROAD = "OSH-P", "IST-P"
WHO = Who(
    "TOKTOGULOVA",
    PartialDate(1994, 8, 22),
    "KGZ",
    "AIGUL",
    name_written="Токтогулова Айгүл",
    birth_place="Osh",
    sex="F",
    personal_number="12208199400111",
)
FIRST = Asked("first")


def office(code: str = HOME) -> IssuingOffice:
    """A passport office inside the country; `ABROAD` is a consulate."""
    found = IssuingOffice.objects.filter(pk=code).first()
    if found:
        return found
    country("KGZ", "Kyrgyzstan")
    country("TUR", "Türkiye")
    actions.load_terms(SAFAR, None)
    return offices.open_office(
        SAFAR,
        accounts.agency("SRS", "Registration service"),
        code=code,
        names={"en": f"Office {code}"},
        country="TUR" if code == ABROAD else "KGZ",
        work=(Work.PASSPORTS,),
    )


def officer(name: str, role: str, at: str = HOME) -> User:
    """A user of a role who works at an office."""
    user = accounts.user(name, role, name=name)
    if not OfficePlacement.objects.filter(user=user, office_id=at).exists():
        offices.place_user(SAFAR, office(at), user=user)
    return user


def clerk(name: str = "Burul", at: str = HOME) -> Actor:
    return accounts.actor(officer(name, "passport_clerk", at))


def approver(name: str = "Sabyr", at: str = HOME) -> Actor:
    """An officer who judges and approves."""
    return accounts.actor(officer(name, "passport_officer", at))


def head(name: str = "Jyldyz") -> Actor:
    office()
    return accounts.actor(accounts.user(name, "passport_head", name=name))


def who(**changes: Any) -> Who:
    return replace(WHO, **changes)


REFUGEE = who(
    surname="RAHIMI",
    given_names="FARID",
    name_written="",
    nationality="XXB",
    personal_number="",
    sex="M",
    birth=PartialDate(1988, 3, 1),
    birth_place="",
)


def draft(
    by: Actor | None = None, *, kind: str = "passport", person: Who = WHO, asked: Asked = FIRST
) -> Application:
    """Typed by Burul, the clerk, with her answers and no paper."""
    actor = by or clerk()
    at = OfficePlacement.objects.get(user=actor.person_id).office
    begun = actions.begin(actor, at, kind=kind, who=person)
    if queries.is_child(begun):
        asked = replace(asked, representative_name="ASANOVA GULNARA", representative_document="ID")
    return actions.write_answers(actor, begun, answers=asked)


def papers(application: Application, by: Actor, *, seed: int | None = None) -> None:
    """Hand in what is wanted; another seed, another face."""
    there = queries.paper_kinds(application)
    face = seed if seed is not None else int(application.pk) % 1_000_000_007
    for number, one in enumerate(queries.wanted_papers(application)):
        if one not in there:
            content = picture(seed=face + number)
            actions.add_paper(by, application, kind=one, name=f"{one}.jpg", content=content)
            application = again(application)


def filled(by: Actor | None = None, *, seed: int | None = None, **given: Any) -> Application:
    """Every answer and paper is there; nothing is sent."""
    actor = by or clerk()
    application = draft(actor, **given)
    if queries.is_child(application) and not application.consents.exists():
        parents(application, actor)
    papers(again(application), actor, seed=seed)
    return again(application)


def parents(application: Application, by: Actor) -> None:
    for relation, name in (("mother", "ASANOVA GULNARA"), ("father", "ASANOV TIMUR")):
        actions.add_consent(
            by, application, relation=relation, name=name, document="ID 123", given_on=today()
        )


def sent(by: Actor | None = None, **given: Any) -> Application:
    return actions.submit(by or clerk(), filled(by, **given))


def paid(application: Application, by: Actor | None = None) -> Application:
    due = application.fee_due or Decimal(0)
    if due:
        money = Money("paid", due, f"R-{application.number}")
        actions.take_fee(by or clerk(), application, money=money)
    return again(application)


def looked(by: Actor | None = None, **given: Any) -> Application:
    """Sent and paid; the register and the lists are asked."""
    actor = by or clerk()
    application = paid(sent(by, **given), actor)
    actions.check_identity(actor, application)
    actions.ask_lists(actor, application)
    return again(application)


def judged(
    application: Application, outcome: str = "another", by: Actor | None = None
) -> Application:
    """Every candidate judged alike, by Sabyr."""
    for match in IdentityMatch.objects.filter(application=application, outcome=""):
        actions.judge_identity(by or approver(), match, outcome=outcome, reason="Photos compared")
    return again(application)


def checked(by: Actor | None = None, **given: Any) -> Application:
    """Typed and checked by Burul, the clerk."""
    actor = by or clerk()
    return actions.check(actor, looked(by, **given))


def approved(outcome: str = "another", *, by: Actor | None = None, **given: Any) -> Application:
    """Approved by Sabyr, the officer, after he judged whoever was found."""
    application = judged(checked(by, **given), outcome)
    return actions.approve(approver(), application, reason="All is in order")


def again(application: Application) -> Application:
    """As it stands in the database now."""
    return Application.objects.select_related("office").get(pk=application.pk)


def today() -> date:
    return timezone.localdate()


@contextmanager
def years_ago() -> Iterator[None]:
    """Write rows as time would have left them: no guard of the database looks meanwhile."""
    with writing("passports"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")
