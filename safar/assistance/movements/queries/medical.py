"""The medical file of a movement: what doctors found, opened for whoever stands behind its wall."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from safar.assistance.cases import keys
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.models import Examination, Leg, MovementFile, Passenger
from safar.assistance.movements.queries.files import file_of
from safar.assistance.movements.queries.health import Fit, fit, fitness_of
from safar.assistance.movements.queries.medical_file import (
    BEFORE_THE_FLIGHT,
    first_leg,
    works_in_medical_file,
)
from safar.assistance.movements.rules.health import window
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.record import get_visible


@dataclass(frozen=True)
class Opened:
    """An examination and what was found."""

    row: Examination
    text: str


@dataclass(frozen=True)
class Patient:
    """A member in her medical file."""

    fit: Fit
    examinations: tuple[Opened, ...]
    flies: bool  # a seat is booked for her, in a flight that has not left


@dataclass(frozen=True)
class Flight:
    """The flight before which somebody is looked at, and from when to when that counts."""

    leg: Leg

    @property
    def begins(self) -> datetime:
        return timezone.localtime(window(self.leg.departs_at)[0])

    @property
    def ends(self) -> datetime:
        return timezone.localtime(window(self.leg.departs_at)[1])


def medical_file(actor: Actor, key: UUID) -> MovementFile:
    """A movement whose medical file she may open.

    Raises:
        NotFound: it is out of her sight, or she does not stand behind the medical wall.
    """
    file = file_of(actor, key)
    _require_wall(actor, file.case)
    return file


def member(actor: Actor, key: UUID) -> CaseMember:
    """A member of a movement whose medical file she may open.

    Raises:
        NotFound: as above.
    """
    found = CaseMember.objects.select_related("case", "person").prefetch_related("person__names")
    one = get_visible(found.filter(case__programme="movements", left_on=None), actor, key)
    _require_wall(actor, one.case)
    return one


def patients(actor: Actor, case: Case) -> list[Patient]:
    """Everybody of the case with what was found, the last examination first: five statements."""
    opened: dict[UUID, list[Opened]] = {}
    for one in _opened(actor, case):
        opened.setdefault(one.row.member_id, []).append(one)
    seats = Passenger.objects.filter(case=case, journey__status__in=BEFORE_THE_FLIGHT)
    flying = set(seats.values_list("member", flat=True))
    return [
        Patient(one, tuple(opened.get(one.member.pk, ())), one.member.pk in flying)
        for one in fitness_of(actor, case)
    ]


def said_of(actor: Actor, of: CaseMember) -> Fit:
    """What is said of one member's fitness."""
    return fit(of, of.case.travel_health.visible_to(actor).filter(member=of).first())


def flight_of(of: CaseMember) -> Flight | None:
    """The flight in which she has a seat, if she has one."""
    leg = first_leg(of)
    return Flight(leg) if leg else None


def _opened(actor: Actor, case: Case) -> list[Opened]:
    cipher = keys.existing(case)
    rows = Examination.objects.visible_to(actor).filter(case=case).select_related("kept_by")
    if cipher is None:
        return []
    found = rows.order_by("-examined_on", "-kept_at")
    return [Opened(row, cipher.open(row, row.finding).decode()) for row in found]


def _require_wall(actor: Actor, case: Case) -> None:
    if not works_in_medical_file(actor, case):
        raise NotFound(_("There is nothing here, or it is not yours to see."))
