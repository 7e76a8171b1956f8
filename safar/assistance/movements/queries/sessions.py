"""Orientation sessions with their free places, and the sheet of one: who is in sight is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, IntegerField, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from safar.assistance.cases.models import CaseMember
from safar.assistance.movements.choices import Attended
from safar.assistance.movements.languages import LANGUAGES
from safar.assistance.movements.models import Attendance, OrientationSession
from safar.core.permissions import Actor
from safar.core.record import get_visible
from safar.reference import queries as reference


class PlacesTaken(Func):
    """How many places of a session are taken, by people in sight or not: a number alone."""

    function = "movements_places_taken"
    output_field = IntegerField()


@dataclass(frozen=True)
class Session:
    """A session as pages show it."""

    row: OrientationSession
    taken: int

    @property
    def free(self) -> int:
        return max(0, self.row.places - self.taken)

    @property
    def country(self) -> str:
        return reference.country_name(self.row.destination)

    @property
    def spoken(self) -> str:
        return str(dict(LANGUAGES).get(self.row.language, self.row.language))

    @property
    def days(self) -> str:
        return days_in_words(self.row.starts_on, self.row.ends_on)

    @property
    def over(self) -> bool:
        return self.row.ends_on < timezone.localdate()

    @property
    def may_be_marked(self) -> bool:
        """Whether it can be noted by now who came, or did not."""
        return not self.row.called_off_at and self.row.starts_on <= timezone.localdate()

    @property
    def open(self) -> bool:
        """Whether somebody may be invited still."""
        begun = self.row.starts_on < timezone.localdate()
        return not (begun or self.row.called_off_at) and self.free > 0


@dataclass(frozen=True)
class Sheet:
    """Who has a place: those in sight by name, of others how many."""

    session: Session
    places: tuple[Attendance, ...]

    @property
    def others(self) -> int:
        return max(0, self.session.taken - len(self.places))


def sessions(*, past: bool, today: date) -> "QuerySet[OrientationSession]":
    """Sessions to come, the soonest first; or those that are over, the last one first."""
    rows = OrientationSession.objects.select_related("office").annotate(taken=PlacesTaken(F("pk")))
    if past:
        return rows.filter(ends_on__lt=today).order_by("-starts_on", "pk")
    return rows.filter(ends_on__gte=today).order_by("starts_on", "pk")


def shown(rows: Iterable[Any]) -> list[Session]:
    """Sessions of the query above as pages show them."""
    return [Session(row, row.taken) for row in rows]


def open_to(destination: str, today: date) -> list[Session]:
    """Sessions to come for those who go to one state, full ones too."""
    rows = sessions(past=False, today=today).filter(destination=destination, called_off_at=None)
    return shown(rows.filter(starts_on__gte=today))


def session(actor: Actor, key: UUID) -> Session:
    """One session.

    Raises:
        NotFound: there is none.
    """
    row = get_visible(OrientationSession.objects.select_related("office"), actor, key)
    return Session(row, taken(row))


def sheet(actor: Actor, key: UUID) -> Sheet:
    """The sheet of a session, by name and case."""
    found = session(actor, key)
    rows = Attendance.objects.visible_to(actor).filter(session=key)
    rows = rows.select_related("case__office", "member__person")
    people = rows.prefetch_related("member__person__names").order_by("case__number", "member")
    return Sheet(found, tuple(people))


def taken(session: OrientationSession) -> int:
    """How many places are taken, by people in sight or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT movements_places_taken(%s)", [session.pk])
        return int(cursor.fetchone()[0])


def still_invited(members: Iterable[CaseMember]) -> "QuerySet[Attendance]":
    """Places of these people in sessions that are not over, called off or marked."""
    return Attendance.objects.filter(
        member__in=list(members),
        attended=Attended.INVITED,
        session__called_off_at=None,
        session__ends_on__gte=timezone.localdate(),
    )


def days_in_words(first: date, last: date) -> str:
    """From the first day to the last, as short as it can be said."""
    if first == last:
        return str(date_format(first, "j M Y"))
    same = (first.month, first.year) == (last.month, last.year)
    return f"{date_format(first, 'j' if same else 'j M')}–{date_format(last, 'j M Y')}"
