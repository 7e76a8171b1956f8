"""What is kept of a case on paper: its documents in every version, and what workers noted.

Everything that can be read is sealed with the case's own key (`keys.py`); once that key is
destroyed, nobody reads any of it again.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.papers import DocumentKind, FileType, PaperLanguage
from safar.assistance.cases.models.cases import RETENTION, Case
from safar.assistance.cases.models.people import Person
from safar.assistance.cases.sight import of_case, of_part
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned


class CaseKey(Record):
    """The key of one case, wrapped by the installation's. Destroyed, it stays destroyed."""

    retention = "until the case is erased"

    case = models.OneToOneField(Case, models.PROTECT, related_name="key")
    wrapped = models.BinaryField(null=True)
    wrapped_by = models.CharField(max_length=16)  # the installation key's id, never the key
    made_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    wrapped__isnull=False, destroyed_at__isnull=True, destroyed_by__isnull=True
                )
                | Q(wrapped__isnull=True, destroyed_at__isnull=False, destroyed_by__isnull=False),
                name="case_key_there_or_destroyed",
            ),
        )

    def __str__(self) -> str:
        return f"key of {self.case_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Document(Versioned):
    """A paper of a case, of whichever version. `compartment` is "" where it is the case's own."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "kind", "title", "number", "issuer", "issued_on", "expires_on", "language", "added_at",
    )  # fmt: skip

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name=_("Whose"), related_name="+"
    )
    kind = models.CharField(_("Kind"), max_length=16, choices=DocumentKind)
    title = models.CharField(_("Title"), max_length=120, blank=True)
    number = models.CharField(_("Number"), max_length=40, blank=True)
    issuer = models.CharField(_("Issued by"), max_length=120, blank=True)
    issued_on = models.DateField(_("Issued"), null=True, blank=True)
    expires_on = models.DateField(_("Runs out"), null=True, blank=True)
    language = models.CharField(_("Language"), max_length=3, choices=PaperLanguage, blank=True)
    compartment = models.CharField(_("File"), max_length=12, choices=Compartment, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-added_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(issued_on=None)
                | Q(expires_on=None)
                | Q(expires_on__gte=F("issued_on")),
                name="document_dates",
            ),
            models.CheckConstraint(
                condition=Q(compartment__in=["", *Compartment.values]),
                name="document_compartment_known",
            ),
        )
        indexes = (models.Index(fields=("case", "-added_at"), name="document_by_case"),)

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_part(actor)


class DocumentVersion(Event):
    """A file as it was handed in: added, never replaced. `sealed` is the file, encrypted.

    `case` and `compartment` are the document's, so that the wall needs no second look.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("number", "file_type", "size", "sha256", "added_at")

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=12, choices=Compartment, blank=True)
    number = models.PositiveSmallIntegerField(_("Version"))
    file_type = models.CharField(_("File type"), max_length=80, choices=FileType)
    size = models.PositiveIntegerField(_("Size"))
    pages = models.PositiveSmallIntegerField(_("Pages"), null=True)
    sha256 = models.CharField(max_length=64)  # of the file before it was sealed
    sealed = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint("document", "number", name="document_version_once"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_part(actor)


class Note(Event):
    """What a worker wrote down. A correction is another note that names the one it corrects."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("written_at",)  # the words: on decision (own_data.py)

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    compartment = models.CharField(_("File"), max_length=12, choices=Compartment, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-written_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(compartment__in=["", *Compartment.values]),
                name="note_compartment_known",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="note_corrects_another"
            ),
        )
        indexes = (models.Index(fields=("case", "-written_at"), name="note_by_case"),)

    def __str__(self) -> str:
        return f"note of {self.case_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_part(actor)
