"""What the case page shows of the travel loan, and how a loan stands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.choices import JourneyStatus, LoanStatus
from safar.assistance.movements.models import Leg, LoanRepayment, MovementFile, TravelLoan
from safar.assistance.movements.rules.loans import balance
from safar.assistance.movements.workflow import ACCEPTED
from safar.core.errors import NotFound
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Standing:
    """A loan, its instalments, and what is still owed of it."""

    loan: TravelLoan
    repayments: tuple[LoanRepayment, ...]

    @property
    def left(self) -> Decimal:
        return balance(self.loan.amount, (one.amount for one in self.repayments))

    @property
    def repaid(self) -> Decimal:
        return self.loan.amount - self.left


def part(actor: Actor, file: MovementFile) -> dict[str, Any]:
    """The context of this part of the page."""
    standing = standing_of(actor, file.case)
    return {"loan": standing, "loan_offered": offered(file)}


def offered(file: MovementFile) -> bool:
    """Whether a note may be drafted: the scheme gives loans, and the state has accepted them."""
    return file.scheme.loan_adult is not None and file.case.status in ACCEPTED


def standing_of(actor: Actor, case: Case) -> Standing | None:
    """The loan that stands, if there is one: two statements."""
    found = (
        TravelLoan.objects.visible_to(actor)
        .filter(case=case)
        .exclude(status=LoanStatus.CANCELLED)
        .select_related("signer__person")
        .prefetch_related("repayments", "signer__person__names")
        .first()
    )
    return Standing(found, tuple(found.repayments.all())) if found else None


def loan_of(actor: Actor, case: Case) -> Standing:
    """The loan that stands.

    Raises:
        NotFound: there is none, or it is out of sight.
    """
    found = standing_of(actor, case)
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def cancelled(actor: Actor, case: Case) -> "QuerySet[TravelLoan]":
    """Promissory notes of the case that do not count any more."""
    rows = TravelLoan.objects.visible_to(actor)
    return rows.filter(case=case, status=LoanStatus.CANCELLED).order_by("number")


def travellers(case: Case) -> "QuerySet[CaseMember]":
    """Everybody of the case who has not left it."""
    return (
        case.members.filter(left_on=None)
        .select_related("person")
        .prefetch_related("person__names")
        .order_by("pk")
    )


def flies_on(case: Case) -> date:
    """The day of the first flight that is booked; today where none is."""
    live = (JourneyStatus.HELD, JourneyStatus.TICKETED, JourneyStatus.DEPARTED)
    legs = Leg.objects.filter(case=case, journey__status__in=live)
    first = legs.aggregate(first=Min("departs_at"))["first"]
    return timezone.localdate(first) if first else timezone.localdate()
