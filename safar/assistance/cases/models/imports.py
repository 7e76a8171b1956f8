"""A list of cases that somebody hands in: what its lines say, and how far its import is.

The file itself goes once it is read; its lines go once they are cases, or put away.
"""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.instruments import CaseImportStatus
from safar.assistance.cases.choices.people import Sex
from safar.core.permissions import Actor
from safar.core.record import Record
from safar.reference.partial_date_field import PartialDateField

RETENTION = "until it is imported or put away, thirty days at most; the counts stay"
USER = "accounts.User"


def no_text() -> dict[str, str]:
    return {}


class CaseImport(Record):
    """A list of cases: its dry run, the word of whoever handed it in, and how it ended."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ()
    ALIVE_FOR: ClassVar[timedelta] = timedelta(minutes=2)  # between two signs of life of its work

    file_name = models.CharField(_("File"), max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)  # until it is read
    programme = models.CharField(_("Programme"), max_length=20)  # where a line names none
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    purpose = models.CharField(_("What the cases are for"), max_length=160)
    status = models.CharField(
        max_length=8, choices=CaseImportStatus, default=CaseImportStatus.READING
    )
    failure = models.CharField(max_length=300, blank=True)
    unread = models.CharField(max_length=300, blank=True)  # headings of columns that are not read
    lines = models.PositiveIntegerField(default=0)
    cases = models.PositiveIntegerField(default=0)  # that can be opened
    people_new = models.PositiveIntegerField(default=0)
    people_known = models.PositiveIntegerField(default=0)
    people_possible = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)  # lines
    left_out = models.PositiveIntegerField(default=0)  # lines of a case of which one is refused
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=CaseImportStatus.values), name="case_import_status"
            ),
            models.CheckConstraint(
                condition=Q(status="reading") | Q(content=None), name="case_import_file_goes"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("loading", "loaded")) | Q(confirmed_at__isnull=False),
                name="case_import_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(status="failed") & ~Q(failure="") | ~Q(status="failed") & Q(failure=""),
                name="case_import_failure",
            ),
            models.UniqueConstraint(
                fields=("made_by", "sha256"), condition=Q(status="loaded"), name="case_import_once"
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.status in (CaseImportStatus.READING, CaseImportStatus.LOADING)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return whose(actor, "made_by")


def whose(actor: Actor, field: str) -> Q:
    """A list is seen by whoever handed it in, and by nobody else."""
    return Q(**{field: actor.user_id}) if actor.user_id else Q(pk__in=[])


class CaseImportRow(Record):
    """A line of the list: one person, as it would be written. `wrong` says why it is not."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ()

    run = models.ForeignKey(CaseImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=60)  # of the case, in the list alone
    office = models.UUIDField(null=True)
    programme = models.CharField(max_length=20, blank=True)
    scheme = models.CharField(max_length=30, blank=True)
    opened_on = models.DateField(null=True)
    status = models.CharField(max_length=24, blank=True)
    closed_on = models.DateField(null=True)
    closure = models.CharField(max_length=14, blank=True)
    surname = models.CharField(max_length=80, blank=True)
    given_names = models.CharField(max_length=80, blank=True)
    patronymic = models.CharField(max_length=80, blank=True)
    birth = PartialDateField(blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    citizenships = ArrayField(models.CharField(max_length=3), default=list)
    role = models.CharField(max_length=10, blank=True)
    number_of = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    own = models.JSONField(default=no_text)  # what the programme's own columns say, as written
    known = models.UUIDField(null=True)  # somebody in sight with this very number
    possible: "ArrayField[list[UUID], list[UUID]]" = ArrayField(models.UUIDField(), default=list)
    wrong = models.CharField(max_length=20, blank=True)
    column = models.CharField(max_length=60, blank=True)
    found = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("line",)
        constraints = (models.UniqueConstraint("run", "line", name="case_import_row_once"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.line}"

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_names, self.patronymic)))

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return whose(actor, "run__made_by")


class CaseImportProgress(Record):
    """How far the work is: written from a connection of its own, as the work is one transaction."""

    run = models.OneToOneField(CaseImport, models.CASCADE, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    alive_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return whose(actor, "run__made_by")
