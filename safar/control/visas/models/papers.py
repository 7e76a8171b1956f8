"""What belongs to an application: papers, fees, interviews, what the lists said."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.applications.models import (
    FeeBase,
    ListMatchBase,
    ListScreeningBase,
    PaperBase,
    fee_constraints,
    match_constraints,
    paper_constraints,
)
from safar.control.visas.choices.applications import PaperKind
from safar.control.visas.models.applications import RETENTION, Application, of_application
from safar.core.permissions import Actor
from safar.core.record import Event


class Paper(PaperBase):
    """A file that was handed in with an application."""

    retention = RETENTION

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    kind = models.CharField(_("Paper"), max_length=12, choices=PaperKind)

    class Meta(PaperBase.Meta):
        constraints = paper_constraints("visa_paper", PaperKind.values)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Fee(FeeBase):
    """Money taken, waived or given back on an application."""

    retention = RETENTION

    application = models.ForeignKey(Application, models.PROTECT, related_name="fees")

    class Meta(FeeBase.Meta):
        constraints = fee_constraints("visa_fee")

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Interview(Event):
    """A talk with the applicant, as the officer wrote it down."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("held_on",)  # the words: on decision

    application = models.ForeignKey(Application, models.PROTECT, related_name="interviews")
    held_on = models.DateField(_("Held on"))
    language = models.CharField(_("Language"), max_length=40)
    text = models.TextField(_("What was said"), max_length=4000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("at",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="visa_interview_text"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.held_on}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Screening(ListScreeningBase):
    """One look at the lists for an applicant."""

    retention = RETENTION

    application = models.ForeignKey(Application, models.PROTECT, related_name="screenings")

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class ScreeningMatch(ListMatchBase):
    """A likeness between an applicant and an entry, and who judged it."""

    retention = RETENTION

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="matches")
    application = models.ForeignKey(Application, models.PROTECT, related_name="matches")

    class Meta(ListMatchBase.Meta):
        constraints = match_constraints("screening_match")

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Who judges sees all of them; a clerk what a booth would be shown."""
        mine = of_application(actor)
        return mine if actor.may("visas.judge_match") else mine & Q(discreet=False)
