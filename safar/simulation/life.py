"""What happened at the booths today? Some thirty travellers, through the real actions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from safar.control.border.actions import deciding, inspecting, second_line, shifts
from safar.control.border.actions.deciding import CrossingDetails
from safar.control.border.choices import LogHeading
from safar.control.border.models import Crossing, Decision, Inspection, Referral, SignOn
from safar.control.border.queries.facts import Shown
from safar.control.travellers.models import TravelDocument
from safar.control.travellers.read_document import ReadDocument
from safar.control.watchlist import actions as watchlist
from safar.control.watchlist.models import EntryName, Hit
from safar.core.node import uuid7
from safar.core.permissions import Actor
from safar.lib import mrz
from safar.reference import queries as reference
from safar.simulation import users
from safar.simulation.booths import PLACES, booth_of
from safar.simulation.documents import Document
from safar.simulation.outcomes import zone
from safar.simulation.people import travellers
from safar.simulation.users import BOOTHS, LEADER, SECOND_LINE, Person
from safar.simulation.world import HOME, Scale

EACH = 3
NEWCOMERS = 60
REASONS = {
    "stay.overstay": "Fine paid, receipt shown",
    "minor": "Travels with his mother, consent seen",
    "stay.open_entry": "Left by train, ticket shown",
    "stay.no_entry": "Entered before the system was in use, stamp seen",
}
GROUNDS = {"document.expired": "A", "entry.visa_needed": "C", "entry.days_used": "F"}


@dataclass(frozen=True)
class Place:
    """An officer at work."""

    actor: Actor
    booth: SignOn


def let_some_pass(scale: Scale) -> dict[str, int]:
    """Let travellers come to the booths of the demonstration now; return how many of each kind.

    People of the scale who are on record leave or come home; the first visitors come from
    beyond its last index, so that nobody is there twice.
    """
    places = [Place(users.actor(person), booth_of(person)) for person, *_ in PLACES[2:]]
    newcomers = _newcomers(scale)
    for place in places:
        entering = place.booth.direction == "entry"
        papers = list(_coming_home() if entering else _leaving(place.booth.post_id))
        if entering:
            papers += list(islice(newcomers, EACH))
        for paper in papers:
            _handle(place, paper)
    _listed_visitor(places[0], next(newcomers))
    _second_line()
    _write_log()
    today = {"inspected_at__gte": timezone.now() - timedelta(hours=1)}
    return {
        "inspections": Inspection.objects.filter(**today).count(),
        "crossings": Crossing.objects.exclude(inspection=None).count(),
        "refusals": Decision.objects.filter(kind="refuse").count(),
        "referrals": Referral.objects.count(),
    }


def _newcomers(scale: Scale) -> Iterator[Document]:
    more = replace(scale, travellers=scale.travellers + NEWCOMERS)
    beyond = islice(travellers(more), scale.travellers, None)
    foreign = (one for one in beyond if one.nationality != HOME and one.role == "adult")
    return (one.documents[0] for one in foreign)


def _last(field: str) -> Subquery:
    rows = Crossing.objects.filter(traveller=OuterRef("traveller")).order_by("-crossed_at")
    return Subquery(rows.values(field)[:1])


def _on_record(**conditions: object) -> Iterator[Document]:
    """Documents of people whose last crossing is as asked, the latest first; no one twice."""
    now = timezone.now()
    rows = TravelDocument.objects.annotate(
        way=_last("direction"), at=_last("crossed_at"), where=_last("post_id")
    ).filter(at__range=(now - timedelta(days=25), now - timedelta(days=2)), **conditions)
    return (_paper(row) for row in rows.order_by("-at")[:EACH])


def _coming_home() -> Iterator[Document]:
    return _on_record(way="exit", nationality=HOME)


def _leaving(post: str) -> Iterator[Document]:
    return _on_record(way="entry", where=post)


def _paper(row: TravelDocument) -> Document:
    expires = row.expires_on or timezone.now().date()
    return Document(
        0, 0, "P" if row.kind.startswith("P") else "I", row.kind, row.issuer, row.nationality,
        row.number, row.surname, row.given_names, row.sex, str(row.birth or ""), expires, expires,
        row.personal_number,
    )  # fmt: skip


def _handle(place: Place, paper: Document) -> Inspection:
    zone_of = reference.time_zone(place.booth.post_id)
    reading = mrz.read(zone(paper), today=timezone.now().astimezone(zone_of).date())
    shown = Shown(ReadDocument.from_reading(reading), reading)
    inspection = inspecting.inspect(place.actor, place.booth, shown=shown)
    _decide(place.actor, inspection)
    return inspection


def _decide(actor: Actor, inspection: Inspection) -> None:
    entering = inspection.direction == "entry"
    code = inspection.findings[0]["code"]
    details = CrossingDetails(purpose="tourism" if entering else "", destination="")
    if inspection.verdict == "clear":
        deciding.admit(actor, inspection, key=uuid7(), details=details)
    elif code in REASONS:
        deciding.pass_with_reason(
            actor, inspection, key=uuid7(), details=details, reason=REASONS[code]
        )
    elif entering and code in GROUNDS:
        deciding.refuse(actor, inspection, key=uuid7(), grounds=[GROUNDS[code]])
    else:
        deciding.refer(actor, inspection, key=uuid7(), reason=code)


def _listed_visitor(place: Place, paper: Document) -> None:
    """Somebody comes who bears the name of a list entry and is another person."""
    entry = (
        EntryName.objects.filter(is_primary=True, entry__births=None, entry__sex="")
        .filter(text__regex=r"^[A-Z]{5,}, [A-Z][a-z]{4,}$")
        .order_by("text")
        .first()
    )
    if entry:
        surname, _, given = entry.text.upper().partition(", ")
        _handle(place, replace(paper, surname=surname, given_names=given))


def _second_line() -> None:
    """Every second of the referrals at the airport is dealt with; the others wait."""
    actor = users.actor(SECOND_LINE)
    waiting = Referral.objects.visible_to(actor).filter(status="waiting").order_by("-referred_at")
    for referral in waiting[::2]:
        taken = second_line.take_referral(actor, referral)
        for hit in Hit.objects.filter(inspection_id=taken.inspection_id, status="new"):
            watchlist.judge_hit(
                actor, hit, outcome="different", reason="Another face, another place of birth"
            )
        second_line.admit_referred(
            actor,
            taken,
            key=uuid7(),
            details=CrossingDetails(),
            reason="Nothing held against entry",
        )


def _write_log() -> None:
    shift = booth_of(BOOTHS[0]).shift
    lines: tuple[tuple[Person, LogHeading, str], ...] = (
        (LEADER, LogHeading.TEAM, f"{LEADER.rank} {LEADER.name}; six booths, one second line."),
        (BOOTHS[0], LogHeading.OCCURRENCES, "The reader of lane 2 was changed at once."),
    )
    for person, heading, text in lines:
        shifts.log_event(users.actor(person), shift, heading=heading, text=text)
