"""What was seen of a traveller at the line, and what an officer decided on it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import (
    DecisionKind,
    Direction,
    Line,
    ReferralStatus,
    Source,
    Verdict,
)
from safar.control.border.models.shifts import SignOn, at_own_posts
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned

RETENTION = "three years, with the traveller's file"
FINAL = (DecisionKind.ADMIT, DecisionKind.REFUSE)


class Inspection(Event):
    """One reading of a document in a booth: what it said, what was found, what was proposed."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("inspected_at", "direction", "document")

    sign_on = models.ForeignKey(SignOn, models.PROTECT, related_name="inspections")
    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+"
    )
    lane = models.CharField(max_length=8)
    direction = models.CharField(max_length=5, choices=Direction)
    officer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    inspected_at = models.DateTimeField()
    source = models.CharField(max_length=5, choices=Source)
    mrz = models.TextField(blank=True)
    document = models.JSONField()  # the fields of `document.ReadDocument`, as read
    traveller = models.ForeignKey(
        "travellers.Traveller", models.PROTECT, null=True, related_name="inspections"
    )
    possible = ArrayField(models.UUIDField(), default=list)  # travellers who may be the same person
    # List entries not cleared before, the discreet ones among them: never shown in a booth.
    matched = ArrayField(models.UUIDField(), default=list)
    others = models.JSONField(default=list)  # what the page or a chip says: rules.OtherSource
    visa = models.JSONField(null=True)  # the seal and zone that were scanned, and what they permit
    permitted_until = models.DateField(null=True)
    findings = models.JSONField()  # [{"code", "params"}, …], heaviest first
    verdict = models.CharField(max_length=5, choices=Verdict)

    class Meta:
        ordering = ("-inspected_at",)
        # A traveller's first inspection has no traveller yet: her file finds it by the number.
        indexes = (models.Index(KT("document__number"), name="inspection_by_number"),)

    def __str__(self) -> str:
        return f"{self.post_id} {self.lane} {self.verdict}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor)


class Decision(Event):
    """What an officer decided. Its key comes from the form, so that a repeated post adds nothing."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "decided_at", "grounds")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="decisions")
    line = models.CharField(max_length=6, choices=Line)
    kind = models.CharField(max_length=6, choices=DecisionKind)
    grounds = ArrayField(models.CharField(max_length=4), default=list)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("decided_at",)
        constraints = (
            models.UniqueConstraint(fields=("inspection", "line"), name="one_decision_a_line"),
            models.UniqueConstraint(
                fields=("inspection",), condition=Q(kind__in=FINAL), name="one_final_decision"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.REFUSE) | ~Q(grounds=[]),
                name="refusal_has_grounds",
            ),
        )
        indexes = (
            models.Index(
                fields=("decided_at",),
                name="decision_refusals",
                condition=Q(kind=DecisionKind.REFUSE),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.decided_at:%Y-%m-%d %H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor, "inspection__post_id")


class Referral(Versioned):
    """A traveller who waits for the second line."""

    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="referral")
    reason = models.CharField(_("Reason"), max_length=300)
    status = models.CharField(max_length=10, choices=ReferralStatus, default=ReferralStatus.WAITING)
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("referred_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="referral_taken_at_by",
            ),
        )
        indexes = (models.Index(fields=("status", "referred_at"), name="referral_queue"),)

    def __str__(self) -> str:
        return f"{self.status} {self.referred_at:%H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor, "inspection__post_id")
