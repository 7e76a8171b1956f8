"""Reads: the library of specimens, by state and kind."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from safar.control.documents.models import Specimen, SpecimenFeature, SpecimenPage
from safar.control.documents.rules import same_kind
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet, get_visible


def specimens(actor: Actor, issuer: str = "", kind: str = "") -> list[Specimen]:
    """The specimens in use: of a state, and of a kind as a zone names it, where they are given."""
    rows = Specimen.objects.visible_to(actor).filter(in_use=True)
    found = rows.filter(issuer=issuer) if issuer else rows
    return [row for row in found if not kind or same_kind(kind, row.kind)]


def specimen(actor: Actor, key: UUID) -> Specimen:
    """Return a specimen with its pages, without their pixels, and its features; or NotFound."""
    light: Any = Prefetch("pages", SpecimenPage.objects.defer("content"))
    return get_visible(Specimen.objects.prefetch_related(light, "features"), actor, key)


def specimen_page(actor: Actor, key: UUID) -> SpecimenPage:
    """Return a picture, or raise NotFound."""
    return get_visible(SpecimenPage.objects.all(), actor, key)


def specimen_feature(actor: Actor, key: UUID) -> SpecimenFeature:
    """Return a feature, or raise NotFound."""
    return get_visible(SpecimenFeature.objects.all(), actor, key)


def specimen_issuers(actor: Actor) -> RecordQuerySet[Specimen]:
    """The specimens in use, for a choice of states."""
    return Specimen.objects.visible_to(actor).filter(in_use=True)
