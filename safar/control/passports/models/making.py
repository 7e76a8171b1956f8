"""Who personalised which document, who checked it, and what was found."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.offices.models import IssuingOffice
from safar.control.offices.queries import at_own
from safar.control.passports.choices.making import ACTIVE_JOBS, JobStatus
from safar.control.passports.models.applications import Application
from safar.control.passports.models.passports import RETENTION, Passport
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned


def nothing() -> list[Any]:
    return []


class PersonalisationJob(Versioned):
    """One attempt to make a document for an application, on one blank.

    The operator who took it does not check it: the database knows no job with one name twice.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("status", "taken_at", "checked_at")

    application = models.ForeignKey(Application, models.PROTECT, related_name="jobs")
    passport = models.OneToOneField(Passport, models.PROTECT, related_name="job")
    office = models.ForeignKey(IssuingOffice, models.PROTECT, related_name="+")
    status = models.CharField(max_length=7, choices=JobStatus, default=JobStatus.TAKEN)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_by_name = models.CharField(max_length=120)
    printed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_by_name = models.CharField(max_length=120, blank=True)
    failed_at = models.DateTimeField(null=True)
    failed_by_name = models.CharField(max_length=120, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("taken_at",)
        indexes = (models.Index(fields=("office", "status"), name="passport_job_by_office"),)
        constraints = (
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(status__in=[str(one) for one in ACTIVE_JOBS]),
                name="passport_job_one_active",
            ),
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="passport_job_status"
            ),
            two_people("taken", "checked", name="passport_job_two_people"),
            models.CheckConstraint(
                condition=~Q(status="passed")
                | Q(checked_at__isnull=False, printed_at__isnull=False),
                name="passport_job_passed_by_control",
            ),
            models.CheckConstraint(
                condition=Q(status="failed", failed_at__isnull=False) & ~Q(failure="")
                | (~Q(status="failed") & Q(failed_at=None)),
                name="passport_job_failed_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.passport_id} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Her offices' jobs; headquarters sees all."""
        if not actor.may("passports.read_jobs") or actor.user_id is None:
            return Q() if "*" in actor.permissions else Q(pk__in=[])
        return Q() if actor.nationwide else at_own(actor)


class QualityCheck(Event):
    """What was read back of a finished document, compared with what should be in it.

    `mismatches`: `[{"code", "params"}]`, none where it passed. What was read is not kept.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("passed", "checked_at")

    job = models.ForeignKey(PersonalisationJob, models.PROTECT, related_name="checks")
    passed = models.BooleanField()
    mismatches = models.JSONField(default=nothing)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-checked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(passed=True, mismatches=[]) | (Q(passed=False) & ~Q(mismatches=[])),
                name="quality_check_passed_clean",
            ),
        )

    def __str__(self) -> str:
        return f"{self.job_id} {self.passed}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        if "*" in actor.permissions:
            return Q()
        seen = PersonalisationJob.objects.filter(PersonalisationJob.scope(actor))
        return Q(job__in=seen.values("pk"))
