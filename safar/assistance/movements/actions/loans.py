"""The family's travel loan: drafted by the scheme's amounts, signed, assigned, repaid."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.amounts import written
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.actions.step_moves import move_step
from safar.assistance.movements.choices import LoanStatus, StepKind
from safar.assistance.movements.models import LoanRepayment, MovementFile, TravelLoan
from safar.assistance.movements.policies import before_the_flight
from safar.assistance.movements.queries.loan import flies_on, travellers
from safar.assistance.movements.rules.ages import OF_AGE, youngest_on
from safar.assistance.movements.rules.loans import Owed, balance, may_repay, owed
from safar.assistance.movements.workflow import LOAN
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@action("movements.draft_loan", policies=(in_sight, still_open, before_the_flight))
def draft_loan(actor: Actor, case: Case) -> TravelLoan:
    """Draft the promissory note of everybody who travels, by their ages on the day of the flight.

    Raises:
        RuleBroken: the scheme gives no loan, one stands already, or an age is not known.
    """
    file = MovementFile.objects.select_related("scheme").get(case=case)
    if case.travel_loans.exclude(status=LoanStatus.CANCELLED).exists():
        raise RuleBroken(_("There is a promissory note already. Cancel it first."))
    sum_owed = _owed(file)
    if not sum_owed.amount:
        raise RuleBroken(_("Nobody travels on loan here."))
    return TravelLoan.objects.create(
        case=case,
        number=f"{case.number}-L{case.travel_loans.count() + 1}",
        adults=sum_owed.adults,
        children=sum_owed.children,
        amount=sum_owed.amount,
        currency=file.scheme.loan_currency,
    )


def _owed(file: MovementFile) -> Owed:
    adult, child = file.scheme.loan_adult, file.scheme.loan_child
    if adult is None or child is None:
        raise RuleBroken(_("Nobody travels on loan by this scheme."))
    day, ages = flies_on(file.case), []
    for member in travellers(file.case):
        age = youngest_on(member.person.birth, day)
        if age is None:
            raise RuleBroken(
                _("Write first when %(name)s was born: a child's fare is less.")
                % {"name": member.person}
            )
        ages.append(age)
    return owed(ages, adult, child)


@action("movements.sign_loan", policies=(in_sight, still_open))
def sign_loan(actor: Actor, loan: TravelLoan, *, signer: CaseMember, on: date) -> TravelLoan:
    """Keep that an adult of the family signed; everybody's step of the loan is done with it.

    Raises:
        RuleBroken: she is of another case, left it, is under age, or the day is to come.
    """
    LOAN.move(loan, "sign")
    _require_past(on)
    if signer.case_id != loan.case_id or signer.left_on is not None:
        raise RuleBroken(_("Somebody of the family signs."), field="signer")
    if (youngest_on(signer.person.birth, on) or 0) < OF_AGE:
        raise RuleBroken(_("Only who is 18 or older signs a promissory note."), field="signer")
    loan.signer, loan.signed_on = signer, on
    loan.save()
    for member in travellers(loan.case):
        move_step(loan.case_id, member, StepKind.LOAN, "finish", on=on, reference=loan.number)
    return loan


@action("movements.assign_loan", policies=(in_sight,))
def assign_loan(actor: Actor, loan: TravelLoan, *, to: str, on: date) -> TravelLoan:
    """Keep who collects the repayments from now on."""
    LOAN.move(loan, "assign")
    _require_past(on)
    if loan.signed_on and on < loan.signed_on:
        raise RuleBroken(_("It was signed later than that."), field="on")
    loan.assigned_to, loan.assigned_on = to, on
    loan.save()
    return loan


@action("movements.record_repayment", policies=(in_sight,))
def record_repayment(
    actor: Actor, loan: TravelLoan, *, amount: Decimal, paid_on: date, receipt: str
) -> LoanRepayment:
    """Keep an instalment that the body which collects told of; the last one closes the loan.

    The row of the loan is locked meanwhile: two at once are kept one after the other.

    Raises:
        RuleBroken: more than is owed, told already, to come, or nobody collects yet.
    """
    if loan.status != LoanStatus.ASSIGNED:
        raise RuleBroken(_("Instalments are kept once the loan is assigned, until it is repaid."))
    _require_past(paid_on)
    left = balance(loan.amount, loan.repayments.values_list("amount", flat=True))
    if not may_repay(left, amount):
        raise RuleBroken(
            _("%(left)s are left to be repaid.") % {"left": written(left, loan.currency)},
            field="amount",
        )
    if loan.repayments.filter(receipt=receipt).exists():
        raise RuleBroken(_("This receipt is kept already."), field="receipt")
    kept = LoanRepayment.objects.create(
        case_id=loan.case_id,
        loan=loan,
        amount=amount,
        paid_on=paid_on,
        receipt=receipt,
        noted_by_id=actor.person_id,
    )
    if amount == left:
        LOAN.move(loan, "repay")
        loan.save()
    note(loan=loan.number, is_last=amount == left)
    return kept


@action("movements.cancel_loan", policies=(in_sight, still_open))
def cancel_loan(actor: Actor, loan: TravelLoan) -> TravelLoan:
    """Cancel a promissory note before anybody left on it; a signed one must be signed anew.

    Raises:
        RuleBroken: somebody of the family has left.
    """
    was_signed = loan.status == LoanStatus.SIGNED
    LOAN.move(loan, "cancel")
    if loan.case.departures.exists():
        raise RuleBroken(_("Somebody of the family has left on it: it stands."))
    loan.save()
    if was_signed:
        for member in travellers(loan.case):
            move_step(loan.case_id, member, StepKind.LOAN, "again")
    return loan


def _require_past(day: date) -> None:
    if day > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="on")
