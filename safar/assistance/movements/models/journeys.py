"""The journey: seats on flights, who sits in them, who escorts, and what happened on the way."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember, Partner
from safar.assistance.cases.sight import of_case
from safar.assistance.movements.choices import (
    Boarded,
    EscortKind,
    Fare,
    JourneyEventKind,
    JourneyStatus,
    Payer,
)
from safar.assistance.movements.models.files import RETENTION
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned

LIVE = (JourneyStatus.HELD, JourneyStatus.TICKETED, JourneyStatus.DEPARTED)


class MovementJourney(Versioned):
    """A booking of one case under the carrier's reference. A changed one keeps its row.

    `revision` counts what receiving missions must be told: each change of flight or passengers.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("carrier", "reference", "status")

    case = models.ForeignKey(Case, models.CASCADE, related_name="journeys")
    status = models.CharField(
        _("State"), max_length=9, choices=JourneyStatus, default=JourneyStatus.HELD
    )
    carrier = models.CharField(_("Carrier"), max_length=60)
    reference = models.CharField(_("Booking reference"), max_length=10)
    fare = models.CharField(_("Fare"), max_length=12, choices=Fare)
    agreement = models.CharField(_("Agreement with the carrier"), max_length=40, blank=True)
    held_until = models.DateField(_("Tickets held until"), null=True)
    help_from = models.DateTimeField(_("Help at the airport from"), null=True)
    receiving = models.ForeignKey(
        Partner, models.PROTECT, verbose_name=_("Receiving mission"), null=True, related_name="+"
    )
    transit = models.ForeignKey(
        Partner, models.PROTECT, verbose_name=_("Transit mission"), null=True, related_name="+"
    )
    revision = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(status__in=LIVE), name="journey_one_live"
            ),
        )

    def __str__(self) -> str:
        return f"{self.carrier} {self.reference}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Leg(Record):
    """One flight of a journey."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("flight", "from_place", "departs_at", "to_place", "arrives_at")  # fmt: skip

    case = models.ForeignKey(Case, models.CASCADE, related_name="legs")
    journey = models.ForeignKey(MovementJourney, models.CASCADE, related_name="legs")
    number = models.PositiveSmallIntegerField()
    flight = models.CharField(_("Flight"), max_length=10)
    from_place = models.CharField(_("From"), max_length=60)
    departs_at = models.DateTimeField(_("Departs"))
    to_place = models.CharField(_("To"), max_length=60)
    arrives_at = models.DateTimeField(_("Lands"))

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint("journey", "number", name="leg_once"),
            models.CheckConstraint(
                condition=Q(arrives_at__gt=F("departs_at")), name="leg_lands_later"
            ),
        )
        indexes = (models.Index(fields=("flight", "departs_at"), name="leg_by_flight"),)

    def __str__(self) -> str:
        return f"{self.flight} {self.from_place}–{self.to_place}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Passenger(Versioned):
    """A member in a seat: the ticket, what it costs and who pays; checked off at departure."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("ticket", "cost", "currency", "payer", "boarded")

    case = models.ForeignKey(Case, models.CASCADE, related_name="passengers")
    journey = models.ForeignKey(MovementJourney, models.CASCADE, related_name="passengers")
    member = models.ForeignKey(CaseMember, models.CASCADE, related_name="seats")
    ticket = models.CharField(_("Ticket"), max_length=20, blank=True)
    cost = models.DecimalField(_("Cost"), max_digits=10, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    payer = models.CharField(_("Who pays"), max_length=8, choices=Payer)
    boarded = models.CharField(
        _("Departure"), max_length=11, choices=Boarded, default=Boarded.BOOKED
    )

    class Meta:
        constraints = (
            models.UniqueConstraint("journey", "member", name="passenger_once"),
            models.CheckConstraint(
                condition=Q(cost__gte=0, currency__regex=r"^[A-Z]{3}$"), name="passenger_cost"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.boarded}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Escort(Record):
    """Somebody who travels along, with papers of her own that must hold for the way back."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind",)

    case = models.ForeignKey(Case, models.CASCADE, related_name="escorts")
    journey = models.ForeignKey(MovementJourney, models.CASCADE, related_name="escorts")
    kind = models.CharField(_("Kind"), max_length=12, choices=EscortKind)
    name = models.CharField(_("Name"), max_length=120)
    passport = models.CharField(_("Passport"), max_length=20)
    passport_until = models.DateField(_("Passport holds until"))
    visa_until = models.DateField(_("Visa holds until"), null=True)
    returns_on = models.DateField(_("Returns on"))
    reported_on = models.DateField(_("Reported on"), null=True)
    report = models.CharField(_("Report"), max_length=500, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(kind=""), name="escort_kind_known"),
            models.CheckConstraint(
                condition=Q(passport_until__gte=F("returns_on"))
                & (Q(visa_until=None) | Q(visa_until__gte=F("returns_on"))),
                name="escort_papers_hold",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class JourneyEvent(Event):
    """What happened on the way, as it was told.

    Its words may tell of anybody on board: no copy of one person's own data holds them.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "at", "place")

    case = models.ForeignKey(Case, models.CASCADE, related_name="journey_events")
    journey = models.ForeignKey(MovementJourney, models.CASCADE, related_name="events")
    kind = models.CharField(_("What"), max_length=12, choices=JourneyEventKind)
    at = models.DateTimeField(_("When"))
    place = models.CharField(_("Where"), max_length=60, blank=True)
    words = models.CharField(_("What happened"), max_length=300, blank=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
