"""What does each state issue: the reference table, its history, and what is proposed for it?"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.documents.choices import PersonalNumber, SeriesStatus
from safar.control.documents.rules.series import PATTERN, TERMS
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned
from safar.reference.choices import Confidence

# What is proposed, kept in the history, and stands in the shipped file.
FIELDS = (
    "issuer", "kind", "pattern", "terms", "personal_number", "since", "until", "source",
    "confidence", "note", "in_use",
)  # fmt: skip


class DocumentSeries(Record):
    """A kind of document that a state issues, in one series of numbers: as it counts now.

    `pattern` and `terms` as `rules.series` reads them; empty, None: not known. `revision` is that
    of the history's last row, `by_people` whether people agreed to it, so that the shipped file
    leaves it alone.
    """

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    issuer = models.CharField(_("Issued by"), max_length=3)
    kind = models.CharField(_("Kind"), max_length=2)
    pattern = models.CharField(_("Numbers"), max_length=20, blank=True)
    terms = models.CharField(_("Terms"), max_length=60, blank=True)
    personal_number = models.CharField(
        _("Personal number"), max_length=5, choices=PersonalNumber, blank=True
    )
    since = models.DateField(_("First issued"), null=True, blank=True)
    until = models.DateField(_("Last issued"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=250)
    confidence = models.CharField(_("Confidence"), max_length=6, choices=Confidence)
    note = models.CharField(_("Note"), max_length=250, blank=True)
    in_use = models.BooleanField(_("In use"), default=True)
    revision = models.PositiveIntegerField(default=0)
    by_people = models.BooleanField(default=False)

    class Meta:
        ordering = ("issuer", "kind", "code")
        verbose_name_plural = "document series"
        constraints = (
            models.CheckConstraint(
                condition=Q(pattern="") | Q(pattern__regex=PATTERN), name="series_pattern"
            ),
            models.CheckConstraint(
                condition=Q(terms="") | Q(terms__regex=TERMS), name="series_terms"
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="series_since_until",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values), name="series_confidence"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="series_has_source"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.kind} {self.pattern}".strip()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])

    def values(self) -> dict[str, Any]:
        """The row in plain values, as a proposal and the history keep it."""
        return {name: _plain(getattr(self, name)) for name in FIELDS}


class SeriesRevision(Event):
    """What a row of the table said from then on: added once, never changed."""

    retention: ClassVar[str] = "as long as the table is kept"
    exports: ClassVar[tuple[str, ...]] = ("revision", "at")

    series = models.ForeignKey(DocumentSeries, models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    values = models.JSONField()
    at = models.DateTimeField()
    proposed_by_name = models.CharField(max_length=120)
    agreed_by_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("series", "revision"), name="series_revision_once"),
        )

    def __str__(self) -> str:
        return f"{self.series_id} {self.revision}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


class SeriesChange(Versioned):
    """A new row or a change, proposed by one document expert and agreed to by another.

    `based_on`: the revision that the proposer saw, 0 for a new row.
    """

    retention: ClassVar[str] = "as long as the table is kept"
    exports: ClassVar[tuple[str, ...]] = ("code", "status", "proposed_at", "decided_at")

    series = models.ForeignKey(DocumentSeries, models.PROTECT, null=True, related_name="changes")
    code = models.SlugField(_("Code"), max_length=40)
    status = models.CharField(max_length=10, choices=SeriesStatus, default=SeriesStatus.PROPOSED)
    based_on = models.PositiveIntegerField()
    draft = models.JSONField()
    reason = models.CharField(_("Reason"), max_length=200)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=SeriesStatus.values), name="series_change_status"
            ),
            two_people("proposed", "decided", name="series_change_two_people"),
            models.CheckConstraint(
                condition=~Q(status="agreed") | ~Q(decided_at=None),
                name="series_change_agreed_by_second",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="series_change_reason"),
            models.UniqueConstraint(
                fields=("code",), condition=Q(status="proposed"), name="series_change_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
