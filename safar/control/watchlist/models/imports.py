"""Which files were put forward for a list, what they would change, and who agreed."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.watchlist.choices import ImportStage, ImportStatus
from safar.control.watchlist.models.lists import WatchList
from safar.core.permissions import Actor
from safar.core.record import Record


def no_problems() -> "list[dict[str, str | int]]":
    return []


class ImportRun(Record):
    """A new version of a list: its dry run, and the second person's decision."""

    ALIVE_FOR: ClassVar[timedelta] = timedelta(minutes=2)  # between two signs of life of its work

    list = models.ForeignKey(WatchList, models.PROTECT, related_name="imports")
    file_names = models.CharField(_("Files"), max_length=300)
    sha256 = models.CharField(max_length=64)  # over the hashes of its files, in their order
    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.READING)
    based_on = models.PositiveIntegerField()  # the list's version that the counts compare with
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    others = models.PositiveIntegerField(default=0)  # organisations and the like, left out
    shrinks = models.BooleanField(default=False)
    columns = models.JSONField(default=dict)  # the mapping of a table that this run was read by
    what_changed = models.JSONField(default=dict)  # field -> how many entries it changed in
    shown = models.JSONField(default=no_problems)  # examples of what would change, to be looked at
    failure = models.JSONField(null=True)  # why it was not done: see `sources.parsed.sentence_of`
    problems = models.JSONField(
        default=no_problems
    )  # [{"file", "line", "column", "found", "wrong"}]
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    prepared_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    declined_by_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        ordering = ("-prepared_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.values), name="import_run_status"
            ),
            two_people("prepared", "decided", name="import_run_two_people"),
            models.CheckConstraint(
                condition=~Q(status__in=("loading", "loaded")) | ~Q(decided_at=None),
                name="import_run_loaded_by_second",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined")
                | (~Q(declined_at=None) & ~Q(declined_by_name="") & ~Q(reason="")),
                name="import_run_declined_by",
            ),
            models.CheckConstraint(
                condition=Q(status="failed", failure__isnull=False)
                | (~Q(status="failed") & Q(failure=None)),
                name="import_run_failure",
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_names} {self.status}"

    @property
    def is_at_work(self) -> bool:
        return self.status in (ImportStatus.READING, ImportStatus.LOADING)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class ImportFile(Record):
    """A file as it was put forward: what was approved is what is loaded."""

    retention: ClassVar[str] = "one year from the import"
    exports: ClassVar[tuple[str, ...]] = ()

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files")
    part = models.CharField(max_length=10)  # which file of its format: "sdn", "alt"
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  # bytes, before compression

    class Meta:
        ordering = ("run", "part")
        constraints = (models.UniqueConstraint("run", "part", name="import_file_once"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(pk__in=[])  # no page shows it; the import reads it by its run


class ImportPiece(Record):
    """A piece of a kept file: its pieces in their order are one zlib stream."""

    retention: ClassVar[str] = "with its file"
    exports: ClassVar[tuple[str, ...]] = ()

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("file", "number")
        constraints = (models.UniqueConstraint("file", "number", name="import_piece_once"),)

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"


class ImportProgress(Record):
    """How far the background work of an import is: written from a connection of its own."""

    run = models.OneToOneField(ImportRun, models.CASCADE, related_name="progress")
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    alive_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=ImportStage, blank=True)

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class SourceMapping(Record):
    """Which column of an owner's own table is what: remembered for the list's next file."""

    list = models.OneToOneField(WatchList, models.CASCADE, related_name="mapping")
    columns = models.JSONField(default=dict)  # field -> heading
    encoding = models.CharField(max_length=12, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    dates = models.CharField(max_length=3, default="dmy")
    sheet = models.CharField(max_length=60, blank=True)
    remembered_at = models.DateTimeField()
    remembered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    remembered_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(dates__in=("dmy", "mdy", "ymd")), name="source_mapping_dates"
            ),
        )

    def __str__(self) -> str:
        return f"{self.list_id}"

    def as_json(self) -> dict[str, Any]:
        names = ("columns", "encoding", "separator", "dates", "sheet")
        return {name: getattr(self, name) for name in names}

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])
