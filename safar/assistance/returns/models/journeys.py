"""The journey home: the flight, who meets it, and what was handed over on arrival."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case
from safar.assistance.cases.sight import of_case
from safar.assistance.returns.choices import Met
from safar.assistance.returns.models.files import RETENTION
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned


class Journey(Versioned):
    """A flight home, and what is arranged for the landing."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "flight", "departs_from", "departs_at", "arrives_at", "onward_to",
    )  # fmt: skip

    case = models.OneToOneField(Case, models.CASCADE, related_name="journey")
    flight = models.CharField(_("Flight"), max_length=10)
    departs_from = models.CharField(_("From"), max_length=60)
    departs_at = models.DateTimeField(_("Departs"))
    arrives_at = models.DateTimeField(_("Lands"))
    airport = models.CharField(_("Lands at"), max_length=60)
    needs_on_board = models.CharField(_("Needed on board"), max_length=200, blank=True)
    meets = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("Who meets"), related_name="+"
    )
    onward_to = models.CharField(_("Onward to"), max_length=80, blank=True)
    onward_by = models.CharField(_("By"), max_length=80, blank=True)
    medical_handover_to = models.CharField(_("Handed over to a doctor"), max_length=120, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(arrives_at__gt=F("departs_at")), name="journey_lands_after_departure"
            ),
        )

    def __str__(self) -> str:
        return f"{self.flight} {self.arrives_at:%Y-%m-%d}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Reception(Event):
    """What happened at the airport, written there: met or not, and what was handed over."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("met", "received_at", "pocket_money", "receipt")

    case = models.ForeignKey(Case, models.CASCADE, related_name="receptions")
    met = models.CharField(_("Met or not"), max_length=12, choices=Met)
    received_at = models.DateTimeField(_("When"))
    received_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    onward = models.CharField(_("Went on by"), max_length=120, blank=True)
    medical = models.CharField(_("Handed over to"), max_length=120, blank=True)
    pocket_money = models.DecimalField(
        _("Pocket money"), max_digits=10, decimal_places=2, null=True
    )
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    receipt = models.CharField(_("Receipt"), max_length=40, blank=True)
    remark = models.CharField(_("Remark"), max_length=300, blank=True)

    class Meta:
        constraints = (
            # Money changes hands against a receipt, or not at all.
            models.CheckConstraint(
                condition=Q(pocket_money=None, receipt="")
                | Q(pocket_money__gt=0, currency__regex=r"^[A-Z]{3}$") & ~Q(receipt=""),
                name="reception_money_against_receipt",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.met}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
