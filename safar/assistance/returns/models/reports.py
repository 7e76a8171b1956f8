"""What was reported to the sending mission after each visit: once, on a consent, as disclosed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safar.assistance.cases.models import Case, Disclosure, FollowUp
from safar.assistance.cases.sight import of_case
from safar.assistance.returns.models.files import RETENTION
from safar.core.permissions import Actor
from safar.core.record import Event


class MissionReport(Event):
    """The report on a monitoring visit to the mission that referred the person."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("months",)

    case = models.ForeignKey(Case, models.CASCADE, related_name="mission_reports")
    follow_up = models.OneToOneField(FollowUp, models.CASCADE, related_name="mission_report")
    disclosure = models.OneToOneField(Disclosure, models.CASCADE, related_name="mission_report")
    months = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint("case", "months", name="mission_report_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} month {self.months}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
