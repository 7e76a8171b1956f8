"""The booking in the demonstration: consents, seats, changes, notices version by version, tickets."""

from datetime import date, timedelta

from django.utils import timezone

from safar.assistance.cases.actions.consents import ConsentTerms, give_consent, is_child
from safar.assistance.cases.choices.sharing import (
    Channel,
    ConsentKind,
    ConsentPrompt,
    DataKind,
    SharingPurpose,
    StandsAs,
)
from safar.assistance.cases.models import Case, CaseMember, Consent, Partner
from safar.assistance.movements.actions import bookings, escorts, notices
from safar.assistance.movements.actions.booking_checks import NewBooking, Seat
from safar.assistance.movements.actions.escorts import NewEscort
from safar.assistance.movements.choices import EscortKind, Fare, Payer
from safar.assistance.movements.models import MovementFile, MovementJourney
from safar.assistance.movements.queries.loan import travellers
from safar.assistance.movements.rules.ages import ADULT_FARE_FROM, age_on
from safar.core.permissions import Actor
from safar.simulation.clock import on_day
from safar.simulation.movements_year import ways
from safar.simulation.movements_year.plans import Plan

LANGUAGE = {"AFG": "Dari", "IRN": "Farsi", "SYR": "Arabic", "UZB": "Uzbek", "TJK": "Russian"}
MAY_KNOW = (DataKind.IDENTITY, DataKind.PAPERS, DataKind.JOURNEY, DataKind.NEEDS)
CHANGED = ("changed", "unanswered")
EARLIER = timedelta(days=2)  # a changed booking was first made for two days before
HELD_UNTIL, HELP_BEFORE = timedelta(days=4), timedelta(hours=3)
HOLDS = timedelta(days=400)
DESK = "Arrivals desk"


def agree(plan: Plan, actor: Actor, case: Case) -> None:
    """Each of them agrees to what the missions may know; for a child her parent does."""
    if not plan.is_told:
        return
    partners = [ways.receiving(plan.town)]
    if plan.is_met_in_transit:
        partners.append(ways.transit())
    for member in applicant_first(case):
        terms(actor, case, member, dict.fromkeys(partners, MAY_KNOW), LANGUAGE[plan.nation])


def terms(
    actor: Actor,
    case: Case,
    member: CaseMember,
    recipients: "dict[Partner, tuple[str, ...]]",
    language: str,
    interpreter: str = "",
) -> Consent:
    """What one of them agreed to, a parent for a child."""
    today = timezone.localdate()
    parent = str(applicant_first(case)[0].person)
    by_parent = {"kind": ConsentKind.PROXY, "given_by": parent, "stands_as": StandsAs.PARENT}
    given = ConsentTerms(
        member.person,
        SharingPurpose.JOURNEY,
        recipients,
        language,
        told=list(ConsentPrompt.values),
        interpreter=interpreter,
        expires_on=today + HOLDS,
        **(by_parent if is_child(member.person, today) else {}),  # type: ignore[arg-type]
    )
    return give_consent(actor, case, terms=given)


def book(plan: Plan, actor: Actor, case: Case) -> None:
    day = plan.flies - EARLIER if plan.twist in CHANGED else plan.flies
    bookings.book(actor, case, new=_new(plan, case, day))


def change(plan: Plan, actor: Actor, case: Case) -> None:
    """The carrier puts the flight off by two days; or the state asks to wait, and it is given back."""
    if plan.twist in CHANGED:
        bookings.change_booking(actor, journey(case), new=_new(plan, case, plan.flies))
    if plan.twist == "cancelled":
        reason = "The mission there asks to wait until a flat is found"
        bookings.cancel_booking(actor, journey(case), reason=reason)


def _new(plan: Plan, case: Case, day: date) -> NewBooking:
    flights = ways.legs(plan.begins_at, plan.town, day)
    scheme = MovementFile.objects.select_related("scheme").get(case=case).scheme
    by_agreement = scheme.fare != Fare.PUBLIC
    return NewBooking(
        carrier=ways.CARRIER,
        reference=f"TK{plan.number:02d}{plan.town[0]}{plan.nation[0]}",
        fare=scheme.fare,
        legs=flights,
        passengers=[_seat(plan, one, scheme.payer) for one in travellers(case)],
        agreement=ways.AGREEMENT if by_agreement else "",
        held_until=plan.flies - HELD_UNTIL,
        help_from=flights[0].departs_at - HELP_BEFORE,
        receiving=ways.receiving(plan.town) if plan.is_told else None,
        transit=ways.transit() if plan.is_told and plan.is_met_in_transit else None,
    )


def _seat(plan: Plan, member: CaseMember, payer: str) -> Seat:
    age = age_on(member.person.birth, plan.flies)
    is_childs = age is not None and age < ADULT_FARE_FROM
    pays = Payer.SELF if payer == Payer.SPONSOR and member.role == "applicant" else payer
    return Seat(member, ways.fare(plan.town, is_child=is_childs), "USD", pays)


def add_escort(plan: Plan, actor: Actor, case: Case) -> None:
    if plan.twist != "escort":
        return
    back = plan.day(4)
    new = NewEscort(
        EscortKind.MEDICAL, "Dr A. Osmonova", "PE0418822", back + timedelta(days=1900), back,
        visa_until=back + timedelta(days=60),
    )  # fmt: skip
    escorts.add_escort(actor, journey(case), new=new)


def report_escort(plan: Plan, actor: Actor, case: Case) -> None:
    for one in journey(case).escorts.all():
        words = "Oxygen twice over the Atlantic, handed over to a doctor at the gate"
        escorts.report_escort(actor, one, on=timezone.localdate(), words=words)


def issue(plan: Plan, actor: Actor, case: Case) -> None:
    """Tickets for those who are ready; who is not keeps her seat held."""
    found = journey(case)
    members = found.passengers.order_by("member").values_list("member", flat=True)
    tickets = {key: f"235-{plan.number:02d}{n:04d}" for n, key in enumerate(members, 4711)}
    bookings.ticket(actor, found, tickets=tickets)


def tell(plan: Plan, actor: Actor, case: Case) -> None:
    """Each mission is told what it does not know; next day it says that it has read it."""
    if not plan.is_told:
        return
    found = journey(case)
    for mission in filter(None, (found.receiving, found.transit)):
        tell_one(plan, actor, found, mission)


def tell_of_departure(plan: Plan, actor: Actor, case: Case) -> None:
    if not plan.is_long_over:
        tell(plan, actor, case)


def tell_one(plan: Plan, actor: Actor, found: MovementJourney, mission: Partner) -> None:
    told = list(found.notices.filter(recipient=mission).order_by("number"))
    if notices.kind_for(found, mission, told) is None:
        return
    consent = Consent.objects.get(case=found.case_id, person__memberships__role="applicant")
    sent = notices.send_notice(
        actor, found, recipient=mission, consent=consent, channel=Channel.EMAIL
    )
    answers_on = timezone.localdate() + timedelta(days=1)
    is_silent = plan.twist == "unanswered" and sent.number > 1
    if is_silent or answers_on >= plan.today:
        return
    with on_day(answers_on, 9):
        notices.acknowledge(actor, sent, by=DESK, at=timezone.now(), words="Read, thank you")


def journey(case: Case) -> MovementJourney:
    """The booking that was made last."""
    rows = MovementJourney.objects.select_related("case", "receiving", "transit").filter(case=case)
    return rows.latest("pk")


def applicant_first(case: Case) -> list[CaseMember]:
    return sorted(travellers(case), key=lambda one: one.role != "applicant")
