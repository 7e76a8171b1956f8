"""Reads of kinds, consulates, who works where, and how many permits a year has left."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from safar.control.visas.models import (
    Application,
    Consulate,
    ConsulatePlacement,
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


def consulates(*, public: bool = False) -> list[Consulate]:
    found = Consulate.objects.filter(in_use=True)
    found = found.filter(on_public_page=True) if public else found
    return sorted(found, key=lambda row: row.name)


def consulates_of(actor: Actor) -> list[Consulate]:
    """Where she works; all of them where she is of headquarters."""
    if actor.nationwide and actor.may("visas.read"):
        return consulates()
    mine = ConsulatePlacement.objects.filter(user=actor.user_id, ended_at=None)
    found = Consulate.objects.filter(in_use=True, pk__in=mine.values("consulate_id"))
    return sorted(found, key=lambda row: row.name)


def placements(actor: Actor) -> QuerySet[ConsulatePlacement]:
    """Who works where, as it stands."""
    rows = ConsulatePlacement.objects.visible_to(actor).filter(ended_at=None)
    return rows.select_related("user", "consulate")


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
