"""Travel loans in the demonstration: drafted, signed, handed to the body that collects, repaid."""

from decimal import Decimal

from django.utils import timezone

from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import loans
from safar.assistance.movements.choices import LoanStatus
from safar.assistance.movements.models import MovementFile, TravelLoan
from safar.core.permissions import Actor
from safar.simulation.clock import on_day
from safar.simulation.movements_year.booking import applicant_first
from safar.simulation.movements_year.plans import Plan

COLLECTS = {"CAN": "IRCC, collection of loans", "USA": "The resettlement agency"}
FIRST_INSTALMENT, EVERY = 62, 31  # days after the flight
INSTALMENTS, MOST = 36, 6


def draft(plan: Plan, actor: Actor, case: Case) -> None:
    file = MovementFile.objects.select_related("scheme").get(case=case)
    if file.scheme.loan_adult is not None:
        loans.draft_loan(actor, case)


def sign(plan: Plan, actor: Actor, case: Case) -> None:
    loan = TravelLoan.objects.filter(case=case, status=LoanStatus.DRAFT).first()
    if loan:
        loans.sign_loan(actor, loan, signer=applicant_first(case)[0], on=timezone.localdate())


def assign(plan: Plan, actor: Actor, case: Case) -> None:
    """Handed over to whoever collects, who tells of each instalment."""
    loan = TravelLoan.objects.filter(case=case, status=LoanStatus.SIGNED).first()
    if loan is None:
        return
    to = COLLECTS[MovementFile.objects.get(case=case).destination]
    loan = loans.assign_loan(actor, loan, to=to, on=timezone.localdate())
    repay(plan, actor, loan)


def repay(plan: Plan, actor: Actor, loan: TravelLoan) -> None:
    each = (loan.amount / INSTALMENTS).quantize(Decimal(1))
    for number in range(MOST):
        day = plan.day(FIRST_INSTALMENT + number * EVERY)
        is_last = plan.twist == "repaid" and number == MOST - 1
        if day >= plan.today:
            return
        amount = loan.amount - each * number if is_last else each
        with on_day(day, 11):
            loans.record_repayment(
                actor, loan, amount=amount, paid_on=timezone.localdate(),
                receipt=f"R-{plan.number:02d}-{number + 1}",
            )  # fmt: skip
            loan.refresh_from_db()
