"""Where a foreigner lives, who reported it, how late; and the rule by which late is counted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.stays.choices import Host
from safar.control.stays.models.of_entry import OfEntry
from safar.control.stays.rules import MOST_DAYS, Term
from safar.core.permissions import Actor
from safar.core.record import Event


class RegistrationRule(Event):
    """Within how many days an address is registered, by which act, from which day on.

    What is entered here is the authority's word; Safar brings no law with it.
    """

    days = models.PositiveSmallIntegerField(_("Days"))
    working = models.BooleanField(_("Working days only"))
    act = models.CharField(_("By which act"), max_length=250)
    from_day = models.DateField(_("From"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-from_day", "-set_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(days__range=(1, MOST_DAYS)), name="registration_rule_days"
            ),
            models.CheckConstraint(condition=~Q(act=""), name="registration_rule_by_an_act"),
        )

    def __str__(self) -> str:
        return f"{self.days} from {self.from_day}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()

    @property
    def term(self) -> Term:
        return Term(self.days, self.working, self.act)


class Registration(OfEntry, Event):
    """An address during one stay. A new address is a new row; `rule` is None for the default."""

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
    due_on = models.DateField()
    days_late = models.PositiveSmallIntegerField(_("Days late"))
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
        )

    def __str__(self) -> str:
        return f"registration {self.from_day}"
