"""Makers of journeys: a family that is ready, its booking, its tickets, its departure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.choices.sharing import (
    ConsentKind,
    PartnerKind,
    SharingPurpose,
    StandsAs,
)
from safar.assistance.cases.models import Case, CaseMember, Consent, Partner
from safar.assistance.movements.actions import bookings, departing, escorts, notices
from safar.assistance.movements.actions.booking_checks import NewBooking, Seat
from safar.assistance.movements.actions.escorts import NewEscort
from safar.assistance.movements.models import (
    BookingNotice,
    Escort,
    MovementJourney,
    Step,
    TravelHealth,
)
from safar.assistance.movements.rules.ages import OF_AGE, age_on
from safar.assistance.movements.rules.booking import LegFacts
from safar.core.record import writing
from tests.makers import cases as kernel
from tests.makers import sharing
from tests.makers.accounts import actor
from tests.makers.movements import loans
from tests.makers.people import new

STEPS = ("exit", "document", "visa", "medical", "preflight")
JOURNEY = ("identity", "papers", "journey", "needs")

worker = loans.worker


def today() -> date:
    return timezone.localdate()


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def family(by: User, *people: Any, until: date | None = None, steps: Sequence[str] = STEPS,
           **how: Any) -> Case:  # fmt: skip
    """A case whose members have everything that they need, until a day."""
    found = people or (new("Rahmatov Ikrom", birth="1986"), new("Rahmatova Gulsara", birth="1989"))
    case = loans.movement(by, *found, **how)
    ends = until or today() + timedelta(days=200)
    with writing():
        for member in case.members.all():
            for number, kind in enumerate(steps):
                Step.objects.create(
                    case=case, member=member, kind=kind, number=number, status="done",
                    done_on=today() - timedelta(days=30), expires_on=ends,
                    reference=f"AC{number}" if kind == "document" else "",
                )  # fmt: skip
            TravelHealth.objects.create(
                case=case, member=member, fitness="fit", holds_until=ends, said_by=by
            )
    return case


def member(case: Case, name: str) -> CaseMember:
    """The member whose name holds these words."""
    return next(one for one in case.members.all() if name in str(one.person))


def step(case: Case, name: str, kind: str, **facts: Any) -> None:
    """Bring a member's step into a state, as others' actions do."""
    with writing():
        Step.objects.filter(case=case, member=member(case, name), kind=kind).update(**facts)


def health(case: Case, name: str, **facts: Any) -> None:
    with writing():
        TravelHealth.objects.filter(member=member(case, name)).update(**facts)


def legs(day: date | None = None, *, hours: int = 3) -> list[LegFacts]:
    """Bishkek, Istanbul, Toronto; `hours` is the time to change at Istanbul."""
    begins = noon(day or today() + timedelta(days=20))
    lands = begins + timedelta(hours=5)
    leaves = lands + timedelta(hours=hours)
    return [
        LegFacts("TK347", "Bishkek", begins, "Istanbul", lands),
        LegFacts("TK17", "Istanbul", leaves, "Toronto", leaves + timedelta(hours=10)),
    ]


def booking(case: Case, *members: CaseMember, day: date | None = None, **facts: Any) -> NewBooking:
    """A booking of everybody, unless members are named."""
    who = members or tuple(case.members.order_by("pk"))
    given: dict[str, Any] = {
        "carrier": "Turkish Airlines", "reference": "PNR123", "fare": "resettlement",
        "agreement": "MIG-2026-4", "legs": legs(day),
        "passengers": [Seat(one, Decimal("862.00"), "USD", "loan") for one in who],
    }  # fmt: skip
    return NewBooking(**{**given, **facts})


def booked(by: User, case: Case, *members: CaseMember, **facts: Any) -> MovementJourney:
    return bookings.book(actor(by), fresh(case), new=booking(case, *members, **facts))


def ticketed(by: User, case: Case, *members: CaseMember, **facts: Any) -> MovementJourney:
    return issue(by, booked(by, case, *members, **facts))


def issue(by: User, journey: MovementJourney) -> MovementJourney:
    numbers = {
        key: f"235-{number}"
        for number, key in enumerate(journey.passengers.values_list("member", flat=True), 1)
    }
    return bookings.ticket(actor(by), journey, tickets=numbers)


def check_off(by: User, journey: MovementJourney, boarded: str = "boarded", *names: str) -> None:
    """Check off everybody, or those of these names."""
    for one in journey.passengers.select_related("member__person"):
        if not names or any(name in str(one.member.person) for name in names):
            departing.check_off(actor(by), one, boarded=boarded)


def departed(by: User, case: Case, **facts: Any) -> MovementJourney:
    """Everybody left today."""
    journey = ticketed(by, case, day=today(), **facts)
    check_off(by, journey)
    return departing.confirm_departure(actor(by), fresh(case))


def escort(by: User, journey: MovementJourney, **facts: Any) -> Escort:
    given: dict[str, Any] = {
        "kind": "medical", "name": "Dr Osmonova", "passport": "PE100",
        "passport_until": today() + timedelta(days=900), "returns_on": today() + timedelta(days=25),
    }  # fmt: skip
    return escorts.add_escort(actor(by), journey, new=NewEscort(**{**given, **facts}))


def mission(name: str = "Mission in Winnipeg", **how: Any) -> Partner:
    return sharing.partner(name, kind=PartnerKind.MISSION, **how)


def consents(by: User, case: Case, *to: Partner, kinds: Sequence[str] = JOURNEY) -> list[Consent]:
    """Every member agrees that these missions learn of the journey, the applicant first; for
    a child her parent does."""
    rows = case.members.select_related("person").order_by("pk")
    return [
        consent(by, case, one, *to, kinds=kinds)
        for one in sorted(rows, key=lambda one: one.role != "applicant")
    ]


def consent(
    by: User, case: Case, member: CaseMember, *to: Partner, kinds: Sequence[str] = JOURNEY
) -> Consent:
    """What one member agrees to; a child's parent for her."""
    is_child = (age_on(member.person.birth, today()) or OF_AGE) < OF_AGE
    parent = {"kind": ConsentKind.PROXY, "given_by": "The father", "stands_as": StandsAs.PARENT}
    return sharing.consent(
        by, case, *to, kinds=kinds, purpose=SharingPurpose.JOURNEY, person=member.person,
        **(parent if is_child else {}),
    )  # fmt: skip


def tell(by: User, journey: MovementJourney, to: Partner, on: Consent) -> BookingNotice:
    fresh_one = MovementJourney.objects.get(pk=journey.pk)
    return notices.send_notice(actor(by), fresh_one, recipient=to, consent=on, channel="email")


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


OSH = kernel.OSH
