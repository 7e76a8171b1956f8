"""From which likeness on does a list stop somebody, who proposed another, and what would it mean?"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.watchlist.choices import ChangeStatus
from safar.control.watchlist.models.lists import WatchList
from safar.core.permissions import Actor
from safar.core.record import Record


class ThresholdChange(Record):
    """Another threshold for a list: proposed by one person, in force by another's agreement.

    `sample` is what screening last month's travellers anew gave, see `trials`; None until the
    work behind it has run.
    """

    list = models.ForeignKey(WatchList, models.PROTECT, related_name="thresholds")
    status = models.CharField(max_length=10, choices=ChangeStatus, default=ChangeStatus.PROPOSED)
    before = models.FloatField()
    after = models.FloatField(_("Names from this likeness on"))
    reason = models.CharField(_("Reason"), max_length=200)
    sample = models.JSONField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ChangeStatus.values), name="threshold_change_status"
            ),
            models.CheckConstraint(
                condition=Q(after__gte=0.5, after__lte=1) & ~Q(after=F("before")),
                name="threshold_change_after",
            ),
            two_people("proposed", "decided", name="threshold_change_two_people"),
            models.CheckConstraint(
                condition=~Q(status="published") | ~Q(decided_at=None),
                name="threshold_change_by_second",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="threshold_change_reason"),
            models.UniqueConstraint(
                fields=("list",), condition=Q(status="proposed"), name="threshold_change_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.before} {self.after} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class ScreenedDay(Record):
    """How many travellers the booths screened on a day, as the border hands it over."""

    day = models.DateField(unique=True)
    travellers = models.PositiveIntegerField()

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.travellers}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])
