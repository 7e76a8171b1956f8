"""What waits for a decision, what was decided last, who registered where, by which rule."""

from datetime import date
from uuid import UUID

from django.db.models import F

from safar.control.stays.models import (
    ExtensionApplication,
    Overstay,
    Rebuttal,
    Registration,
    RegistrationRule,
)
from safar.control.stays.rules import Term
from safar.core import audit
from safar.core.permissions import Actor
from safar.core.record import get_visible

DECIDED_SHOWN = 20
REGISTRATIONS_SHOWN = 100
OF_ENTRY = ("document", "post")


def extensions_waiting(actor: Actor) -> list[ExtensionApplication]:
    rows = ExtensionApplication.objects.visible_to(actor).filter(status="asked")
    return list(rows.select_related(*OF_ENTRY).order_by("prepared_at"))


def extensions_decided(actor: Actor) -> list[ExtensionApplication]:
    rows = ExtensionApplication.objects.visible_to(actor).exclude(status="asked")
    rows = rows.order_by("-decided_at", "-prepared_at")
    return list(rows.select_related(*OF_ENTRY)[:DECIDED_SHOWN])


def extension(actor: Actor, key: UUID, *, purpose: str) -> ExtensionApplication:
    """Return an application; that it was opened is on record.

    Raises:
        NotFound: there is none, or it is out of her sight.
    """
    rows = ExtensionApplication.objects.select_related(*OF_ENTRY)
    found = get_visible(rows, actor, key)
    audit.opened(actor, "stays.find", f"Traveller:{found.traveller_id}", purpose=purpose)
    return found


def overstay(actor: Actor, key: UUID) -> Overstay:
    """Return an overstay that the actor may see, or raise NotFound. `explaining` opens it."""
    return get_visible(Overstay.objects.select_related(*OF_ENTRY), actor, key)


def on_the_list(
    actor: Actor, crossings: list[UUID], *, closed_too: bool = False
) -> dict[UUID, Overstay]:
    """Return the overstays of these entries that the night has found, by entry; the open one first.

    `closed_too`: for a day that is over. Of today one that was closed tells what holds no longer.
    """
    rows = Overstay.objects.visible_to(actor).filter(crossing_id__in=crossings)
    if not closed_too:
        rows = rows.filter(closed_at=None)
    ordered = rows.order_by(F("closed_at").asc(nulls_last=True))
    return {row.crossing_id: row for row in ordered}


def before(row: Overstay) -> list[Overstay]:
    """The same stay when it was on the list before, as far as it is ever shown."""
    rows = Overstay.objects.filter(Overstay.shown(), crossing_id=row.crossing_id)
    return list(rows.filter(closed_at__lte=row.found_at).exclude(pk=row.pk).order_by("found_at"))


def rebuttals_of(row: Overstay) -> list[Rebuttal]:
    """What she said against this overstay, and against the same stay when it was found before."""
    return list(Rebuttal.objects.filter(overstay__in=[row, *before(row)]))


def rebuttals_waiting(actor: Actor) -> list[Rebuttal]:
    rows = Rebuttal.objects.visible_to(actor).filter(status="recorded")
    rows = rows.select_related("overstay__document", "overstay__post")
    return list(rows.order_by("recorded_at"))


def rebuttal(actor: Actor, key: UUID) -> Rebuttal:
    """Return a rebuttal that the actor may see, or raise NotFound."""
    return get_visible(Rebuttal.objects.select_related("overstay"), actor, key)


def registrations(actor: Actor, *, late: bool = False) -> list[Registration]:
    rows = Registration.objects.visible_to(actor)
    rows = rows.select_related(*OF_ENTRY, "rule", "registered_by", "mistake")
    found = rows.filter(days_late__gt=0, mistake=None) if late else rows
    return list(found[:REGISTRATIONS_SHOWN])


def registrations_of(actor: Actor, crossing: UUID) -> list[Registration]:
    """Those that stand: what was struck out is no address of hers."""
    rows = Registration.objects.visible_to(actor)
    return list(rows.filter(crossing_id=crossing, mistake=None))


def registration(actor: Actor, key: UUID, *, purpose: str) -> Registration:
    """Return a registration; that it was opened is on record.

    Raises:
        NotFound: there is none, or it is out of her sight.
    """
    rows = Registration.objects.select_related(*OF_ENTRY, "mistake")
    found = get_visible(rows, actor, key)
    audit.opened(actor, "stays.find", f"Traveller:{found.traveller_id}", purpose=purpose)
    return found


def rules(actor: Actor) -> list[RegistrationRule]:
    """Every rule that was ever proposed, those that were declined too: the history."""
    return list(RegistrationRule.objects.visible_to(actor))


def rule(actor: Actor, key: UUID) -> RegistrationRule:
    """Return a rule, or raise NotFound."""
    return get_visible(RegistrationRule.objects.all(), actor, key)


def rule_on(day: date) -> RegistrationRule | None:
    """The rule of registration that holds on a day; None: none was agreed on."""
    agreed = RegistrationRule.objects.filter(from_day__lte=day, approved_at__isnull=False)
    return agreed.order_by("from_day", "approved_at").last()


def term_on(day: date) -> Term | None:
    found = rule_on(day)
    return found.term if found else None
