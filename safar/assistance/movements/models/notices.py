"""Advance booking notifications: what receiving and transit missions were told, version by version."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safar.assistance.cases.models import Case, Disclosure, Partner
from safar.assistance.cases.sight import of_case
from safar.assistance.movements.choices import NoticeKind
from safar.assistance.movements.models.files import RETENTION
from safar.assistance.movements.models.journeys import MovementJourney
from safar.core.permissions import Actor
from safar.core.record import Event


class BookingNotice(Event):
    """One version of the notice to one mission: sent once, on a consent, as it was disclosed."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "number")

    case = models.ForeignKey(Case, models.CASCADE, related_name="booking_notices")
    journey = models.ForeignKey(MovementJourney, models.CASCADE, related_name="notices")
    recipient = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=NoticeKind)
    number = models.PositiveSmallIntegerField()  # its version to this mission: 1, 2, 3 …
    revision = models.PositiveSmallIntegerField()  # of the journey it tells of
    disclosure = models.OneToOneField(Disclosure, models.CASCADE, related_name="booking_notice")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint("journey", "recipient", "number", name="notice_version_once"),
            # The same thing is told once: a new revision is a change, and is told again.
            models.UniqueConstraint(
                "journey", "recipient", "kind", "revision", name="notice_told_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="notice_numbered_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.journey_id} {self.kind} {self.number}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class NoticeReceipt(Event):
    """The mission's word that it has read a notice."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ()

    case = models.ForeignKey(Case, models.CASCADE, related_name="notice_receipts")
    notice = models.OneToOneField(BookingNotice, models.CASCADE, related_name="receipt")
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.notice_id} {self.answered_by}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
