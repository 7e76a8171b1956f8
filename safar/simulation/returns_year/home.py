"""The way home in the demonstration: referral, counselling, declaration, flight, arrival."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from safar.assistance.cases.actions.consents import ConsentTerms, give_consent
from safar.assistance.cases.actions.following import Tried, close_follow_up, record_attempt
from safar.assistance.cases.actions.opening import NewCase, NewMember
from safar.assistance.cases.choices.case import Closure, MemberRole
from safar.assistance.cases.choices.sharing import ConsentPrompt, SharingPurpose
from safar.assistance.cases.choices.work import AttemptResult, AttemptWay, FollowUpStatus
from safar.assistance.cases.models import Case, Partner
from safar.assistance.returns.actions import before, journey
from safar.assistance.returns.actions.before import MissionReferral, Signed
from safar.assistance.returns.actions.journey import Flight, Handed
from safar.assistance.returns.choices import Met, Order
from safar.assistance.returns.models import ReturnFile, Scheme, VulnerabilityScreening
from safar.assistance.returns.programme import RETURNS
from safar.assistance.returns.rules import ASSESSMENT
from safar.core.permissions import Actor
from safar.simulation import mission
from safar.simulation.returns_year.plans import SENDERS, Plan

TOWNS = ("Naryn", "Talas", "Osh", "Karakol", "Jalal-Abad", "Batken", "Tokmok", "Kara-Balta")
REPORTS_UNTIL = timedelta(days=500)  # beyond the report of the twelfth month


def refer(plan: Plan, actor: Actor) -> Case:
    scheme = Scheme.objects.get(code=plan.scheme)
    office = mission.office(plan.worker.office)
    roles = (MemberRole.APPLICANT, *(MemberRole.CHILD for _ in plan.people[1:]))
    new = NewCase(
        programme=RETURNS.code,
        office=office,
        purpose="Return and reintegration",
        members=[NewMember(one, role) for one, role in zip(plan.people, roles, strict=True)],
        scheme=scheme.code,
    )
    reference = f"{scheme.sending}-{plan.referred:%y%m%d}"
    return before.receive_referral(actor, MissionReferral(new, scheme, "KGZ", reference)).case


def counsel(plan: Plan, actor: Actor, case: Case) -> None:
    before.counsel(actor, case)
    before.record_order(actor, case, order=plan.order)
    if plan.order == Order.STANDS:
        before.end(
            actor, case, closure=Closure.REFERRED, reason="A deportation order stands: legal aid"
        )
        return
    for member in case.members.select_related("person"):
        answers = dict.fromkeys(VulnerabilityScreening.ASKED, False)
        answers["health"] = plan.is_vulnerable and member.role == MemberRole.APPLICANT
        before.screen(actor, case, person=member.person, answers=answers)


def assess(plan: Plan, actor: Actor, case: Case) -> None:
    """The full assessment of those who said yes to one of the questions."""
    for visit in case.follow_ups.filter(code__startswith=ASSESSMENT):
        met = Tried(AttemptWay.CALL, AttemptResult.REACHED, timezone.now() - timedelta(hours=1))
        record_attempt(actor, visit, tried=met)
        remark = "Needs her medicine on board and a doctor in her town; both are arranged"
        close_follow_up(actor, visit, status=FollowUpStatus.DONE, remark=remark)


def sign(plan: Plan, actor: Actor, case: Case) -> None:
    applicant = case.members.get(role=MemberRole.APPLICANT).person
    for member in case.members.select_related("person"):
        guardian = None if member.person_id == applicant.pk else applicant
        signed = Signed(timezone.localdate(), "ky", "1", guardian=guardian)
        before.sign(actor, case, person=member.person, signed=signed)
    before.declare(actor, case)
    sending = Partner.objects.get(country=ReturnFile.objects.get(case=case).sending)
    terms = ConsentTerms(
        applicant,
        SharingPurpose.REPORT,
        {sending: ["identity", "journey", "assistance"]},
        "Kyrgyz",
        told=list(ConsentPrompt.values),
        expires_on=timezone.localdate() + REPORTS_UNTIL,
    )
    give_consent(actor, case, terms=terms)


def book(plan: Plan, actor: Actor, case: Case) -> None:
    city, number, airport = SENDERS[plan.scheme]
    lands = timezone.now() + (plan.flies - timezone.localdate()) - timedelta(hours=4)
    flight = Flight(
        number=number,
        departs_from=city,
        departs_at=lands - timedelta(hours=5),
        arrives_at=lands,
        airport=airport,
        meets=mission.user(plan.worker),
        onward_to=TOWNS[plan.referred.toordinal() % len(TOWNS)],
        onward_by="car 2",
    )
    journey.arrange_travel(actor, case, flight=flight)


def fly(plan: Plan, actor: Actor, case: Case) -> None:
    journey.depart(actor, case)
    money = next(
        (line for line in ReturnFile.objects.get(case=case).scheme.lines.all()
         if (line.purpose, line.per) == ("pocket", "adult")),
        None,
    )  # fmt: skip
    at = timezone.now() - timedelta(hours=3)
    handed = Handed(Met.MET, at, onward="car 2")
    if money:
        handed = Handed(
            Met.MET, at, onward="car 2", pocket_money=Decimal(money.ceiling),
            currency=money.currency, receipt=f"P-{case.number[-4:]}",
        )  # fmt: skip
    journey.receive(actor, case, handed=handed)
