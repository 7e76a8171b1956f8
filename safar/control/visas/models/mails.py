"""Which e-mails wait for an applicant, and which have left? The outbox of her application."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safar.control.visas.models.applications import RETENTION, Application, ApplicationMove
from safar.core.permissions import Actor
from safar.core.record import Record


class StatusMail(Record):
    """One word that there is news, for one move of an application: it is never sent twice.

    It holds neither the address, which is the application's, nor what the news is.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("queued_at", "sent_at")

    application = models.ForeignKey(Application, models.CASCADE, related_name="mails")
    move = models.OneToOneField(ApplicationMove, models.CASCADE, related_name="mail")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("queued_at",)
        indexes = (
            models.Index(
                "queued_at", condition=Q(sent_at=None, given_up_at=None), name="status_mail_waits"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="status_mail_one_end"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application_id} {self.queued_at:%Y-%m-%d %H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(pk__in=[])
