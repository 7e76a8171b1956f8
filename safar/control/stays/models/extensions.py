"""An application to stay longer: recorded by one officer, decided by another.

One that was made on or before the last permitted day suspends the overstay while it waits. After a
refusal or a withdrawal the days count from the one after the last permitted day all the same.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.border.choices import ExtensionGround
from safar.control.stays.choices import ExtensionStatus
from safar.control.stays.models.of_entry import OfEntry
from safar.core.record import Versioned


class ExtensionApplication(OfEntry, Versioned):
    """`permitted_before`: the last day of stay when it was asked for. `granted_until` may be less.

    `asked_on`: in the calendar of the posts. `ended_at`: when it waited no longer, decided or not.
    """

    retention = "five years after the decision"
    exports: ClassVar[tuple[str, ...]] = (
        "entered_on", "permitted_before", "until_asked", "ground", "note", "fee_receipt",
        "status", "granted_until", "decision_reason", "prepared_at", "decided_at", "asked_on",
        "ended_at",
    )  # fmt: skip

    permitted_before = models.DateField(_("Permitted until"))
    asked_on = models.DateField(_("Asked on"))
    until_asked = models.DateField(_("Asked until"))
    ground = models.CharField(_("Ground"), max_length=12, choices=ExtensionGround)
    note = models.CharField(_("Note"), max_length=1000)
    fee_receipt = models.CharField(_("Number of the receipt"), max_length=30)
    status = models.CharField(
        _("Status"), max_length=9, choices=ExtensionStatus, default=ExtensionStatus.ASKED
    )
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_by_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)
    decision_reason = models.CharField(_("Reason"), max_length=500, blank=True)
    granted_until = models.DateField(_("Granted until"), null=True)

    class Meta:
        ordering = ("-prepared_at",)
        indexes = (
            models.Index("status", "prepared_at", name="stay_extension_desk"),
            models.Index("ended_at", name="stay_extension_ended"),
        )
        constraints = (
            two_people("prepared", "decided", name="stay_extension_two_people"),
            models.CheckConstraint(
                condition=Q(status__in=ExtensionStatus.values), name="stay_extension_status"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=ExtensionGround.values), name="stay_extension_ground"
            ),
            models.CheckConstraint(
                condition=Q(until_asked__gt=F("permitted_before")), name="stay_extension_longer"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("granted", "refused"), decided_by__isnull=False)
                | (~Q(status__in=("granted", "refused")) & Q(decided_at=None)),
                name="stay_extension_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(status="granted", granted_until__gt=F("permitted_before"))
                | (~Q(status="granted") & Q(granted_until=None)),
                name="stay_extension_granted_until",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision_reason=""),
                name="stay_extension_refused_why",
            ),
            models.CheckConstraint(
                condition=Q(status="asked", ended_at=None)
                | (~Q(status="asked") & Q(ended_at__isnull=False)),
                name="stay_extension_ended_at",
            ),
            models.UniqueConstraint(
                "crossing", condition=Q(status="asked"), name="stay_extension_one_open"
            ),
            models.UniqueConstraint("fee_receipt", name="stay_extension_receipt_once"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What is said on the telephone: the end of the key."""
        return f"X-{self.pk.hex[-8:].upper()}"

    @property
    def in_time(self) -> bool:
        """Whether it was made while she was permitted to stay."""
        return self.asked_on <= self.permitted_before
