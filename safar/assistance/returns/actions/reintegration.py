"""After the plan: grants by the scheme's lines, the visits at one, six and twelve months."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.following import NewFollowUp, plan_follow_up
from safar.assistance.cases.actions.granting import NewGrant, give_grant
from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.choices.case import Closure
from safar.assistance.cases.choices.money import PaymentStatus
from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.cases.models import BudgetLine, Case, Grant, Payment
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.returns.by_the_scheme import rule_of
from safar.assistance.returns.choices import GrantPurpose
from safar.assistance.returns.models import ReturnFile
from safar.assistance.returns.rules import FOLLOW_UP, Line, monitoring_windows
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

OVER = (PaymentStatus.RECONCILED, PaymentStatus.CANCELLED, PaymentStatus.RETURNED)


def schedule_visits(actor: Actor, case: Case, arrived_on: date) -> None:
    """Plan the monitoring visits from the day of arrival on; what is planned stays."""
    for window in monitoring_windows(arrived_on):
        new = NewFollowUp(
            title=gettext("Monitoring visit, month {months}").format(months=window.months),
            due_from=window.earliest,
            due_to=window.latest,
            code=FOLLOW_UP.format(window.months),
        )
        plan_follow_up(actor, case, new=new)


@action("returns.grant", policies=(in_sight, still_open))
def grant(actor: Actor, case: Case, *, entitled: Line, line: BudgetLine, ceiling: Decimal) -> Grant:
    """Give a grant of the scheme's line, up to what the scheme gives this family.

    Raises:
        RuleBroken: the plan is not chosen yet, the claim is too late, or the scheme gives less.
    """
    file = ReturnFile.objects.select_related("scheme").get(case=case)
    note(scheme=file.scheme.code, purpose=entitled.purpose)
    return give_grant(
        actor,
        case,
        new=NewGrant(
            line=line,
            kind=entitled.given,
            purpose=str(GrantPurpose(entitled.purpose).label),
            ceiling=ceiling,
            rule=rule_of(file, entitled),
        ),
    )


@action("returns.finish_help", policies=(in_sight, still_open))
def finish_help(actor: Actor, case: Case) -> Case:
    """State that the last tranche is paid: from now on there are only visits."""
    open_payments = Payment.objects.filter(grant__case=case).exclude(status__in=OVER)
    if open_payments.exists():
        raise RuleBroken(_("Payments are not finished: pay, reconcile or cancel them first."))
    return move_case(actor, case, move="finish_help")


@action("returns.complete", policies=(in_sight, still_open))
def complete(actor: Actor, case: Case) -> Case:
    """Complete a return after the visit of the twelfth month."""
    if case.follow_ups.filter(status=FollowUpStatus.DUE).exists():
        raise RuleBroken(_("Visits are still due: make them, or write down why they failed."))
    return move_case(actor, case, move="complete", closure=Closure.COMPLETED)
