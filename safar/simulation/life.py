"""What happened at the booths today? Some thirty travellers, through the real actions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from django.db.models import Exists, OuterRef
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
from safar.simulation.stays import stay_rule
from safar.simulation.users import BOOTHS, LEADER, SECOND_LINE, Person
from safar.simulation.world import HOME, Scale

EACH = 3
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
    free, bound = newcomers(scale, visa=False), newcomers(scale, visa=True)
    came: set[str] = set()
    for place in places:
        entering = place.booth.direction == "entry"
        papers = _coming_home(came) if entering else _leaving(place.booth.post_id, came)
        if entering:
            papers += islice(free, EACH)
        for paper in papers:
            came.add(paper.number)
            _handle(place, paper)
    _handle(places[1], next(bound))
    for place, name in zip(places, _listed_names(), strict=False):
        _handle(place, _named(next(free), name))
    _second_line()
    _write_log()
    today = {"inspected_at__gte": timezone.now() - timedelta(hours=1)}
    return {
        "inspections": Inspection.objects.filter(**today).count(),
        "crossings": Crossing.objects.exclude(inspection=None).count(),
        "refusals": Decision.objects.filter(kind="refuse").count(),
        "referrals": Referral.objects.count(),
    }


def newcomers(scale: Scale, *, visa: bool, more: int = 400) -> Iterator[Document]:
    """Passports of foreigners whom nobody has seen, of those who need a visa or do not."""
    wider = replace(scale, travellers=scale.travellers + more)
    beyond = islice(travellers(wider), scale.travellers, None)
    for one in beyond:
        foreign = one.nationality != HOME and one.role == "adult"
        if foreign and stay_rule(one.nationality, scale.last_day).visa is visa:
            yield one.documents[0]


def _on_record(came: set[str], **last: object) -> list[Document]:
    """Documents of people whose last crossing is as asked, the latest first, but not of `came`."""
    now = timezone.now()
    later = Crossing.objects.filter(
        traveller=OuterRef("traveller"), crossed_at__gt=OuterRef("crossed_at")
    )
    rows = Crossing.objects.filter(
        ~Exists(later),
        crossed_at__range=(now - timedelta(days=25), now - timedelta(days=2)),
        **last,
    )
    found = rows.exclude(document__number__in=came).select_related("document")
    return [paper(row.document) for row in found.order_by("-crossed_at")[:EACH]]


def _coming_home(came: set[str]) -> list[Document]:
    return _on_record(came, direction="exit", citizenship=HOME)


def _leaving(post: str, came: set[str]) -> list[Document]:
    return _on_record(came, direction="entry", post=post)


def paper(row: TravelDocument) -> Document:
    """The document of a row, as far as its zone needs it."""
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


def _listed_names() -> list[str]:
    """Names on the list, of entries that say neither birth nor sex: two visitors bear them too."""
    names = EntryName.objects.filter(is_primary=True, entry__births=None, entry__sex="")
    plain = names.filter(text__regex=r"^[A-Z]{5,}, [A-Z][a-z]{4,}$").order_by("text")
    return list(plain.values_list("text", flat=True)[:2])


def _named(paper: Document, name: str) -> Document:
    surname, _, given = name.upper().partition(", ")
    return replace(paper, surname=surname, given_names=given)


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
