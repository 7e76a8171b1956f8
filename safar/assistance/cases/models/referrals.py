"""A person is sent on to a partner, or comes from one: to an outcome, whoever answers and how."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.sharing import Channel, LetterLanguage, ReferralStatus
from safar.assistance.cases.models.cases import RETENTION, Case
from safar.assistance.cases.models.partners import Partner
from safar.assistance.cases.models.placements import Placement
from safar.assistance.cases.models.sharing import Consent, Disclosure, reference_of
from safar.assistance.cases.sight import of_arrival, of_part
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned
from safar.reference.partial_date_field import PartialDateField, shape_constraint

UNSENT = (ReferralStatus.DRAFT, ReferralStatus.WITHDRAWN, ReferralStatus.EXPIRED)


class Referral(Versioned):
    """A person is sent on to a partner. A draft is ours alone; what is sent is a disclosure."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("status", "asks", "needs", "done_so_far", "due_on")

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    # That of its consent.
    compartment = models.CharField(max_length=12, choices=Compartment, blank=True)
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("To"), related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="referrals")
    status = models.CharField(
        _("State"), max_length=14, choices=ReferralStatus, default=ReferralStatus.DRAFT
    )
    asks = models.CharField(_("What is asked for"), max_length=300)
    needs = models.TextField(_("Needs"), max_length=2000, blank=True)
    done_so_far = models.TextField(_("Help given so far"), max_length=2000, blank=True)
    sensitive = models.TextField(_("Health, or what happened"), max_length=4000, blank=True)
    shares = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    language = models.CharField(
        _("Language of the letter"), max_length=2, choices=LetterLanguage, default="en"
    )
    due_on = models.DateField(_("Answer due"))
    drafted_at = models.DateTimeField(auto_now_add=True)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    disclosure = models.OneToOneField(
        Disclosure, models.PROTECT, null=True, related_name="referral"
    )

    class Meta:
        ordering = ("-drafted_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ReferralStatus.values), name="referral_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNSENT) | Q(disclosure__isnull=False),
                name="referral_sent_is_disclosed",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.DRAFT) | Q(disclosure=None),
                name="referral_draft_is_not_sent",
            ),
        )
        indexes = (
            models.Index(fields=("status", "due_on"), name="referral_by_status"),
            models.Index(fields=("partner",), name="referral_by_partner"),
        )

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_part(actor)

    @property
    def purpose(self) -> str:
        return self.consent.purpose

    @property
    def reference(self) -> str:
        return reference_of(self.pk.hex)

    @property
    def is_late(self) -> bool:
        waits = self.status in (ReferralStatus.SENT, ReferralStatus.RECEIVED)
        return waits and self.due_on < timezone.localdate()


class ReferralMove(Event):
    """A referral went on: who did it, when, and for answers who told us, how, on which day."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("before", "after", "told_on", "words", "moved_at")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=14)
    before = models.CharField(max_length=14, choices=ReferralStatus, blank=True)
    after = models.CharField(max_length=14, choices=ReferralStatus)
    channel = models.CharField(_("How"), max_length=10, choices=Channel, blank=True)
    told_by = models.CharField(_("Who told us"), max_length=120, blank=True)
    told_on = models.DateField(_("When"), null=True)
    words = models.CharField(_("In words"), max_length=600, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("moved_at",)

    def __str__(self) -> str:
        return f"{self.before} {self.move} {self.after}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(referral__in=Referral.objects.visible_to(actor))


class IncomingReferral(Record):
    """A partner sends us a person. Accepting opens nothing: a worker opens the case, and links it.

    Before that it belongs to an office and a programme; then to the case. What the partner wrote
    stays behind the wall at which it arrived, whatever the case's own is.
    """

    retention: ClassVar[str] = "as its case; a year after it was declined"
    exports: ClassVar[tuple[str, ...]] = ("name", "birth", "contact", "asks", "words", "status")

    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("From"), related_name="+")
    their_reference = models.CharField(_("Their number"), max_length=60, blank=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    programme = models.CharField(_("Programme"), max_length=20)
    compartment = models.CharField(_("File"), max_length=12, choices=Compartment)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="came_by")
    status = models.CharField(
        _("State"), max_length=14, choices=ReferralStatus, default=ReferralStatus.RECEIVED
    )
    name = models.CharField(_("Name, as the partner writes it"), max_length=160)
    birth = PartialDateField(_("Born"), blank=True)
    contact = models.CharField(_("How to reach the person"), max_length=160, blank=True)
    asks = models.CharField(_("What is asked for"), max_length=300)
    words = models.TextField(_("What else they wrote"), max_length=4000, blank=True)
    consent_stated = models.BooleanField(_("They say that the person agreed"), default=False)
    channel = models.CharField(_("How it came"), max_length=10, choices=Channel)
    arrived_on = models.DateField(_("Arrived"))
    due_on = models.DateField(_("Answer due"))
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answer_channel = models.CharField(_("How"), max_length=10, choices=Channel, blank=True)
    answer_reason = models.CharField(_("Reason"), max_length=300, blank=True)
    linked_at = models.DateTimeField(null=True)
    linked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("Outcome"), max_length=600, blank=True)

    class Meta:
        ordering = ("-arrived_on", "-received_at")
        constraints = (
            shape_constraint("birth", "incoming_birth_shape"),
            models.CheckConstraint(
                condition=Q(compartment__in=Compartment.values),
                name="incoming_compartment_known",
            ),
            models.CheckConstraint(
                condition=Q(status=ReferralStatus.RECEIVED, answered_at=None, answered_by=None)
                | ~Q(status=ReferralStatus.RECEIVED)
                & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="incoming_answered",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.DECLINED) | ~Q(answer_reason=""),
                name="incoming_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(case=None, linked_at=None, linked_by=None)
                | Q(case__isnull=False, linked_at__isnull=False, linked_by__isnull=False),
                name="incoming_linked",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="incoming_finished",
            ),
        )
        indexes = (
            models.Index(fields=("office", "programme", "status"), name="incoming_by_office"),
        )

    def __str__(self) -> str:
        return f"{self.partner_id} {self.arrived_on} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Of her cases; and what has no case yet, where she is placed and may see such cases."""
        if actor.user_id is None and actor.nationwide:
            return Q()
        placed = Placement.objects.filter(user=actor.user_id, programme=OuterRef("programme"))
        inside = placed.annotate(asked=OuterRef("compartment")).filter(
            compartments__contains=[F("asked")]
        )
        here = inside.filter(Q(office=None) | Q(office=OuterRef("office")))
        return Q(case=None) & Q(Exists(here)) | Q(case__isnull=False) & of_arrival(actor)
