"""From the referral to the last paper in the demonstration: each step on its day, by its worker."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from safar.assistance.cases.actions.opening import NewCase
from safar.assistance.cases.choices.case import Closure
from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import opening, steps, together
from safar.assistance.movements.actions.opening import MovementReferral
from safar.assistance.movements.actions.steps import Got, NewInterview
from safar.assistance.movements.choices import Priority, ReferredBy, StepKind, StepStatus
from safar.assistance.movements.models import MovementScheme, Step
from safar.assistance.movements.programme import MOVEMENTS
from safar.assistance.movements.queries.steps import open_steps, scheme_step
from safar.assistance.movements.rules.months import months_later
from safar.core.permissions import Actor
from safar.simulation import mission
from safar.simulation.clock import on_day
from safar.simulation.movements_year import people, ways
from safar.simulation.movements_year.plans import Plan

PURPOSE = "Resettlement"
INTERVIEW_IN = timedelta(days=12)  # from the day on which it is set
INTERPRETERS = {"fa": "N. Karimi", "ar": "S. Haddad", "ru": "", "uz": "T. Nazarov"}
SPONSORS = ("St Andrew's parish, Calgary", "The brother in Toronto", "Newcomers' circle of Halton")
BY = {"FAM-REUN": ReferredBy.FAMILY, "SELF-PAY": ReferredBy.SELF, "AUS-HUM": ReferredBy.STATE}
EXIT_RUNS_OUT_IN, DECISION_RAN_OUT = timedelta(days=9), timedelta(days=3)


def refer(plan: Plan, actor: Actor) -> Case:
    new = NewCase(
        programme=MOVEMENTS.code,
        office=mission.office(plan.worker.office),
        purpose=PURPOSE,
        members=people.family(plan),
    )
    referral = MovementReferral(
        new,
        MovementScheme.objects.filter(code=plan.scheme).latest("valid_from"),
        ways.country(plan.town),
        "KGZ",
        BY.get(plan.scheme, ReferredBy.UNHCR),
        plan.town,
        priority=Priority.URGENT if plan.twist == "escort" else Priority.NORMAL,
        sponsor=_sponsor(plan),
        size=plan.size,
    )
    return opening.receive_referral(actor, referral).case


def _sponsor(plan: Plan) -> str:
    if plan.scheme == "CAN-PSR":
        return SPONSORS[plan.number % len(SPONSORS)]
    return f"The family in {plan.town}" if plan.scheme == "FAM-REUN" else ""


def set_interviews(plan: Plan, actor: Actor, case: Case) -> None:
    """Everybody who is asked is asked on one day, one after the other."""
    if plan.is_long_over:
        return
    language = people.SPOKEN[plan.nation]
    day = timezone.localdate() + INTERVIEW_IN
    for number, step in enumerate(open_steps(case, StepKind.INTERVIEW)):
        at = timezone.make_aware(datetime.combine(day, time(9 + number)))
        venue = f"{plan.begins_at}, mission, room 2"
        new = NewInterview(at, venue, language, INTERPRETERS[language], timezone.localdate())
        steps.set_interview(actor, step, new=new)


def interviewed(plan: Plan, actor: Actor, case: Case) -> None:
    finish(actor, case, StepKind.INTERVIEW)


def answer(plan: Plan, actor: Actor, case: Case) -> None:
    """The receiving state accepts them, or does not."""
    if plan.twist == "not_accepted":
        opening.not_accepted(actor, case, reason="Their letter gives no reason")
        return
    state = ways.country(plan.town)
    reference = f"{state}-{timezone.localdate():%y}-{4000 + plan.number * 37}"
    opening.accept(actor, case, on=timezone.localdate(), reference=reference)


def ask(plan: Plan, actor: Actor, case: Case) -> None:
    """Exit permission and travel document are asked for, everybody's at once."""
    if plan.twist == "aside":
        opening.put_aside(actor, case, reason="The wife expects a child, they go on in spring")
        return
    ask_for(plan, actor, case, StepKind.EXIT_PERMISSION, plan.day(-43))
    ask_for(plan, actor, case, StepKind.TRAVEL_DOCUMENT, plan.day(-57))


def get_document(plan: Plan, actor: Actor, case: Case) -> None:
    if plan.twist == "withdrew":
        reason = "The parents stay with the grandmother, who fell ill"
        opening.end(actor, case, closure=Closure.WITHDRAWN, reason=reason)
        return
    if plan.is_long_over:
        finish(actor, case, StepKind.TRAVEL_DOCUMENT)
        return
    for number, step in enumerate(open_steps(case, StepKind.TRAVEL_DOCUMENT), 1):
        got = Got(timezone.localdate(), until(step), f"P{plan.number:02d}4{number:03d}")
        steps.finish(actor, step, got=got)


def get_security(plan: Plan, actor: Actor, case: Case) -> None:
    finish(actor, case, StepKind.SECURITY)
    ask_for(plan, actor, case, StepKind.VISA, plan.day(-40))


def get_exit(plan: Plan, actor: Actor, case: Case) -> None:
    ends = plan.today + EXIT_RUNS_OUT_IN if plan.twist == "runs_out" else None
    finish(actor, case, StepKind.EXIT_PERMISSION, ends)


def get_visa(plan: Plan, actor: Actor, case: Case) -> None:
    if plan.twist == "refused":
        first = open_steps(case, StepKind.VISA)[0]
        steps.refuse(actor, first, remark="They ask for a certificate of her first marriage")
    finish(actor, case, StepKind.VISA)


def lose_decision(plan: Plan, actor: Actor, case: Case) -> None:
    """The state puts an end to its letter that has passed by now: a new one is asked for."""
    if plan.twist != "decision":
        return
    ends = plan.today - DECISION_RAN_OUT
    for step in Step.objects.filter(case=case, kind=StepKind.DECISION, status=StepStatus.DONE):
        number = step.reference
        again = steps.again(actor, step, remark="Their new letter names a last day")
        got = Got(timezone.localdate(), ends, number, "a new letter is asked for")
        steps.finish(actor, again, got=got)


def get_transit_visa(plan: Plan, actor: Actor, case: Case) -> None:
    finish(actor, case, StepKind.TRANSIT_VISA)


def join(one: tuple[Plan, Case], other: tuple[Plan, Case]) -> None:
    """The grandmother travels with her son's family."""
    plan, case = one
    with on_day(plan.day(-80)):
        together.travel_together(
            mission.actor(plan.worker), case, other=other[1], why="His mother, she is not alone"
        )


def ask_for(plan: Plan, actor: Actor, case: Case, kind: str, answer_by: date) -> None:
    if plan.is_long_over:
        return
    for step in open_steps(case, kind):
        steps.ask(actor, step, on=timezone.localdate(), answer_by=answer_by)


def finish(actor: Actor, case: Case, kind: str, ends: date | None = None) -> None:
    """Everybody's step of a kind is done today, and holds as long as the scheme says."""
    found = open_steps(case, kind)
    if found:
        got = Got(timezone.localdate(), ends or until(found[0]))
        steps.finish_for(actor, case, steps=found, got=got)


def until(step: Step) -> date | None:
    asked = scheme_step(step)
    months = asked.valid_months if asked else None
    return months_later(timezone.localdate(), months) if months else None
