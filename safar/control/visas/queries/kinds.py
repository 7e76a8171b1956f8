"""Reads of kinds, of consulates, and of how many permits a year has left."""

from dataclasses import dataclass
from datetime import date

from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice
from safar.control.offices.queries import offices, offices_of
from safar.control.visas.models import (
    Application,
    PermitQuota,
    VisaKind,
)
from safar.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Quota:
    """The places of a year, and how many are given."""

    kind: VisaKind
    year: int
    places: int
    taken: int

    @property
    def left(self) -> int:
        return max(self.places - self.taken, 0)


def kinds(*, public: bool = False) -> list[VisaKind]:
    """The kinds in use, in their order; those of the public page alone where asked."""
    found = VisaKind.objects.filter(in_use=True)
    return list(found.filter(on_public_page=True) if public else found)


def consulates(*, public: bool = False) -> list[IssuingOffice]:
    """Where visas are applied for; those of the public page alone where asked."""
    return offices(Work.VISAS, public=public)


def consulates_of(actor: Actor) -> list[IssuingOffice]:
    """Where she works on visas; all of them where she is of headquarters."""
    return offices_of(actor, Work.VISAS)


def quota(kind: VisaKind, first: date) -> Quota:
    """The places of the year in which a permit would begin."""
    row = PermitQuota.objects.filter(kind=kind, year=first.year).first()
    return Quota(kind, first.year, row.places if row else 0, taken(kind, first.year))


def quotas(actor: Actor) -> list[Quota]:
    rows = PermitQuota.objects.visible_to(actor).select_related("kind")
    return [Quota(row.kind, row.year, row.places, taken(row.kind, row.year)) for row in rows]


def taken(kind: VisaKind, year: int) -> int:
    """How many permits of the kind begin in that year."""
    given = Application.objects.filter(kind=kind, status__in=("granted", "issued"))
    return given.filter(granted_from__year=year).count()
