"""What the person wants to live from, and whether that can work where she returns to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case
from safar.assistance.cases.sight import of_case
from safar.assistance.returns.choices import PlanKind, Verdict
from safar.assistance.returns.models.files import RETENTION
from safar.core.permissions import Actor
from safar.core.record import Versioned


class FeasibilityOption(Versioned):
    """One way that was weighed. The chosen one becomes the plan; the others stay on record."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "title", "verdict", "is_chosen")

    case = models.ForeignKey(Case, models.CASCADE, related_name="options")
    kind = models.CharField(_("Kind"), max_length=10, choices=PlanKind)
    title = models.CharField(_("What"), max_length=160)
    market = models.CharField(_("Who would buy or employ"), max_length=300, blank=True)
    skills = models.CharField(_("What she can do"), max_length=300, blank=True)
    needs = models.CharField(_("What it takes"), max_length=300, blank=True)
    risks = models.CharField(_("What may go wrong"), max_length=300, blank=True)
    verdict = models.CharField(_("Verdict"), max_length=14, choices=Verdict)
    weighed_on = models.DateField(_("Weighed on"))
    weighed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    is_chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ("weighed_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(is_chosen=True), name="option_one_chosen"
            ),
            models.CheckConstraint(
                condition=Q(is_chosen=False) | ~Q(verdict=Verdict.NOT_FEASIBLE),
                name="option_chosen_is_feasible",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
