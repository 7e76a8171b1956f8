"""Makers of stays: who entered with a last day, who works on stays, through the real actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from safar.accounts.models import User
from safar.control.border.models import Crossing
from safar.control.stays.actions import extending, finding, rebutting, ruling
from safar.control.stays.actions.extending import Asked
from safar.control.stays.actions.rebutting import Said
from safar.control.stays.models import ExtensionApplication, Overstay, Rebuttal, RegistrationRule
from safar.control.stays.rules import Term
from safar.control.travellers.read_document import ReadDocument
from safar.core.permissions import system
from safar.core.record import writing
from tests import cast
from tests.makers import border
from tests.makers.accounts import actor, user

SAFAR = system("test")


def zarina() -> User:
    """A stay officer: records and prepares."""
    return user("6101", "stay_officer", name="Zhumabaeva Zarina")


def timur() -> User:
    """Another stay officer."""
    return user("6102", "stay_officer", name="Toktogulov Timur")


def nurgul() -> User:
    """The head of stay: decides."""
    return user("6103", "stay_head", name="Nurgazieva Nurgul")


def day(ago: int) -> date:
    """A day so many days ago, as the posts count it."""
    return timezone.localdate() - timedelta(days=ago)


def entered(
    ago: int, days: int | None = 30, *, shown: ReadDocument | None = None, code: str = border.MANAS
) -> Crossing:
    """Somebody entered so many days ago and may stay for so many days, the first included.

    The day is set by hand, as an officer may: whatever the visa manual would say.
    """
    border.post(code)
    officer = cast.aida() if code == border.MANAS else cast.daniyar()
    when = border.days_ago(ago)
    until = None if days is None else day(ago) + timedelta(days=days - 1)
    crossing = border.crossed(officer, shown or document(), when=when, code=code)
    return set_until(crossing, until)


def set_until(crossing: Crossing, until: date | None) -> Crossing:
    """An entry with another last day: a new row in the place of the first, before anybody saw it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE border_crossing DISABLE TRIGGER USER")
        try:
            cursor.execute(
                "UPDATE border_crossing SET permitted_until = %s WHERE id = %s",
                [until, crossing.pk],
            )
        finally:
            cursor.execute("ALTER TABLE border_crossing ENABLE TRIGGER USER")
    crossing.permitted_until = until
    return crossing


def document(**fields: Any) -> ReadDocument:
    """A passport of a state without a limit of its own: what counts is the day on the entry."""
    return border.document(**{"issuer": "IND", **fields})


def left(shown: ReadDocument, ago: int = 0) -> Crossing:
    return border.crossed(cast.aida(), shown, "exit", when=border.days_ago(ago))


def found(on: date | None = None) -> tuple[int, int]:
    """The night's work: how many were added to the list, and how many closed."""
    return finding.find_overstays(SAFAR, None, day=on)


def overstay(crossing: Crossing) -> Overstay:
    """What the night found of an entry."""
    found()
    return Overstay.objects.get(crossing_id=crossing.pk)


def asked(
    entry: Crossing, until: date, *, by: User | None = None, **changes: Any
) -> ExtensionApplication:
    given = {
        "ground": "illness",
        "note": "a letter of the hospital",
        "fee_receipt": f"R-{entry.pk.hex[-6:]}-{until:%d%m}",
        **changes,
    }
    return extending.ask_extension(actor(by or zarina()), entry, asked=Asked(until=until, **given))


def extended(entry: Crossing, until: date) -> ExtensionApplication:
    """Asked for by one, granted by another."""
    return extending.grant_extension(actor(nurgul()), asked(entry, until), until=until)


def rule(term: Term, from_day: date) -> RegistrationRule:
    """A rule of registration, proposed by an officer and agreed to by the head."""
    proposed = ruling.propose_registration_rule(actor(zarina()), None, term=term, from_day=from_day)
    return ruling.approve_registration_rule(actor(nurgul()), proposed)


def standing_rule() -> RegistrationRule:
    """A rule that has held for years: five working days."""
    with border.clock(border.days_ago(3000)):
        return rule(Term(5, working=True, act="Order 1"), day(0))


@contextmanager
def unguarded(table: str) -> Iterator[None]:
    """Rows of long ago are written by hand: the database would let nobody change them."""
    with writing("stays"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the table has pending events
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def said(row: Overstay, ground: str = "other_document", *, until: date | None = None) -> Rebuttal:
    return rebutting.record_rebuttal(
        actor(zarina()),
        row,
        said=Said(ground, "I left by the other road", "a stamp of the neighbour", until),
    )


def accepted(rebuttal: Rebuttal, **more: Any) -> Rebuttal:
    return rebutting.accept_rebuttal(
        actor(nurgul()), rebuttal, reason="the stamp is genuine", **more
    )
