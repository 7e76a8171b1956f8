"""Everything that is known of a traveller in front of the booth, gathered once."""

from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

from safar.control.border.choices import Direction
from safar.control.border.models import Inspection, SignOn
from safar.control.border.queries.crossings import HOT_PATH, movements
from safar.control.border.rules.facts import AllowedStay, Facts, ListMatch, Movement, Waits
from safar.control.border.waiting import waiting_for
from safar.control.documents.queries import BATCH, report_or_none, series_of
from safar.control.documents.queries.reported import Standing
from safar.control.documents.queries.shapes import shapes_of
from safar.control.documents.rules import OtherSource
from safar.control.passports.queries.at_booth import differs, not_honoured
from safar.control.travellers.queries import recognition, same_person_as
from safar.control.travellers.read_document import ReadDocument
from safar.control.travellers.rules import Recognition
from safar.control.visas.queries import manual
from safar.control.visas.queries.checking import look_at
from safar.control.visas.rules.manual import Answer, passport_of
from safar.control.visas.rules.visa_facts import VisaSeen
from safar.control.watchlist import queries as watchlist
from safar.core import node
from safar.lib import mrz
from safar.lib.mrz import Reading
from safar.lib.stay import visits
from safar.reference import queries as reference
from safar.reference.models import CrossingPoint

EARTH_KM = 6371


@dataclass(frozen=True)
class Shown:
    """A document as it was shown: its fields, and the zone where a machine read it.

    `others`: what the page, the chip or a booking say of it. `seal` and `visa_zone`: of the
    visa that was shown with it, as scanned.
    """

    document: ReadDocument
    reading: Reading | None = None
    others: tuple[OtherSource, ...] = ()
    seal: bytes = b""
    visa_zone: tuple[str, ...] = ()


def gather(
    sign_on: SignOn, shown: Shown, now: datetime, *, as_traveller: UUID | None = None
) -> Facts:
    """Return the facts of an inspection in this booth at this moment.

    `as_traveller`: who the officer holds the traveller to be, one of those recognised as
    possible; her movements then count, and what she was cleared of.
    """
    document, reading = shown.document, shown.reading
    who = held_to_be(recognition(document), as_traveller)
    today = now.astimezone(reference.time_zone(sign_on.post_id)).date()
    moves = movements_of(who, now, sign_on.direction)
    report = standing_report(document)
    way_in = _way_in(document, today, sign_on.post_id)
    return Facts(
        document=document,
        host=node.country(),
        direction=sign_on.direction,
        post=sign_on.post_id,
        now=now,
        today=today,
        recognition=who,
        zone=tuple((f.code, {**f.params, "field": f.field}) for f in reading.findings)
        if reading
        else (),
        digits_right=sum(place.right for place in reading.check_positions) if reading else 0,
        typed=reading is None,
        report=(report.report, report.reference) if report and report.report != BATCH else None,
        batch=report.reference if report and report.report == BATCH else None,
        series=series_of(document.issuer),
        shapes=shapes_of(document.issuer, document.kind),
        others=shown.others,
        not_as_issued=differs(document, cut=reading is not None),
        name_cut=reading is not None and reading.name_may_be_truncated,
        matches=_matches(document, who),
        movements=moves,
        allowed=_allowed(way_in),
        way=way_in.way,
        papers=way_in.rule.papers if way_in.rule else (),
        citizenship_known=reference.country(document.nationality) is not None,
        km_from_last=_km(sign_on.post_id, moves[-1].post) if moves else None,
        visa=seen_of(shown, moves, today, sign_on.direction),
        waits=_waits(moves, today, sign_on.direction),
    )


def shown_again(inspection: Inspection, *, seal: bytes | None = None) -> Shown:
    """What was shown at an inspection, visa included, to inspect the same traveller anew.

    `seal`: of a visa that was scanned since.
    """
    kept = inspection.visa or {}
    zone = kept.get("zone", "")
    return Shown(
        ReadDocument.from_json(inspection.document),
        mrz.read(inspection.mrz) if inspection.mrz else None,
        others=tuple(OtherSource.from_json(other) for other in inspection.others),
        seal=bytes.fromhex(kept.get("seal", "")) if seal is None else seal,
        visa_zone=tuple(zone.split("\n")) if zone else (),
    )


def seen_of(
    shown: Shown, moves: tuple[Movement, ...], today: date, direction: str
) -> VisaSeen | None:
    """What is found of the visa that was shown with a document; None where none was."""
    if not shown.seal and not shown.visa_zone:
        return None
    entering = direction == Direction.ENTRY
    pairs = [(move.day, move.direction, str(move.crossing_id)) for move in moves]
    return look_at(
        shown.document,
        today=today,
        entering=entering,
        seal=shown.seal,
        zone=shown.visa_zone,
        visits=visits(pairs, arriving=entering).visits,  # type: ignore[arg-type]
    )


