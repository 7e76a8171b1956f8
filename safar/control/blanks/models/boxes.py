"""Boxes of blanks under seal, and who opened them: always two people."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.blanks.choices import BlankKind, BoxState, OpeningStatus
from safar.control.offices.models import IssuingOffice
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned


def sees_blanks(actor: Actor) -> Q:
    return Q() if actor.may("blanks.read") else Q(pk__in=[])


class Box(Versioned):
    """A box of blanks of one kind, from number to number, with the seal that should be on it.

    `arrived_by`: who read its seal when it came to an office.
    """

    number = models.CharField(_("Box"), max_length=20, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=BlankKind)
    first = models.CharField(_("First number"), max_length=9)
    last = models.CharField(_("Last number"), max_length=9)
    seal = models.CharField(_("Seal"), max_length=20)
    holder = models.ForeignKey(IssuingOffice, models.PROTECT, null=True, related_name="boxes")
    status = models.CharField(max_length=10, choices=BoxState, default=BoxState.SEALED)
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "boxes"
        constraints = (
            models.CheckConstraint(condition=Q(status__in=BoxState.values), name="box_status"),
            models.CheckConstraint(condition=Q(kind__in=BlankKind.values), name="box_kind"),
            models.CheckConstraint(condition=~Q(seal="") & ~Q(number=""), name="box_seal"),
            models.CheckConstraint(
                condition=Q(arrived_by=None) | Q(arrived_at__isnull=False),
                name="box_arrived_at_by",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_blanks(actor)


class BoxRelease(Event):
    """A locked box was counted, and its blanks may be used: by somebody who did not read its seal.

    `seal`: the one under which it was locked. The database opens a locked box with such a row
    alone.
    """

    box = models.ForeignKey(Box, models.PROTECT, related_name="releases")
    seal = models.CharField(max_length=20)
    reason = models.CharField(_("Reason"), max_length=200)
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    released_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-released_at",)
        constraints = (
            models.UniqueConstraint(fields=("box", "seal"), name="release_once_of_a_seal"),
            models.CheckConstraint(condition=~Q(reason=""), name="release_reason"),
        )

    def __str__(self) -> str:
        return f"{self.box_id} released"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_blanks(actor)


class BoxOpening(Versioned):
    """One person reads the seal of a box and proposes to open it; another reads it too.

    `seal_seen`, `seal_seen_again`: what each of them read. The database lets no box be opened by
    one person, nor where either read another seal than the one on record (`seal`).
    """

    box = models.ForeignKey(Box, models.PROTECT, related_name="openings")
    seal = models.CharField(max_length=20)
    seal_seen = models.CharField(_("Seal, as it reads on the box"), max_length=20)
    seal_seen_again = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=8, choices=OpeningStatus, default=OpeningStatus.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            two_people("proposed", "decided", name="opening_two_people"),
            models.UniqueConstraint(
                fields=("box",), condition=Q(status="proposed"), name="one_open_opening"
            ),
            models.CheckConstraint(
                condition=Q(status="proposed") | ~Q(decided_at=None), name="opening_decided"
            ),
            models.CheckConstraint(
                condition=~Q(status="opened")
                | Q(seal_seen=models.F("seal"), seal_seen_again=models.F("seal")),
                name="opening_seal_as_on_record",
            ),
        )

    def __str__(self) -> str:
        return f"{self.box_id} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_blanks(actor)
