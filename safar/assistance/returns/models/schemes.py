"""What a sending state gives to those who return: its schemes, by date, line by line."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.returns.choices import Given, GrantPurpose, PerWhom
from safar.assistance.returns.rules import Line
from safar.core.permissions import Actor
from safar.core.record import Record


class Scheme(Record):
    """A scheme of a sending state as it stands from a day on: they change every year."""

    code = models.CharField(_("Code"), max_length=20)
    sending = models.CharField(_("Sending state"), max_length=3)
    name = models.CharField(_("Name"), max_length=120)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True)
    claim_months = models.PositiveSmallIntegerField(_("Months to claim it in"))
    source = models.CharField(_("Source"), max_length=200)
    confidence = models.CharField(_("How sure"), max_length=10)

    class Meta:
        ordering = ("sending", "code", "-valid_from")
        constraints = (
            models.UniqueConstraint("code", "valid_from", name="scheme_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="scheme_dates"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class SchemeLine(Record):
    """How much a scheme gives at the most, for what, to whom, in which form."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="lines")
    purpose = models.CharField(_("For"), max_length=10, choices=GrantPurpose)
    given = models.CharField(_("Given"), max_length=10, choices=Given)
    per = models.CharField(_("To"), max_length=6, choices=PerWhom)
    ceiling = models.DecimalField(_("At the most"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)

    class Meta:
        ordering = ("purpose", "per")
        constraints = (
            models.UniqueConstraint("scheme", "purpose", "per", name="scheme_line_once"),
            models.CheckConstraint(condition=Q(ceiling__gt=0), name="scheme_line_positive"),
        )

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.purpose} {self.ceiling} {self.currency}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()

    def line(self) -> Line:
        return Line(self.purpose, self.given, self.per, self.ceiling, self.currency)
