"""A stay that ran on after its last day, and what the traveller says to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.border.choices import RebuttalGround
from safar.control.stays.choices import Closed, RebuttalStatus
from safar.control.stays.models.of_entry import OfEntry
from safar.core.permissions import Actor
from safar.core.record import Versioned


class Overstay(OfEntry, Versioned):
    """Found by the night from the crossings. `since` is the first day that counts as over.

    One that was closed is never opened again: where what closed it stands no longer, a new row
    follows it, and the first keeps what was held then.
    `days_over` is written when the exit is seen; until then it grows with the days.
    """

    retention = "as the crossing: five years where the exit is missing"
    exports: ClassVar[tuple[str, ...]] = (
        "entered_on", "until", "since", "found_at", "closed_at", "closed_because", "left_on",
        "days_over",
    )  # fmt: skip

    citizenship = models.CharField(_("Citizen of"), max_length=3)
    until = models.DateField(_("Permitted until"))
    since = models.DateField(_("Over since"))
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=13, choices=Closed, blank=True)
    left_on = models.DateField(_("Left on"), null=True)
    days_over = models.PositiveIntegerField(_("Days over"), null=True)

    class Meta:
        ordering = ("since", "pk")
        indexes = (models.Index("since", condition=Q(closed_at=None), name="overstay_open_by_day"),)
        constraints = (
            models.UniqueConstraint(
                "crossing", condition=Q(closed_at=None), name="overstay_one_open"
            ),
            models.CheckConstraint(condition=Q(since__gt=F("until")), name="overstay_since"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_because="", days_over=None, left_on=None)
                | Q(closed_at__isnull=False, closed_because__in=Closed.values),
                name="overstay_closed_because",
            ),
            models.CheckConstraint(
                condition=Q(closed_because="exit", left_on__isnull=False, days_over__isnull=False)
                | ~Q(closed_because="exit"),
                name="overstay_left_on",
            ),
        )

    def __str__(self) -> str:
        return f"overstay since {self.since}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return super().scope(actor) & cls.shown()

    @classmethod
    def shown(cls) -> Q:
        """Of what the record does not tell, nothing is shown: it is as if it had not been found.

        Whoever left the ordinary flow is among these, and so cannot be told from the others.
        """
        return ~Q(closed_because=Closed.RECORD)


class Rebuttal(Versioned):
    """What the traveller says against an overstay, recorded by one officer, decided by another.

    `excused_until`: the last day that is not to be held against her; None: no day of it is.
    """

    retention = "as the overstay"
    exports: ClassVar[tuple[str, ...]] = (
        "ground", "said", "evidence", "excused_until", "recorded_at", "status", "decided_at",
        "decision_reason",
    )  # fmt: skip

    overstay = models.ForeignKey(Overstay, models.PROTECT, related_name="rebuttals")
    ground = models.CharField(_("What she says"), max_length=14, choices=RebuttalGround)
    said = models.CharField(_("In her words"), max_length=2000)
    evidence = models.CharField(_("What she showed"), max_length=1000)
    excused_until = models.DateField(_("Not to be held to"), null=True)
    status = models.CharField(
        _("Status"), max_length=8, choices=RebuttalStatus, default=RebuttalStatus.RECORDED
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)
    decision_reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (
            two_people("recorded", "decided", name="rebuttal_two_people"),
            models.CheckConstraint(
                condition=Q(ground__in=RebuttalGround.values), name="rebuttal_ground"
            ),
            models.CheckConstraint(
                condition=Q(status="recorded", decided_at=None)
                | (
                    Q(status__in=("accepted", "declined"), decided_by__isnull=False)
                    & ~Q(decision_reason="")
                ),
                name="rebuttal_decided_why",
            ),
            models.UniqueConstraint(
                "overstay", condition=Q(status="recorded"), name="rebuttal_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"rebuttal {self.ground}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(overstay_id__in=Overstay.objects.visible_to(actor).values("pk"))
