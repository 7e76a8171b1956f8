"""What a mission may learn of a booking: of each person only what she agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import consenting
from safar.assistance.cases.choices.sharing import SharingPurpose
from safar.assistance.cases.models import CaseMember, Consent, Partner
from safar.assistance.cases.shared_fields import birth, citizenships, know, names, sex
from safar.assistance.movements.choices import (
    Boarded,
    EscortKind,
    JourneyStatus,
    NeedOnBoard,
    NoticeKind,
    StepKind,
    StepStatus,
)
from safar.assistance.movements.models import (
    Departure,
    Leg,
    MovementFile,
    MovementJourney,
    Step,
    TravelHealth,
)

NOTICE = know("request.notice", _("Notice"))
REFERENCE = know("request.state_reference", _("Your reference"))
PEOPLE = know("identity.travellers", _("Who travels"))
PAPERS = know("papers.travel_documents", _("Travel documents"))
FLIGHTS = know("journey.flights", _("Flights"))
BOOKING = know("journey.booking", _("Booking"))
LEFT = know("journey.left", _("Left and arrived"))
ON_BOARD = know("needs.on_board", _("Needed on board"))
ESCORTS = know("needs.escorts", _("Escorts"))


@dataclass(frozen=True)
class Agreed:
    """A passenger, the consent by which a mission may learn of her, and the kinds it covers."""

    member: CaseMember
    consent: Consent | None
    kinds: frozenset[str]


def agreed(journey: MovementJourney, to: Partner, day: date) -> list[Agreed]:
    """Each passenger and the consent to this mission that was given by her, or for a child by
    her parent or guardian: one of another person's is none of hers."""
    live = _live(journey, to, day)
    return [_agreed(one, live.get(one.person_id), to) for one in _aboard(journey)]


def _live(journey: MovementJourney, to: Partner, day: date) -> dict[UUID, Consent]:
    rows = Consent.objects.filter(
        case=journey.case_id, purpose=SharingPurpose.JOURNEY, recipients__partner=to
    )
    found: dict[UUID, Consent] = {}
    for one in rows.prefetch_related("recipients").order_by("obtained_on", "recorded_at"):
        if consenting.live(one, to, SharingPurpose.JOURNEY, day):
            found[one.person_id] = one
    return found


def _aboard(journey: MovementJourney) -> list[CaseMember]:
    """Who is to be named: everybody booked, and once they left, those on board."""
    seats = journey.passengers.select_related("member__person").order_by("member")
    if journey.status in (JourneyStatus.DEPARTED, JourneyStatus.ARRIVED):
        seats = seats.filter(boarded=Boarded.BOARDED)
    return [one.member for one in seats.prefetch_related("member__person__names")]


def _agreed(member: CaseMember, consent: Consent | None, to: Partner) -> Agreed:
    named = consenting.named(consent, to) if consent else None
    return Agreed(member, consent, frozenset(named.may_know) if named else frozenset())


def content_of(
    journey: MovementJourney,
    kind: str,
    number: int,
    people: Sequence[Agreed],
    kinds: frozenset[str],
) -> dict[str, str]:
    """The fields of a notice and their words, in the language that is active; empty ones left out.

    Args:
        people: who is named, each only with what she agreed to.
        kinds: what the consent covers on which the notice is sent.
    """
    words = {
        NOTICE.code: gettext("%(kind)s, version %(number)s")
        % {"kind": NoticeKind(kind).label, "number": number},
        REFERENCE.code: MovementFile.objects.get(case=journey.case_id).state_reference,
        **_of_people(journey, people),
    }
    if kind != NoticeKind.CANCELLED:
        words |= _of_journey(journey)
    found = {code: text.strip() for code, text in words.items() if text.strip()}
    return {code: text for code, text in found.items() if _kind(code) in {*kinds, consenting.OURS}}


def _kind(code: str) -> str:
    return code.partition(".")[0]


def _of_people(journey: MovementJourney, people: Sequence[Agreed]) -> dict[str, str]:
    members = [one.member.pk for one in people]
    papers = Step.objects.filter(
        member__in=members, kind=StepKind.TRAVEL_DOCUMENT, status=StepStatus.DONE
    )
    numbers = {one.member_id: _paper(one) for one in papers}
    health = {one.member_id: _needs(one) for one in TravelHealth.objects.filter(member__in=members)}
    rows: dict[str, list[str]] = {PEOPLE.code: [], PAPERS.code: [], ON_BOARD.code: []}
    for one in people:
        name = str(one.member.person) if "identity" in one.kinds else gettext("A passenger")
        if "identity" in one.kinds:
            rows[PEOPLE.code].append(_person(journey, one.member))
        if "papers" in one.kinds and numbers.get(one.member.pk):
            rows[PAPERS.code].append(f"{name}: {numbers[one.member.pk]}")
        if "needs" in one.kinds and health.get(one.member.pk):
            rows[ON_BOARD.code].append(f"{name}: {health[one.member.pk]}")
    return {code: "\n".join(lines) for code, lines in rows.items()}


def _person(journey: MovementJourney, member: CaseMember) -> str:
    case, person = journey.case, member.person
    parts = (
        names(case, person), sex(case, person), birth(case, person), citizenships(case, person),
    )  # fmt: skip
    return ", ".join(filter(None, parts))


def _paper(step: Step) -> str:
    until = date_format(step.expires_on, "j E Y") if step.expires_on else ""
    valid = gettext("until %(day)s") % {"day": until} if until else ""
    return ", ".join(filter(None, (step.reference, valid)))


def _needs(health: TravelHealth) -> str:
    needs = [str(NeedOnBoard(one).label) for one in health.needs]
    if health.escort:
        needs.append(str(EscortKind(health.escort).label))
    return ", ".join(needs)


def _of_journey(journey: MovementJourney) -> dict[str, str]:
    escorts = journey.escorts.order_by("pk")
    return {
        FLIGHTS.code: "\n".join(_leg(leg) for leg in journey.legs.order_by("number")),
        BOOKING.code: f"{journey.carrier} {journey.reference}",
        LEFT.code: _left(journey),
        ESCORTS.code: "\n".join(f"{one.name}, {one.get_kind_display()}" for one in escorts),
    }


def _leg(leg: Leg) -> str:
    return gettext("%(flight)s: %(from)s %(departs)s – %(to)s %(lands)s") % {
        "flight": leg.flight,
        "from": leg.from_place,
        "departs": _moment(leg.departs_at),
        "to": leg.to_place,
        "lands": _moment(leg.arrives_at),
    }


def _moment(at: datetime) -> str:
    """With the zone in which it is written: whoever reads it lives in another one."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j E Y H:i')} (UTC{local:%z})"


def _left(journey: MovementJourney) -> str:
    found = Departure.objects.filter(case=journey.case_id).order_by("departed_on").first()
    if found is None:
        return ""
    left = gettext("left on %(day)s") % {"day": date_format(found.departed_on, "j E Y")}
    if found.arrived_on is None:
        return left
    arrived = gettext("arrived on %(day)s") % {"day": date_format(found.arrived_on, "j E Y")}
    return f"{left}, {arrived}"
