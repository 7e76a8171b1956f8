"""An application for a visa or permit: what the applicant says, and how far it has come."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.applications.models import ApplicationBase, MoveBase
from safar.control.offices.models import IssuingOffice, OfficePlacement
from safar.control.visas.choices.applications import (
    Channel,
    DocumentKind,
    Entries,
    Ground,
    Language,
    Status,
)
from safar.control.visas.models.kinds import (
    VisaKind,
)
from safar.core.permissions import Actor
from safar.reference.partial_date_field import shape_constraint

RETENTION = "five years after the decision; a draft that was never sent: 30 days"
PREPARED = ("prepared", "granted", "refused", "issued")
GRANTED = ("granted", "issued")
# What an erased application says of a person: nothing. Her year of birth, sex and citizenship stay
# for figures.
NOBODY: dict[str, Any] = {
    **dict.fromkeys(
        (
            "code_hash", "surname", "given_names", "name_written", "email", "phone",
            "document_number", "other_numbers", "purpose", "inviter", "address", "decision_reason",
        ),
        "",
    ),
    "document_issued_on": None,
    "document_expires_on": None,
}  # fmt: skip


class Application(ApplicationBase):
    """What one person applies for. Read under `number`, which is random: none leads to the next.

    `code_hash` is of the code with which an applicant comes back to her own draft; her status is
    read by number and birth date. `granted_*` is what was decided, which may be less than asked.
    `language` is that of her letters. Once `erased_at` is set, nothing says who she was.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "number", "kind", "status", "surname", "given_names", "name_written", "birth", "sex",
        "nationality", "document_kind", "issuer", "document_number", "document_issued_on",
        "document_expires_on", "other_numbers", "email", "phone", "language", "inviter", "purpose", "address", "entries_asked",
        "arrives_on", "leaves_on", "begun_at", "submitted_at", "decided_at", "grounds",
        "granted_entries", "granted_from", "granted_until", "granted_days",
    )  # fmt: skip

    code_hash = models.CharField(max_length=64, blank=True)
    channel = models.CharField(_("Came"), max_length=9, choices=Channel)
    status = models.CharField(_("Status"), max_length=10, choices=Status, default=Status.DRAFT)
    kind = models.ForeignKey(VisaKind, models.PROTECT, null=True, related_name="+")
    consulate = models.ForeignKey(
        IssuingOffice, models.PROTECT, null=True, related_name="applications"
    )

    name_written = models.CharField(_("Name in own letters"), max_length=120, blank=True)
    email = models.CharField(_("E-mail"), max_length=120, blank=True)
    language = models.CharField(
        _("Language of letters"), max_length=2, choices=Language, default=Language.ENGLISH
    )

    document_kind = models.CharField(_("Document"), max_length=2, choices=DocumentKind, blank=True)
    issuer = models.CharField(_("Issued by"), max_length=3, blank=True)
    document_number = models.CharField(_("Number"), max_length=30, blank=True)
    document_issued_on = models.DateField(_("Issued on"), null=True)
    document_expires_on = models.DateField(_("Runs out"), null=True)

    other_numbers = models.CharField(_("Earlier passports"), max_length=100, blank=True)

    purpose = models.CharField(_("Purpose"), max_length=200, blank=True)
    inviter = models.CharField(_("Who invites"), max_length=200, blank=True)
    address = models.CharField(_("Address there"), max_length=200, blank=True)
    entries_asked = models.CharField(_("Entries"), max_length=1, choices=Entries, blank=True)
    arrives_on = models.DateField(_("From"), null=True)
    leaves_on = models.DateField(_("To"), null=True)

    prepared_at = models.DateTimeField(null=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    prepared_by_name = models.CharField(max_length=120, blank=True)
    grounds = ArrayField(models.CharField(max_length=16, choices=Ground), default=list)
    granted_entries = models.CharField(max_length=1, choices=Entries, blank=True)
    granted_days = models.PositiveSmallIntegerField(null=True)
    granted_from = models.DateField(null=True)
    granted_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta(ApplicationBase.Meta):
        indexes = (
            models.Index("consulate", "status", "submitted_at", name="application_desk"),
            models.Index("issuer", "document_number", name="application_by_document"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Status.values), name="application_status"),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="application_channel"
            ),
            shape_constraint("birth", "application_birth_shape"),
            models.CheckConstraint(
                condition=(~Q(surname="") & ~Q(birth="") & ~Q(nationality=""))
                | Q(erased_at__isnull=False),
                name="application_says_who",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(**NOBODY) & Q(birth__regex=r"^(\d{4})?$"),
                name="application_erased_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", submitted_at=None)
                | Q(erased_at__isnull=False, submitted_at__isnull=False, kind__isnull=False)
                | (
                    ~Q(status="draft")
                    & Q(
                        submitted_at__isnull=False,
                        kind__isnull=False,
                        consulate__isnull=False,
                        fee_due__isnull=False,
                        arrives_on__isnull=False,
                        leaves_on__gte=F("arrives_on"),
                        document_expires_on__isnull=False,
                    )
                    & ~Q(document_number="")
                    & ~Q(issuer="")
                    & ~Q(entries_asked="")
                ),
                name="application_sent_whole",
            ),
            models.CheckConstraint(
                condition=Q(prepared_at=None, prepared_by=None, prepared_by_name="")
                | Q(prepared_at__isnull=False, prepared_by__isnull=False)
                & ~Q(prepared_by_name=""),
                name="application_prepared_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=PREPARED) | Q(prepared_by__isnull=False),
                name="application_prepared_by_somebody",
            ),
            two_people("prepared", "decided", name="application_two_people"),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(entered_by=None)
                | ~Q(decided_by=F("entered_by")),
                name="application_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("granted", "refused", "issued"), decided_by__isnull=False)
                | (~Q(status__in=("granted", "refused", "issued")) & Q(decided_at=None)),
                name="application_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(status="refused", grounds__len__gte=1)
                | (~Q(status="refused") & Q(grounds__len=0)),
                name="application_refused_on_grounds",
            ),
            models.CheckConstraint(
                condition=(~Q(status__in=GRANTED) & Q(granted_from=None, granted_until=None))
                | (
                    Q(status__in=GRANTED)
                    & Q(
                        granted_from__isnull=False,
                        granted_until__gte=F("granted_from"),
                        granted_days__gte=1,
                    )
                    & ~Q(granted_entries="")
                ),
                name="application_granted_what",
            ),
        )  # fmt: skip

    @property
    def stay_days(self) -> int | None:
        """The days of stay asked for: the whole time, or the most that the kind gives."""
        if self.arrives_on is None or self.leaves_on is None or self.kind is None:
            return None
        return min((self.leaves_on - self.arrives_on).days + 1, self.kind.max_days)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Her consulates' applications; headquarters sees all. Nobody reads an applicant's draft,
        nor opens what was erased."""
        if not actor.may("visas.read"):
            return Q(pk__in=[])
        sent = ~Q(status=Status.DRAFT, channel=Channel.PUBLIC) & Q(erased_at=None)
        if actor.nationwide:
            return sent
        mine = OfficePlacement.objects.filter(user=actor.user_id, ended_at=None)
        return sent & Q(consulate_id__in=mine.values("office_id"))


def of_application(actor: Actor) -> Q:
    """The condition of rows that belong to an application which the actor may see."""
    return Q(application_id__in=Application.objects.visible_to(actor).values("pk"))


class ApplicationMove(MoveBase):
    """One move of an application."""

    retention = RETENTION

    application = models.ForeignKey(Application, models.PROTECT, related_name="moves")

    class Meta(MoveBase.Meta):
        indexes = (models.Index("application", "at", name="application_move_by_time"),)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Tries(models.Model):
    """How often somebody tried to look something up, within a quarter of an hour.

    `mark` is a keyed hash of the address or the reference: nobody reads either here.
    """

    mark = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint("mark", "since", name="tries_once"),)

    def __str__(self) -> str:
        return f"{self.mark[:8]} {self.count}"
