"""Travellers, the documents they showed, and judgements of who is the same person."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.control.travellers.choices import Judgement, Sex
from safar.core.permissions import Actor
from safar.core.record import Event, Record
from safar.reference.partial_date_field import PartialDateField, shape_constraint

RETENTION = "three years after the last exit, five where an exit is missing"


class Traveller(Record):
    """A person who came to a border. Nothing else is known of her than her documents say."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("added_at",)

    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"traveller {self.pk}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Whoever may open files may open every traveller's: each opening is recorded."""
        return Q() if actor.may("travellers.open") else Q(pk__in=[])


class TravelDocument(Record):
    """A document that a traveller showed, as it was read: never corrected, only added to."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "kind", "issuer", "number", "nationality", "surname", "given_names", "name_written",
        "birth", "sex", "expires_on", "personal_number",
    )  # fmt: skip

    traveller = models.ForeignKey(Traveller, models.CASCADE, related_name="documents")
    kind = models.CharField(_("Kind"), max_length=2)
    issuer = models.CharField(_("Issued by"), max_length=3)
    number = models.CharField(_("Number"), max_length=30)  # a card's long number: 9 and 14 signs
    nationality = models.CharField(_("Citizen of"), max_length=3)
    surname = models.CharField(_("Surname"), max_length=80, blank=True)
    given_names = models.CharField(_("Given names"), max_length=80, blank=True)
    name_written = models.CharField(_("Name as written"), max_length=160, blank=True)
    name_key = models.CharField(max_length=160)
    birth = PartialDateField(_("Born"), blank=True)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex, blank=True)
    expires_on = models.DateField(_("Valid to"), null=True)
    personal_number = models.CharField(_("Personal number"), max_length=20, blank=True)
    first_seen_at = models.DateTimeField()

    class Meta:
        ordering = ("-first_seen_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("number", "issuer", "traveller"), name="document_once_a_traveller"
            ),
            shape_constraint("birth", "document_birth_shape"),
        )
        indexes = (
            models.Index(fields=("name_key", "birth"), name="document_by_person"),
            # The same person under a name that is spelt or sounds otherwise.
            models.Index(fields=("birth",), name="document_by_birth"),
            models.Index(
                fields=("personal_number",),
                name="document_by_personal_number",
                condition=~Q(personal_number=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}"

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("travellers.open") else Q(pk__in=[])


class SamePersonJudgement(Event):
    """What an officer held of two travellers. The last judgement of a pair counts."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("judgement", "judged_at")

    one = models.ForeignKey(Traveller, models.CASCADE, related_name="+")
    other = models.ForeignKey(Traveller, models.CASCADE, related_name="+")
    judgement = models.CharField(max_length=10, choices=Judgement)
    reason = models.CharField(_("Reason"), max_length=300)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            # A pair is kept in one order, so that its last judgement is found by one look.
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="same_person_pair_order"),
        )
        indexes = (models.Index(fields=("other",), name="same_person_by_other"),)

    def __str__(self) -> str:
        return f"{self.one_id} {self.judgement} {self.other_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("travellers.open") else Q(pk__in=[])
