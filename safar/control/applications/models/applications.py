"""Who applies, what it costs, who typed and who decided it; and each of its moves."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.travellers.choices import Sex
from safar.core.record import Event, Versioned
from safar.reference.partial_date_field import PartialDateField


class ApplicationBase(Versioned):
    """What one person asks for at one office. Read under `number`, which is random: none leads to
    the next.
    """

    number = models.CharField(_("Reference"), max_length=12, unique=True)
    surname = models.CharField(_("Surname"), max_length=60)
    given_names = models.CharField(_("Given names"), max_length=60, blank=True)
    birth = PartialDateField(_("Born"))
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex, blank=True)
    nationality = models.CharField(_("Citizen of"), max_length=3)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    fee_due = models.DecimalField(_("Fee"), max_digits=8, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # by the applicant, or by who types for her
    submitted_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)
    decision_reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ("-begun_at",)

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()


class MoveBase(Event):
    """One move of an application. `by` is empty where the applicant herself did it."""

    exports: ClassVar[tuple[str, ...]] = ("move", "at", "note")

    application: Any
    move = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.move}"  # type: ignore[attr-defined]
