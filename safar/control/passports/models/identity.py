"""Is she in the register under another name? Each look for her, and each candidate with a judgement."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.passports.choices.identity import FoundIn, Outcome
from safar.control.passports.models.applications import RETENTION, Application, of_application
from safar.control.travellers.models import TravelDocument
from safar.core import node
from safar.core.permissions import Actor
from safar.core.record import Event, Record


class IdentityCheck(Event):
    """One look for an applicant among all holders. `mark` is that of the person as she was then."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("at",)

    application = models.ForeignKey(Application, models.PROTECT, related_name="identity_checks")
    mark = models.CharField(max_length=64)
    found = models.PositiveSmallIntegerField()
    faces_compared = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.found}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class IdentityMatch(Record):
    """A candidate: an application, or a document shown at a border, that may be the applicant's.

    One row for a pair, kept through later looks. `typed_by` is who typed the application: she does
    not judge. `document` goes when the border's records end; the judgement stays. `protected`: the
    candidate is, or once was, a refugee or stateless person. At a consulate such a row is not there,
    nor is any that was found at a border: see `told`.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("outcome", "judged_at")

    application = models.ForeignKey(Application, models.PROTECT, related_name="identity_matches")
    found_in = models.CharField(max_length=8, choices=FoundIn)
    other = models.ForeignKey(Application, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(TravelDocument, models.SET_NULL, null=True, related_name="+")
    mark = models.CharField(max_length=64)  # of both persons, as they stood when it was judged
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    face_score = models.FloatField(null=True)
    found_at = models.DateTimeField()
    protected = models.BooleanField(default=False)
    typed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-score", "pk")
        constraints = (
            models.UniqueConstraint("application", "other", name="passport_match_once"),
            models.UniqueConstraint("application", "document", name="passport_match_document_once"),
            models.CheckConstraint(
                condition=Q(found_in="register", other__isnull=False, document=None)
                | Q(found_in="border", other=None),
                name="passport_match_of_one",
            ),
            models.CheckConstraint(
                condition=Q(other=None) | ~Q(other=F("application")), name="passport_match_of_two"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", judged_at=None, judged_by=None, reason="")
                | Q(
                    outcome__in=Outcome.values,
                    judged_at__isnull=False,
                    judged_by__isnull=False,
                )
                & ~Q(reason=""),
                name="passport_match_judged_at_by",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | Q(typed_by=None) | ~Q(judged_by=F("typed_by")),
                name="passport_match_judged_by_another",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application_id} {self.other_id or self.document_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Those of an application in her sight; what is withheld, headquarters alone."""
        mine = of_application(actor)
        return mine if actor.nationwide or "*" in actor.permissions else mine & told()


def told() -> Q:
    """What an application's own office may know.

    Abroad nothing of people under protection, and nothing of who was seen at a border: a state
    that somebody fled must not learn from its passport's copy that she came here.
    """
    harmless = Q(protected=False, found_in=FoundIn.REGISTER)
    return harmless | Q(application__office__country=node.country())
