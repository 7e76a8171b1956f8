"""Where a user works, and what she may therefore know of."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.case import Compartment
from safar.core.permissions import Actor
from safar.core.record import Record


class Placement(Record):
    """A user works a programme in an office (in all of them, where none is named).

    `compartments` are the walls behind which she works there. A restricted case needs more:
    her own name on it (`CaseAccess`).
    """

    retention: ClassVar[str] = "as long as the account"
    exports: ClassVar[tuple[str, ...]] = ("programme", "compartments")

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="placements")
    programme = models.CharField(_("Programme"), max_length=20)
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    team = models.CharField(_("Team"), max_length=60, blank=True)
    compartments = ArrayField(
        models.CharField(max_length=12, choices=Compartment), default=list, blank=True
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "programme", "office"),
                name="placement_once",
                nulls_distinct=False,
            ),
        )
        indexes = (models.Index(fields=("user",), name="placement_by_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.programme} {self.office_id or 'everywhere'}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("cases.place_user") else Q(user_id=actor.user_id)
