"""By which scheme somebody is resettled, and which steps and papers it asks of each member."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.movements.choices import Fare, Payer, Selection, StepKind
from safar.core.permissions import Actor
from safar.core.record import Record


class MovementScheme(Record):
    """A scheme of a receiving state as it stands from a day on.

    `destination` is empty where one scheme serves many states (family reunification, self-payers).
    """

    code = models.CharField(_("Code"), max_length=20)
    destination = models.CharField(_("Destination"), max_length=3, blank=True)
    name = models.CharField(_("Name"), max_length=120)
    selection = models.CharField(_("Who selects"), max_length=8, choices=Selection)
    fare = models.CharField(_("Fare"), max_length=12, choices=Fare)
    payer = models.CharField(_("Who pays"), max_length=8, choices=Payer)
    loan_adult = models.DecimalField(
        _("Travel loan, an adult"), max_digits=10, decimal_places=2, null=True
    )
    loan_child = models.DecimalField(
        _("Travel loan, a child"), max_digits=10, decimal_places=2, null=True
    )
    loan_currency = models.CharField(_("Currency"), max_length=3, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True)
    source = models.CharField(_("Source"), max_length=200)
    confidence = models.CharField(_("How sure"), max_length=10)

    class Meta:
        ordering = ("destination", "code", "-valid_from")
        constraints = (
            models.UniqueConstraint("code", "valid_from", name="movement_scheme_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="movement_scheme_dates",
            ),
            models.CheckConstraint(
                condition=Q(loan_adult=None, loan_child=None, loan_currency="")
                | Q(loan_adult__gt=0, loan_child__gte=0, loan_currency__regex=r"^[A-Z]{3}$"),
                name="movement_scheme_loan_whole",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class SchemeStep(Record):
    """A step that the scheme asks of each member from an age on, and when."""

    scheme = models.ForeignKey(MovementScheme, models.CASCADE, related_name="steps")
    kind = models.CharField(_("Step"), max_length=12, choices=StepKind)
    number = models.PositiveSmallIntegerField(_("Order"))
    from_age = models.PositiveSmallIntegerField(_("From which age"), default=0)
    for_applicant_only = models.BooleanField(_("For the applicant alone"), default=False)
    expires = models.BooleanField(_("Has an end of validity"), default=False)
    valid_months = models.PositiveSmallIntegerField(_("Usually valid for, months"), null=True)
    days = models.PositiveSmallIntegerField(_("Days to do it in, from acceptance"), null=True)
    papers = models.CharField(_("Papers that it takes"), max_length=200, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint("scheme", "kind", name="scheme_step_once"),
            models.CheckConstraint(
                condition=Q(valid_months=None) | Q(expires=True), name="scheme_step_validity"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.kind}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()