def held_to_be(who: Recognition, key: UUID | None) -> Recognition:
    """Who she is, as the officer says where the machine leaves it open."""
    return Recognition(traveller_id=key) if key in who.possible else who


def movements_of(who: Recognition, now: datetime, direction: str) -> tuple[Movement, ...]:
    """Her entries and exits, as far back as they count."""
    if who.traveller_id is None:
        return ()
    keys = same_person_as(who.traveller_id)
    found = movements(keys, since=now - HOT_PATH)
    if direction == Direction.EXIT and not any(m.direction == Direction.ENTRY for m in found):
        found = movements(keys)  # she entered longer ago than any stay allows: all months
    return tuple(found)


def _matches(document: ReadDocument, who: Recognition) -> tuple[ListMatch, ...]:
    found = likenesses(document)
    if not found:
        return ()
    key = who.traveller_id
    cleared = watchlist.cleared_entries(key, person_of(document)) if key else frozenset()
    return tuple(_match(match, match.entry_id in cleared) for match in found)


def person_of(document: ReadDocument) -> watchlist.Person:
    """A traveller as her document says, for screening."""
    name = f"{document.surname}, {document.given_names}" if document.surname else document.name
    numbers = (document.number, document.personal_number)
    return watchlist.Person(
        names=tuple(text for text in (name, document.name_written) if text),
        birth=document.birth,
        sex=document.sex,
        citizenship=document.nationality,
        documents=tuple((document.issuer, number) for number in numbers if number),
    )


def likenesses(document: ReadDocument) -> list[watchlist.Match]:
    """Return the list entries that the holder of a document may be, best first."""
    return watchlist.screen(person_of(document))


def listed_since(inspection: Inspection) -> list[watchlist.Match]:
    """Return the entries that the traveller of an inspection was not yet compared with.

    Those that were published since; what she is cleared of is none of them.
    """
    if not watchlist.lists_moved_since(inspection.inspected_at):
        return []
    document = ReadDocument.from_json(inspection.document)
    found = [m for m in likenesses(document) if m.entry_id not in inspection.matched]
    key = inspection.traveller_id
    if not found or key is None:
        return found
    cleared = watchlist.cleared_entries(key, person_of(document))
    return [match for match in found if match.entry_id not in cleared]


def _match(match: watchlist.Match, cleared: bool) -> ListMatch:
    first = watchlist.for_first_line(match)
    open_params = {
        "instruction": str(match.instruction),
        "list": first.list_name,
        "owner": first.owner,
        "ground": first.legal_ground,
        "contact": first.contact,
        "h": first.code,
        "reasons": [reason.as_json() for reason in first.reasons],
    }
    return ListMatch(
        entry_id=match.entry_id,
        by_document=match.kind == "document",
        score=match.score,
        cleared=cleared,
        shown=first.shown,
        neutral=first.shown and not first.instruction,
        params=open_params if first.instruction else {},
    )


def standing_report(document: ReadDocument) -> Standing | None:
    """The report on a document that stands at this moment, or that this state does not honour it."""
    named = document.issuer, document.number
    return report_or_none(*named) or not_honoured(*named)


def _waits(moves: tuple[Movement, ...], today: date, direction: str) -> Waits | None:
    """An application that waits, asked of who leaves after her last permitted day alone."""
    entry = next((move for move in reversed(moves) if move.direction == Direction.ENTRY), None)
    if direction != Direction.EXIT or entry is None or entry.permitted_until is None:
        return None
    return waiting_for(entry.crossing_id) if entry.permitted_until < today else None


def _way_in(document: ReadDocument, today: date, post: str) -> Answer:
    """What the visa manual says of this traveller here and today."""
    passport = passport_of(document.kind, document.issuer)
    return manual.may_enter(document.nationality, today, passport=passport, post=post)


def _allowed(found: Answer) -> AllowedStay | None:
    """How long she may stay where no visa is needed."""
    rule = found.rule
    if rule is None or not found.may_come_without_visa:
        return None
    return AllowedStay(rule.code, rule.days, rule.window, rule.visit_days)


def _km(one: str, other: str) -> float | None:
    here, there = reference.post(one), reference.post(other)
    if here is None or there is None or None in (here.latitude, there.latitude):
        return None
    return great_circle_km(here, there)


def great_circle_km(one: CrossingPoint, other: CrossingPoint) -> float:
    """Return the distance between two posts over the surface, by the haversine formula."""
    lat1, lon1, lat2, lon2 = (
        radians(float(value or 0))
        for value in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
