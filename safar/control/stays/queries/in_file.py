"""What of a traveller's stays stands in her file: extensions, registrations, overstays, rebuttals."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from safar.control.stays.models import ExtensionApplication, Overstay, Rebuttal, Registration
from safar.core.permissions import Actor

MOST = 20  # of each, the latest first


@dataclass(frozen=True)
class StaysOf:
    """`addresses`: whether she may read where somebody lives, and not the region alone.

    `may_open`: whether the explanation of an overstay opens for her.
    """

    extensions: Sequence[ExtensionApplication]
    registrations: Sequence[Registration]
    overstays: Sequence[Overstay]
    addresses: bool
    may_open: bool

    @property
    def is_empty(self) -> bool:
        return not (self.extensions or self.registrations or self.overstays)


def stays_of(actor: Actor, keys: frozenset[UUID]) -> StaysOf | None:
    """Return what the actor may see; None for who may see nothing of it.

    The caller has put the opening of the file on record.
    """
    if not (actor.may("travellers.open") or actor.may("stays.read")):
        return None
    mine = {"traveller__in": keys}
    extensions = ExtensionApplication.objects.filter(ExtensionApplication.in_file(actor), **mine)
    registrations = Registration.objects.filter(Registration.in_file(actor), **mine)
    overstays = Overstay.objects.filter(Overstay.in_file(actor), **mine).order_by("-since", "pk")
    said = Prefetch("rebuttals", Rebuttal.objects.order_by("-recorded_at"))
    return StaysOf(
        list(extensions.select_related("post")[:MOST]),
        list(registrations.select_related("post", "mistake")[:MOST]),
        list(overstays.select_related("post").prefetch_related(said)[:MOST]),
        addresses=actor.may("stays.read"),
        may_open=actor.may("stays.open"),
    )
