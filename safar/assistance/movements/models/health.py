"""Health and the journey: what a doctor found, behind its wall, and what the journey needs."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.sight import of_case, of_part
from safar.assistance.movements.choices import EscortKind, Fitness, MedicalOutcome, NeedOnBoard
from safar.assistance.movements.models.files import RETENTION
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned


class Examination(Event):
    """What a doctor found: behind the medical wall, its words sealed with the case's key."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("examined_on", "clinic", "outcome")

    case = models.ForeignKey(Case, models.CASCADE, related_name="examinations")
    member = models.ForeignKey(CaseMember, models.CASCADE, related_name="examinations")
    compartment = models.CharField(
        max_length=12, choices=Compartment, default=Compartment.MEDICAL, editable=False
    )
    examined_on = models.DateField(_("Examined on"))
    clinic = models.CharField(_("Clinic"), max_length=120)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=MedicalOutcome)
    finding = models.BinaryField(_("Finding, sealed"))
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("examined_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(compartment=Compartment.MEDICAL), name="examination_is_medical"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.examined_on}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_part(actor)


class TravelHealth(Versioned):
    """What the journey needs to know of a member's health, and no word of why."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("fitness", "needs", "escort", "checked_at")

    case = models.ForeignKey(Case, models.CASCADE, related_name="travel_health")
    member = models.OneToOneField(CaseMember, models.CASCADE, related_name="travel_health")
    fitness = models.CharField(
        _("Fitness"), max_length=14, choices=Fitness, default=Fitness.NOT_SEEN
    )
    holds_until = models.DateField(_("Holds until"), null=True)
    look_again_on = models.DateField(_("Looked at again on"), null=True)
    needs = ArrayField(
        models.CharField(max_length=14, choices=NeedOnBoard), default=list, blank=True
    )
    escort = models.CharField(_("Escort"), max_length=12, choices=EscortKind, blank=True)
    checked_at = models.DateTimeField(_("Checked before the flight"), null=True)
    said_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(fitness__in=(Fitness.FIT, Fitness.FIT_WITH_NEEDS))
                | Q(holds_until__isnull=False),
                name="travel_health_fit_until",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.fitness}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
