"""Which file was put forward as an owner's new list, what would it change, and who agreed?"""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.documents.choices import ImportStatus
from safar.control.documents.imports.listed import part_of
from safar.control.documents.models.listed import ListedSource
from safar.core.permissions import Actor
from safar.core.record import Record


def nothing() -> list[Any]:
    return []


class ListedImport(Record):
    """A new version of an owner's list: its dry run, and the second person's decision.

    What was read lies in a table of its own (`part`) that no booth looks at, until it takes the
    place of the version in force.
    """

    ALIVE_FOR: ClassVar[timedelta] = timedelta(minutes=2)  # between two signs of life of its work
    retention = "one year from the import"
    exports: ClassVar[tuple[str, ...]] = ("file_name", "prepared_at", "decided_at", "declined_at")

    source = models.ForeignKey(ListedSource, models.PROTECT, related_name="imports")
    file_name = models.CharField(_("File"), max_length=120)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.READING)
    based_on = models.PositiveIntegerField(default=0)  # the version that the counts compare with
    read = models.PositiveBigIntegerField(default=0)  # lines
    added = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    gone = models.PositiveBigIntegerField(default=0)
    same = models.PositiveBigIntegerField(default=0)
    left_out = models.PositiveBigIntegerField(default=0)
    figures = models.PositiveBigIntegerField(default=0)  # numbers that may have lost zeros
    undated = models.PositiveBigIntegerField(default=0)  # kept lines whose day cannot be read
    shrinks = models.BooleanField(default=False)
    unread = models.JSONField(default=nothing)  # headings of columns that were not read
    problems = models.JSONField(default=nothing)  # [{"line", "column", "found", "code"}]
    shown = models.JSONField(default=nothing)  # some of what would change: `comparing.Example`
    failure = models.JSONField(null=True)  # why it was not done: see `refusals.sentence_of`
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        ordering = ("-prepared_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.values), name="listed_import_status"
            ),
            models.UniqueConstraint(
                fields=("source",),
                condition=Q(status__in=(ImportStatus.READING, ImportStatus.PREPARED)),
                name="listed_import_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(decided_by=F("prepared_by"))
                ),
                name="listed_import_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(status=ImportStatus.LOADED) | Q(decided_at__isnull=False),
                name="listed_import_loaded_by_second",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_by=None)
                | (Q(declined_at__isnull=False, declined_by__isnull=False) & ~Q(reason="")),
                name="listed_import_declined_by",
            ),
            models.CheckConstraint(
                condition=Q(status=ImportStatus.FAILED, failure__isnull=False)
                | (~Q(status=ImportStatus.FAILED) & Q(failure=None)),
                name="listed_import_failure",
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_name} {self.status}"

    @property
    def rows(self) -> int:
        """Documents of the new version."""
        return self.added + self.changed + self.same

    @property
    def part(self) -> str:
        """The table that holds what was read."""
        return part_of(self.source.number, self.pk)

    @property
    def is_at_work(self) -> bool:
        return self.status == ImportStatus.READING

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


class ListedPiece(Record):
    """A piece of a file that waits to be read, packed; it is gone once the file was read."""

    retention: ClassVar[str] = "until its file was read"
    exports: ClassVar[tuple[str, ...]] = ()

    run = models.ForeignKey(ListedImport, models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("run", "position")
        constraints = (models.UniqueConstraint("run", "position", name="listed_piece_once"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.position}"


class ListedProgress(Record):
    """How far the background work of an import is: written from a connection of its own."""

    run = models.OneToOneField(ListedImport, models.CASCADE, related_name="progress")
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    alive_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])
