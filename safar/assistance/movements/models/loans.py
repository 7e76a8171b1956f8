"""Travel loans: a promissory note for the family's fares, to whom it is repaid, and what was."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.sight import of_case
from safar.assistance.movements.choices import LoanStatus
from safar.assistance.movements.models.files import RETENTION
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned


class TravelLoan(Versioned):
    """The promissory note of a family, by its scheme's amounts for adults and children."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("number", "amount", "currency", "signed_on", "status")

    case = models.ForeignKey(Case, models.CASCADE, related_name="travel_loans")
    status = models.CharField(
        _("State"), max_length=9, choices=LoanStatus, default=LoanStatus.DRAFT
    )
    number = models.CharField(_("Promissory note"), max_length=30, unique=True)
    adults = models.PositiveSmallIntegerField(_("Adults"))
    children = models.PositiveSmallIntegerField(_("Children"))
    amount = models.DecimalField(_("Amount"), max_digits=10, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    signer = models.ForeignKey(
        CaseMember, models.PROTECT, null=True, verbose_name=_("Who signed"), related_name="+"
    )
    signed_on = models.DateField(_("Signed on"), null=True)
    assigned_to = models.CharField(_("Repaid to"), max_length=120, blank=True)
    assigned_on = models.DateField(_("Assigned on"), null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=~Q(status=LoanStatus.CANCELLED), name="loan_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, currency__regex=r"^[A-Z]{3}$"), name="loan_amount"
            ),
            models.CheckConstraint(
                condition=Q(status__in=(LoanStatus.DRAFT, LoanStatus.CANCELLED))
                | Q(signer__isnull=False, signed_on__isnull=False),
                name="loan_signed_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(LoanStatus.ASSIGNED, LoanStatus.REPAID))
                | Q(assigned_on__isnull=False) & ~Q(assigned_to=""),
                name="loan_assigned_to_whom",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class LoanRepayment(Event):
    """An instalment that the body which collects told us of."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("amount", "paid_on")
    kept_when_erased: ClassVar[frozenset[str]] = frozenset({"receipt"})

    case = models.ForeignKey(Case, models.CASCADE, related_name="loan_repayments")
    loan = models.ForeignKey(TravelLoan, models.CASCADE, related_name="repayments")
    amount = models.DecimalField(_("Amount"), max_digits=10, decimal_places=2)
    paid_on = models.DateField(_("Paid on"))
    receipt = models.CharField(_("Receipt"), max_length=40)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("paid_on",)
        constraints = (
            models.UniqueConstraint("loan", "receipt", name="repayment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="repayment_positive"),
        )

    def __str__(self) -> str:
        return f"{self.loan_id} {self.amount}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
