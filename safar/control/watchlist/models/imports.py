"""Which files were put forward for a list, what they would change, and who agreed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.watchlist.choices import ImportStatus
from safar.control.watchlist.models.lists import WatchList
from safar.control.watchlist.people import two_people
from safar.core.permissions import Actor
from safar.core.record import Record


def no_problems() -> "list[dict[str, str | int]]":
    return []


class ImportRun(Record):
    """A new version of a list: its dry run, and the second person's decision."""

    list = models.ForeignKey(WatchList, models.PROTECT, related_name="imports")
    file_names = models.CharField(_("Files"), max_length=300)
    sha256 = models.CharField(max_length=64)  # over the hashes of its files, in their order
    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.PREPARED)
    based_on = models.PositiveIntegerField()  # the list's version that the counts compare with
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    shrinks = models.BooleanField(default=False)
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
                condition=~Q(status="loaded") | ~Q(decided_at=None),
                name="import_run_loaded_by_second",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined")
                | (~Q(declined_at=None) & ~Q(declined_by_name="") & ~Q(reason="")),
                name="import_run_declined_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_names} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class ImportFile(Record):
    """A file as it was put forward, compressed: what was approved is what is loaded."""

    retention: ClassVar[str] = "one year from the import"
    exports: ClassVar[tuple[str, ...]] = ()

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files")
    part = models.CharField(max_length=10)  # which file of its format: "sdn", "alt"
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes, before compression
    content = models.BinaryField()  # zlib

    class Meta:
        ordering = ("run", "part")
        constraints = (models.UniqueConstraint("run", "part", name="import_file_once"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(pk__in=[])  # no page shows it; the import reads it by its run
