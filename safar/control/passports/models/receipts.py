"""The receipt that was signed at the counter, as it was scanned."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from safar.accounts.models import User
from safar.control.passports.models.passports import RETENTION, Passport
from safar.core.files import FileType
from safar.core.permissions import Actor
from safar.core.record import Event


class SignedReceipt(Event):
    """A scan of what whoever received a document signed. Never changed; a better one is added."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("file_type", "size", "added_at")

    passport = models.ForeignKey(Passport, models.PROTECT, related_name="signed_receipts")
    file_type = models.CharField(max_length=20, choices=FileType)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField(pgettext_lazy("signed receipt", "Added"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-added_at", "-pk")
        constraints = (
            models.UniqueConstraint("passport", "sha256", name="signed_receipt_once"),
            models.CheckConstraint(
                condition=Q(file_type__in=FileType.values), name="signed_receipt_file_type"
            ),
        )

    def __str__(self) -> str:
        return f"{self.passport_id} {self.file_type}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Those of the documents that she sees."""
        seen = Passport.objects.filter(Passport.scope(actor))
        return Q() if "*" in actor.permissions else Q(passport__in=seen.values("pk"))
