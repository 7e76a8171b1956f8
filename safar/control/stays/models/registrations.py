"""Where a foreigner lives, who reported it, and how late by the rule of that day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.stays.choices import Host
from safar.control.stays.models.of_entry import OfEntry
from safar.control.stays.models.registration_rules import RegistrationRule
from safar.core.permissions import Actor
from safar.core.record import Event


class Registration(OfEntry, Event):
    """An address during one stay. A new address is a new row; `rule` None: nobody is late."""

    retention = "three years after the stay"
    exports: ClassVar[tuple[str, ...]] = (
        "address", "region", "from_day", "until", "host_kind", "host", "registered_at", "days_late",
    )  # fmt: skip

    address = models.CharField(_("Address"), max_length=250)
    region = models.CharField(_("Region"), max_length=80)
    from_day = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    host_kind = models.CharField(_("Reported by"), max_length=7, choices=Host)
    host = models.CharField(_("Name of the host or hotel"), max_length=160, blank=True)
    rule = models.ForeignKey(RegistrationRule, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    days_late = models.PositiveSmallIntegerField(_("Days late"), null=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-registered_at",)
        indexes = (
            models.Index("traveller", "from_day", name="registration_by_traveller"),
            models.Index(fields=("-registered_at",), name="registration_latest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gte=F("from_day")), name="registration_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(host_kind__in=Host.values) & (Q(host_kind="herself") | ~Q(host="")),
                name="registration_names_host",
            ),
            models.CheckConstraint(
                condition=Q(rule=None, due_on=None, days_late=None)
                | Q(rule__isnull=False, due_on__isnull=False, days_late__isnull=False),
                name="registration_late_by_a_rule",
            ),
        )

    def __str__(self) -> str:
        return f"registration {self.from_day}"


class RegistrationMistake(Event):
    """That a registration was written by mistake, found by another person: it counts for nothing.

    The row itself stays as it was written, and is shown with this beside it.
    """

    retention = "as the registration"
    exports: ClassVar[tuple[str, ...]] = ("reason", "struck_at")

    registration = models.OneToOneField(Registration, models.PROTECT, related_name="mistake")
    reason = models.CharField(_("What is wrong"), max_length=200)
    struck_at = models.DateTimeField()
    struck_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="registration_mistake_reason"),
        )

    def __str__(self) -> str:
        return f"{self.registration_id} by mistake"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Whose registration she sees."""
        return Q(registration__in=Registration.objects.visible_to(actor))
