"""Within how many days is an address registered, and who is free of it? As two people agreed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.stays.rules import MOST_DAYS, Term
from safar.core.permissions import Actor
from safar.core.record import Record


def nobody() -> list[str]:
    return []


class RegistrationRule(Record):
    """A rule as it was proposed; it holds from its day on once another person agreed in time.

    What it says never changes, and the database lets nothing of it change once it is decided:
    another one follows it. It is the authority's word; Safar brings no law with it.
    """

    retention: ClassVar[str] = "for ever: what was counted by it stands in it"

    days = models.PositiveSmallIntegerField(_("Days"))
    working = models.BooleanField(_("Working days only"))
    free = ArrayField(
        models.CharField(max_length=3), verbose_name=_("Citizens who need not"), default=nobody
    )
    act = models.CharField(_("By which act"), max_length=250)
    from_day = models.DateField(_("From"))
    declined_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-from_day", "-proposed_at")
        constraints = (
            two_people("proposed", "approved", name="registration_rule_two_people"),
            models.CheckConstraint(
                condition=Q(days__range=(1, MOST_DAYS)), name="registration_rule_days"
            ),
            models.CheckConstraint(condition=~Q(act=""), name="registration_rule_by_an_act"),
            models.CheckConstraint(
                condition=Q(declined_at=None) | Q(approved_at=None),
                name="registration_rule_declined_or_approved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.days} from {self.from_day}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The rule is no secret; what is only proposed is read by those who work on stays."""
        return Q() if actor.may("stays.read") else Q(approved_at__isnull=False)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second person."""
        return self.approved_at is None and self.declined_at is None

    @property
    def term(self) -> Term:
        return Term(self.days, self.working, self.act, tuple(self.free))
