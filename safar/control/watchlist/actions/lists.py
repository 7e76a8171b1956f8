"""Writes: which lists there are, and that what they screen has changed."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import SHIPPED_THRESHOLD, Instruction, ListKind, SourceFormat
from safar.control.watchlist.models import WatchList
from safar.core.action import action, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

TAKEN: Final = frozenset(
    {"hits", "imports", "entries", "reviews", "to-know", "looks", "changes", "thresholds"}
)  # first parts of addresses under /lists/


@dataclass(frozen=True, slots=True)
class NewList:
    """What a list is opened with."""

    code: str
    name: str
    owner_id: UUID
    contact: str
    kind: str = ListKind.OTHER
    source_format: str = SourceFormat.OWN
    default_instruction: str = Instruction.INQUIRY
    default_ground: str = ""
    threshold: float = SHIPPED_THRESHOLD


@action("watchlist.add_list", policies=(role_suffices,))
def add_list(actor: Actor, target: None, *, new: NewList) -> WatchList:
    """Opened a list, which is empty"""
    if new.code in TAKEN:
        raise RuleBroken(_("This code is taken by a page of the lists."), field="code")
    return WatchList.objects.create(
        code=new.code,
        name=new.name,
        owner_id=new.owner_id,
        contact=new.contact,
        kind=new.kind,
        source_format=new.source_format,
        default_instruction=new.default_instruction,
        default_ground=new.default_ground,
        threshold=new.threshold,
    )


def locked(key: UUID) -> WatchList:
    """Return the list under a row lock: its writers stand in a line."""
    return WatchList.objects.select_for_update().get(pk=key)


def publish(watch_list: WatchList) -> None:
    """Count the version up: from its commit on, every booth screens with what is in it now."""
    now = timezone.now()
    watch_list.published_version += 1
    watch_list.published_at = watch_list.checked_at = now
    watch_list.save()
