"""What does a post hold that is cut off from the register? Numbers that must not pass, by version."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safar.control.visas.choices.issued import ListedAs
from safar.core.permissions import Actor
from safar.core.record import Event, Record

RETENTION = "until the next version of the list"


class VisaListVersion(Event):
    """A version of the list that was exported here, or imported at a post. `sha256` of its body."""

    version = models.PositiveIntegerField()
    origin = models.CharField(max_length=40)  # name of the node that made it
    imported = models.BooleanField()
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=("imported", "version"), name="visa_list_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.origin} {self.version}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("visas.read_signers") else Q(pk__in=[])


class ListedNumber(Record):
    """A number of the list that this post holds: replaced as a whole by the next version."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("number", "listed_as")

    number = models.CharField(max_length=9, unique=True)
    listed_as = models.CharField(max_length=8, choices=ListedAs)
    since = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(listed_as__in=ListedAs.values), name="listed_number_as"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.listed_as}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(pk__in=[])
