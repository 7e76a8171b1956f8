"""Who pays: donors, projects and the lines of their budgets, in their simplest honest form."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.core.permissions import Actor
from safar.core.record import Record


class Donor(Record):
    """A state, a fund or a body that pays for projects."""

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=120)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class Project(Record):
    """What a donor pays for, over some years, in one currency."""

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    donor = models.ForeignKey(Donor, models.PROTECT, related_name="projects")
    programme = models.CharField(_("Programme"), max_length=20)
    currency = models.CharField(_("Currency"), max_length=3)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="project_dates"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="project_currency"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class BudgetLine(Record):
    """A line of a project's budget: every service and payment is booked on one."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="lines")
    code = models.CharField(_("Line"), max_length=20)
    name = models.CharField(_("For"), max_length=160)
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint("project", "code", name="budget_line_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()
