"""Writes: an owner's list is opened, and a version of it comes in force, whole or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.imports import listed
from safar.control.documents.imports.comparing import SHRINKS_FROM
from safar.control.documents.models import ListedSource
from safar.control.documents.wording.refusals import STALE, TornList
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken, Stale, Unavailable
from safar.core.node import uuid7
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Version:
    """What a list says of its version in force."""

    rows: int
    left_out: int
    file_name: str
    sha256: str


@dataclass(frozen=True)
class ListedFile:
    """A file of an owner's whole list: `blocks` as `files.listed` gives them."""

    name: str
    sha256: str
    blocks: Iterable[tuple[str, int]]
    left_out: Callable[[], int]  # known once the blocks were read


@action("documents.add_source", policies=(role_suffices,))
def add_source(actor: Actor, target: None, *, code: str, name: str) -> ListedSource:
    """Opened the list of an owner of lost and stolen documents, which is empty"""
    used = ListedSource.objects.order_by("-number").values_list("number", flat=True).first()
    try:
        with transaction.atomic():
            return ListedSource.objects.create(code=code, name=name, number=(used or 0) + 1)
    except IntegrityError:
        raise InvalidMove(_("There is a list with this code already."), field="code") from None


@action("documents.replace_listed", policies=(role_suffices,))
def replace_listed(
    actor: Actor,
    target: None,
    *,
    source: ListedSource,
    file: ListedFile,
    confirm_shrink: bool = False,
) -> ListedSource:
    """Replaced an owner's whole list of lost and stolen documents by its new version

    Whole or not at all: until this ends, the booths find what they found before. The list is
    locked at the end only: the copying may take minutes.

    Raises:
        RuleBroken: the file is wrong, or would lose more than a tenth and nobody said it may.
        Stale: another version came in force meanwhile.
    """
    part = listed.part_of(source.number, uuid7())
    rows = listed.stage(part, source.number, file.blocks)
    if not rows:
        raise TornList("nothing")
    if rows < source.rows * (1 - SHRINKS_FROM) and not confirm_shrink:
        text = _("The list would shrink from {old} to {new} documents. Confirm that this is meant.")
        raise RuleBroken(text.format(old=source.rows, new=rows), code="E-434")
    version = Version(rows, file.left_out(), file.name, file.sha256)
    return put_in_force(actor, source, part, version, based_on=source.version)


def put_in_force(
    actor: Actor,
    source: ListedSource,
    part: str,
    version: Version,
    *,
    based_on: int,
    tries: int = listed.TRIES,
) -> ListedSource:
    """Put a staged table in the place of the version it was compared with."""
    held = ListedSource.objects.select_for_update().get(pk=source.pk)
    if held.version != based_on:
        raise Stale(STALE)
    try:
        listed.hang_in(part, held.number, tries)
    except listed.Busy:
        raise Unavailable(
            _("The lists are being read by a backup or another long work. Try again in a minute.")
        ) from None
    held.version += 1
    held.rows, held.left_out = version.rows, version.left_out
    held.file_name, held.sha256 = version.file_name[:120], version.sha256
    held.loaded_at, held.loaded_by_name = timezone.now(), actor.name
    held.save()
    note(source=held.code, version=held.version, rows=held.rows, left_out=held.left_out)
    return held
