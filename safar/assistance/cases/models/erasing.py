"""The end of personal data: what is proposed for erasure and by whom decided; own copies given."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.papers import ErasureStatus, ErasureWhy, IdentityCheck
from safar.assistance.cases.models.cases import Case
from safar.assistance.cases.models.people import Person
from safar.assistance.cases.sight import of_case, of_person
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned


class Erasure(Versioned):
    """A data protection officer proposes that a closed case be erased; another person decides.

    Its reason is about the rule, never about the person: it stays when the case is erased.
    """

    retention: ClassVar[str] = "for good: the proof that a case was erased, and by whom"
    kept_when_erased: ClassVar[tuple[str, ...]] = ("reason", "decision_reason")

    case = models.ForeignKey(Case, models.PROTECT, related_name="erasures")
    why = models.CharField(_("Why"), max_length=10, choices=ErasureWhy)
    reason = models.CharField(_("Rule or request"), max_length=200)
    status = models.CharField(max_length=10, choices=ErasureStatus, default=ErasureStatus.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decision_reason = models.CharField(_("Reason"), max_length=200, blank=True)
    keep_until = models.DateField(_("Keep until"), null=True)  # declined: not listed before

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    status=ErasureStatus.PROPOSED, decided_at__isnull=True, decided_by__isnull=True
                )
                | ~Q(status=ErasureStatus.PROPOSED)
                & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="erasure_decided_at_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="erasure_by_two_people",
            ),
            models.UniqueConstraint(
                fields=("case",),
                condition=~Q(status=ErasureStatus.DECLINED),
                name="erasure_once",
            ),
        )

    def __str__(self) -> str:
        return f"erasure of {self.case_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class OwnDataCopy(Event):
    """A person was given what is kept about her: who was sure that it was she, and who gave it."""

    retention: ClassVar[str] = "as long as the person's data"
    exports: ClassVar[tuple[str, ...]] = ("asked_on", "identity", "given_at", "sha256")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField(_("Asked for on"))
    identity = models.CharField(_("Who asks"), max_length=10, choices=IdentityCheck)
    notes = models.PositiveSmallIntegerField(default=0)  # whose words were decided to be hers
    documents = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-given_at",)

    def __str__(self) -> str:
        return f"copy for {self.person_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_person(actor)
