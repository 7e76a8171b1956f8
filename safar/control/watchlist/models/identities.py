"""By what is the person of an entry known: names, birth dates, documents."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import DocumentKind, Script
from safar.control.watchlist.models.lists import ListEntry
from safar.core.permissions import Actor
from safar.core.record import Record
from safar.lib.partial_dates import PartialDate


class EntryName(Record):
    """A name as its source writes it: `SURNAME, Given` where the surname is known."""

    retention: ClassVar[str] = "with its entry"
    exports: ClassVar[tuple[str, ...]] = ("text",)

    entry = models.ForeignKey(ListEntry, models.CASCADE, related_name="names")
    text = models.CharField(_("Name"), max_length=300)
    script = models.CharField(max_length=10, choices=Script, default=Script.LATIN)
    is_primary = models.BooleanField(default=False)
    is_weak = models.BooleanField(_("Nickname, or too common to search by alone"), default=False)
    fold = models.CharField(max_length=300)

    class Meta:
        ordering = ("entry", "-is_primary", "text")
        indexes = (models.Index("fold", name="entry_name_by_fold"),)
        constraints = (
            models.UniqueConstraint("entry", "text", name="entry_name_once"),
            models.CheckConstraint(condition=~Q(text=""), name="entry_name_not_empty"),
        )

    def __str__(self) -> str:
        return self.text

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class EntryBirth(Record):
    """A birth date that the source gives: its known parts, or a span of years."""

    retention: ClassVar[str] = "with its entry"
    exports: ClassVar[tuple[str, ...]] = ("year", "month", "day")

    entry = models.ForeignKey(ListEntry, models.CASCADE, related_name="births")
    year = models.PositiveSmallIntegerField(_("Year"))
    month = models.PositiveSmallIntegerField(_("Month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("Day"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("Last year of a span"), null=True, blank=True)
    approximate = models.BooleanField(_("About"), default=False)

    class Meta:
        ordering = ("entry", "year", "month", "day")
        constraints = (
            models.CheckConstraint(
                condition=Q(year__gte=1800, year__lte=2200), name="entry_birth_year"
            ),
            models.CheckConstraint(
                condition=Q(month=None, day=None) | Q(month__gte=1, month__lte=12),
                name="entry_birth_month",
            ),
            models.CheckConstraint(
                condition=Q(day=None) | Q(day__gte=1, day__lte=31), name="entry_birth_day"
            ),
            models.CheckConstraint(
                condition=Q(year_to=None) | Q(month=None, day=None, year_to__gte=models.F("year")),
                name="entry_birth_span",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}–{self.year_to}" if self.year_to else str(self.date)

    @property
    def date(self) -> PartialDate:
        return PartialDate(self.year, self.month, self.day)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class EntryDocument(Record):
    """A document of the entry's person; `number` as `rules.document_number` writes it."""

    retention: ClassVar[str] = "with its entry"
    exports: ClassVar[tuple[str, ...]] = ("issuer", "number")

    entry = models.ForeignKey(ListEntry, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind, default=DocumentKind.PASSPORT)
    issuer = models.CharField(_("Issuing state"), max_length=3, blank=True)
    number = models.CharField(_("Number"), max_length=60)

    class Meta:
        ordering = ("entry", "number")
        indexes = (models.Index("number", "issuer", name="entry_document_by_number"),)
        constraints = (
            models.UniqueConstraint(
                "entry", "kind", "issuer", "number", name="entry_document_once"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9A-Z]{3,}$"), name="entry_document_number"
            ),
            models.CheckConstraint(
                condition=Q(issuer__regex=r"^[A-Z]{0,3}$"), name="entry_document_issuer"
            ),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}".strip()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])
