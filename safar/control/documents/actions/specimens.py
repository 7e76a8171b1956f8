"""Writes: the library of specimens grows; what is no longer in use leaves the second line's sight."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import Light, Way
from safar.control.documents.files.pictures import made_anew
from safar.control.documents.models import Specimen, SpecimenFeature, SpecimenPage
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference

MOST_PAGES, MOST_FEATURES = 30, 60


@dataclass(frozen=True)
class NewSpecimen:
    """What is said of a specimen; `source`: who made it, such as the issuer's own letter."""

    issuer: str
    kind: str
    title: str
    source: str
    since: date | None = None
    note: str = ""


@action("documents.add_specimen", policies=(role_suffices,))
def add_specimen(actor: Actor, target: None, *, new: NewSpecimen) -> Specimen:
    """Added a specimen to the library"""
    if reference.country(new.issuer) is None:
        raise RuleBroken(_("This is the code of no issuing state."), field="issuer")
    return Specimen.objects.create(
        issuer=new.issuer,
        kind=new.kind,
        title=new.title,
        source=new.source,
        since=new.since,
        note=new.note,
        added_at=timezone.now(),
        added_by_id=actor.person_id,
    )


@action("documents.retire_specimen", policies=(role_suffices,))
def retire_specimen(actor: Actor, target: Specimen) -> Specimen:
    """Took a specimen out of use; its pages are kept"""
    if not target.in_use:
        raise InvalidMove(_("This specimen is out of use already."))
    target.in_use = False
    target.save()
    return target


@action("documents.add_specimen_page", policies=(role_suffices,))
def add_specimen_page(
    actor: Actor, target: Specimen, *, title: str, light: Light, file: bytes
) -> SpecimenPage:
    """Added a picture to a specimen; only its pixels are kept

    Raises:
        RuleBroken: the file is no picture within the limits, or the specimen is full.
        InvalidMove: this very picture is there already.
    """
    _refuse_out_of_use(target)
    picture = made_anew(file)
    if target.pages.count() >= MOST_PAGES:
        raise RuleBroken(_("A specimen has 30 pictures at the most."))
    if target.pages.filter(sha256=picture.sha256).exists():
        raise InvalidMove(_("This picture is there already."), field="picture")
    page = SpecimenPage.objects.create(
        specimen=target,
        title=title,
        light=light,
        content=picture.content,
        width=picture.width,
        height=picture.height,
        sha256=picture.sha256,
        added_at=timezone.now(),
        added_by_id=actor.person_id,
    )
    note(specimen=str(target.pk), bytes=len(picture.content))
    return page


@action("documents.remove_specimen_page", policies=(role_suffices,))
def remove_specimen_page(actor: Actor, target: SpecimenPage) -> None:
    """Removed a picture from a specimen"""
    note(specimen=str(target.specimen_id), sha256=target.sha256)
    target.delete()


@action("documents.add_specimen_feature", policies=(role_suffices,))
def add_specimen_feature(
    actor: Actor, target: Specimen, *, title: str, way: Way, where: str, expected: str
) -> SpecimenFeature:
    """Added a security feature to a specimen, and how to test it"""
    _refuse_out_of_use(target)
    if target.features.count() >= MOST_FEATURES:
        raise RuleBroken(_("A specimen has 60 features at the most."))
    return SpecimenFeature.objects.create(
        specimen=target, title=title, way=way, where=where, expected=expected
    )


@action("documents.remove_specimen_feature", policies=(role_suffices,))
def remove_specimen_feature(actor: Actor, target: SpecimenFeature) -> None:
    """Removed a security feature from a specimen"""
    note(specimen=str(target.specimen_id))
    target.delete()


def _refuse_out_of_use(specimen: Specimen) -> None:
    if not specimen.in_use:
        raise InvalidMove(_("This specimen is out of use already."))
