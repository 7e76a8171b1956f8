"""The file of a return: who referred it, what was asked, and the declaration of each person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, Person
from safar.assistance.cases.sight import of_case
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models.schemes import Scheme
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned

RETENTION = "as long as the case"


class ReturnFile(Versioned):
    """What a return has beyond any case: one row for each case of the programme."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "sending", "mission_reference", "homeland", "order", "claim_by", "arrived_on",
    )  # fmt: skip

    case = models.OneToOneField(Case, models.CASCADE, related_name="return_file")
    sending = models.CharField(_("Sending state"), max_length=3)
    mission_reference = models.CharField(_("The mission's reference"), max_length=40, blank=True)
    scheme = models.ForeignKey(Scheme, models.PROTECT, verbose_name=_("Scheme"), related_name="+")
    homeland = models.CharField(_("Returns to"), max_length=3)
    order = models.CharField(
        _("Deportation order"), max_length=10, choices=Order, default=Order.UNKNOWN
    )
    claim_by = models.DateField(_("To be claimed by"), null=True)
    arrived_on = models.DateField(_("Arrived"), null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(order__in=Order.values), name="return_order_known"),
        )
        # Looked up, and not unique: what is out of sight would be known by the refusal.
        indexes = (
            models.Index(
                fields=("sending", "mission_reference"),
                condition=~Q(mission_reference=""),
                name="return_by_reference",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case} {self.sending}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Declaration(Versioned):
    """A person's written word that she returns of her own will. Withdrawn at any time."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "signed_on", "language", "interpreter", "guardian_name", "withdrawn_on",
    )  # fmt: skip

    case = models.ForeignKey(Case, models.CASCADE, related_name="declarations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    signed_on = models.DateField(_("Signed on"))
    language = models.CharField(_("Language"), max_length=3)
    interpreter = models.CharField(_("Interpreter"), max_length=120, blank=True)
    guardian = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    form_version = models.CharField(_("Form"), max_length=20)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True)
    withdrawal = models.CharField(_("What she said"), max_length=300, blank=True)

    class Meta:
        ordering = ("signed_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("case", "person"),
                condition=Q(withdrawn_on=None),
                name="declaration_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("signed_on")),
                name="declaration_withdrawn_after",
            ),
            models.CheckConstraint(
                condition=Q(guardian=None) | ~Q(guardian=models.F("person")),
                name="declaration_guardian_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.signed_on}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class VulnerabilityScreening(Event):
    """The rapid questions before a return. A yes makes a full assessment due, never a refusal.

    Source: IOM reintegration handbook, module 2.2.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("screened_at", "is_positive")

    case = models.ForeignKey(Case, models.CASCADE, related_name="screenings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    health = models.BooleanField(_("A serious illness or a disability"))
    violence = models.BooleanField(_("Violence, now or before"))
    trafficking = models.BooleanField(_("Signs of trafficking or exploitation"))
    alone = models.BooleanField(_("A child alone, or nobody at home who would receive her"))
    fear = models.BooleanField(_("Fears to return"))
    screened_at = models.DateTimeField()
    screened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    ASKED: ClassVar[tuple[str, ...]] = ("health", "violence", "trafficking", "alone", "fear")

    def __str__(self) -> str:
        return f"{self.person_id} {self.screened_at:%Y-%m-%d}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)

    @property
    def is_positive(self) -> bool:
        return any(getattr(self, name) for name in self.ASKED)
