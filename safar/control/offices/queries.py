"""Reads of offices, and of who works where."""

from django.db.models import Q, QuerySet

from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice, OfficePlacement
from safar.core.permissions import Actor


def offices(work: Work | None = None, *, public: bool = False) -> list[IssuingOffice]:
    """The offices in use, by name; those of one work, or of the public page, where asked."""
    found = IssuingOffice.objects.filter(in_use=True)
    found = found.filter(work__contains=[work]) if work else found
    found = found.filter(on_public_page=True) if public else found
    return sorted(found, key=lambda row: row.name)


def offices_of(actor: Actor, work: Work | None = None) -> list[IssuingOffice]:
    """Where she works; all of them where she is of headquarters."""
    if actor.nationwide and actor.may("offices.read"):
        return offices(work)
    mine = set(held(actor).values_list("office_id", flat=True))
    return [one for one in offices(work) if one.pk in mine]


def held(actor: Actor) -> QuerySet[OfficePlacement]:
    """Her own placements that hold; nobody's without a user."""
    if actor.user_id is None:
        return OfficePlacement.objects.none()
    return OfficePlacement.objects.filter(user_id=actor.user_id, ended_at=None)


def at_own(actor: Actor, field: str = "office") -> Q:
    """The rows whose `field` is an office where she works."""
    return Q(**{f"{field}_id__in": held(actor).values("office_id")})


def works_at(actor: Actor, office: str | None) -> bool:
    """Whether she works at an office; headquarters works at every one, and alone at none (None)."""
    if actor.nationwide:
        return True
    return office is not None and held(actor).filter(office_id=office).exists()


def placements(actor: Actor) -> QuerySet[OfficePlacement]:
    """Who works where, as it stands."""
    rows = OfficePlacement.objects.visible_to(actor).filter(ended_at=None)
    return rows.select_related("user", "office")
