"""What the lists said of an applicant, and who judged it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.passports.choices.identity import ListOutcome
from safar.control.passports.models.applications import RETENTION, Application, of_application
from safar.control.watchlist.models import ListEntry
from safar.core.permissions import Actor
from safar.core.record import Event, Record


class ListScreening(Event):
    """One look at the lists. `mark` is that of the person as she was screened."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("at",)

    application = models.ForeignKey(Application, models.PROTECT, related_name="screenings")
    mark = models.CharField(max_length=64)
    found = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.found}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class ListMatch(Record):
    """A likeness between an applicant and an entry, and who judged it."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("outcome", "judged_at")

    screening = models.ForeignKey(ListScreening, models.PROTECT, related_name="matches")
    application = models.ForeignKey(Application, models.PROTECT, related_name="list_matches")
    entry = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    entry_version = models.PositiveIntegerField()
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    discreet = models.BooleanField(default=False)  # stops nobody and is not shown to the clerk
    outcome = models.CharField(max_length=9, choices=ListOutcome, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-score", "pk")
        constraints = (
            models.UniqueConstraint("screening", "entry", name="passport_list_match_once"),
            models.CheckConstraint(
                condition=Q(outcome="", judged_at=None, judged_by=None, reason="")
                | Q(
                    outcome__in=ListOutcome.values,
                    judged_at__isnull=False,
                    judged_by__isnull=False,
                )
                & ~Q(reason=""),
                name="passport_list_match_judged_at_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.entry_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Who judges sees all of them; a clerk what a booth would be shown."""
        mine = of_application(actor)
        return mine if actor.may("passports.judge_listed") else mine & Q(discreet=False)
