"""Makers of figures: crossings laid straight into the table, and a post in a time zone."""

from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from safar.control.border import partitions
from safar.control.border.choices import AmendmentKind, AmendmentStatus
from safar.control.border.models import Amendment, Crossing
from safar.control.travellers.models import TravelDocument, Traveller
from safar.core.record import writing
from safar.reference import queries as reference
from safar.reference.models import Country, CrossingPoint
from tests import cast


def moment(text: str) -> datetime:
    """A moment of UTC: `2026-03-02 17:59`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def country(code: str, name: str = "") -> Country:
    with writing("reference"):
        names = {"en": name or code}
        found, _ = Country.objects.get_or_create(
            code=code, defaults={"names": names, "kind": "state"}
        )
    reference.forget()
    return found


def post(code: str = "KG-MAN", *, zone: str = "Asia/Bishkek", name: str = "") -> CrossingPoint:
    state = country("KGZ", "Kyrgyzstan")
    with writing("reference"):
        found, _ = CrossingPoint.objects.get_or_create(
            code=code,
            defaults={
                "names": {"en": name or code},
                "country": state,
                "mode": "road",
                "traffic": "international",
                "time_zone": zone,
                "position_basis": "unknown",
            },
        )
    reference.forget()
    return found


def traveller() -> Traveller:
    with writing("travellers"):
        return Traveller.objects.create(added_at=timezone.now())


def crossing(
    at: str | datetime,
    direction: str = "entry",
    code: str = "KG-MAN",
    *,
    who: Traveller | None = None,
    citizenship: str = "UZB",
    **fields: Any,
) -> Crossing:
    """A crossing on record, as a post's node would have sent it."""
    crossed_at = moment(at) if isinstance(at, str) else at
    partitions.ensure_months(crossed_at.date(), crossed_at.date())
    who = who or traveller()
    with writing():
        document = TravelDocument.objects.create(
            traveller=who, kind="P", issuer="UZB", number=who.pk.hex[:20].upper(),
            nationality=citizenship, name_key="X", first_seen_at=crossed_at,
        ) if not who.documents.exists() else who.documents.get()  # fmt: skip
        return Crossing.objects.create(
            **{
                "crossed_at": crossed_at, "received_at": crossed_at, "direction": direction,
                "post_id": code, "lane": "1", "traveller": who, "document": document,
                "citizenship": citizenship, "sex": "M", "birth_year": 1990, **fields,
            }
        )  # fmt: skip


def crossings(number: int, at: str | datetime, direction: str = "entry", **fields: Any) -> None:
    who = traveller()
    for _ in range(number):
        crossing(at, direction, who=who, **fields)


def amendment(
    target: Crossing, *, status: str = AmendmentStatus.APPROVED, **changes: Any
) -> Amendment:
    """An annulment, or a correction of the fields that are given, signed by a second person."""
    now = timezone.now()
    kind = AmendmentKind.CORRECT if changes else AmendmentKind.ANNUL
    signed = {} if status == AmendmentStatus.PROPOSED else {
        "decided_at": now, "decided_by": cast.cholpon(),
    }  # fmt: skip
    before = {name: getattr(target, "post_id" if name == "post" else name) for name in changes}
    with writing("border"):
        return Amendment.objects.create(
            crossing=target, post_id=target.post_id, kind=kind, reason="seen wrongly",
            changes={name: [str(before[name]), after] for name, after in changes.items()},
            status=status, proposed_at=now, proposed_by=cast.aida(), **signed,
        )  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)
