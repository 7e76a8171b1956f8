"""Which signers of documents did a state revoke? Its lists, as they came: the newest counts."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.documents.models.chips import RETENTION, StateCertificate
from safar.core.permissions import Actor
from safar.core.record import Event


def nothing() -> list[Any]:
    return []


class RevocationList(Event):
    """A revocation list whose signature is right, under a certificate that two people trusted then.

    `serials`: of the revoked certificates, in lower-case hexadecimal without leading zeros.
    `due_at`: when the state promised a newer one, where the list says so.
    """

    retention: ClassVar[str] = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("file_name", "imported_at")

    certificate = models.ForeignKey(
        StateCertificate, models.PROTECT, related_name="revocation_lists"
    )
    country = models.CharField(_("State"), max_length=2)
    issued_at = models.DateTimeField(_("Issued"))
    due_at = models.DateTimeField(_("Next one due"), null=True)
    serials = models.JSONField(default=nothing)
    number = models.PositiveIntegerField(_("Revoked"))
    file_name = models.CharField(_("File"), max_length=120)
    sha256 = models.CharField(max_length=64, unique=True)
    source = models.CharField(_("How it came"), max_length=200)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("country", "-issued_at", "-id")
        constraints = (
            models.CheckConstraint(condition=~models.Q(source=""), name="revocation_list_source"),
            models.UniqueConstraint(
                fields=("certificate", "issued_at"), name="revocation_list_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.issued_at:%Y-%m-%d %H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q() if actor.may("documents.read") else models.Q(pk__in=[])
