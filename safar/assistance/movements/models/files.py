"""The file of a movement: where to, by which scheme, with whom, and who has left."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.sight import of_case
from safar.assistance.movements.choices import Priority, ReferredBy
from safar.assistance.movements.models.schemes import MovementScheme
from safar.core.permissions import Actor
from safar.core.record import Record, Versioned

RETENTION = "as long as the case"


class MovementFile(Versioned):
    """What a movement has beyond any case: one row for each case of the programme."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "destination", "departs_from", "referred_by", "sponsor", "accepted_on",
    )  # fmt: skip

    case = models.OneToOneField(Case, models.CASCADE, related_name="movement")
    scheme = models.ForeignKey(
        MovementScheme, models.PROTECT, verbose_name=_("Scheme"), related_name="+"
    )
    destination = models.CharField(_("Goes to"), max_length=3)
    destination_place = models.CharField(_("Town there"), max_length=80, blank=True)
    departs_from = models.CharField(_("Leaves from"), max_length=3)
    referred_by = models.CharField(_("Referred by"), max_length=6, choices=ReferredBy)
    priority = models.CharField(
        _("Priority"), max_length=9, choices=Priority, default=Priority.NORMAL
    )
    sponsor = models.CharField(_("Sponsor or family there"), max_length=120, blank=True)
    state_reference = models.CharField(
        _("The receiving state's reference"), max_length=40, blank=True
    )
    accepted_on = models.DateField(_("Accepted on"), null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(destination=F("departs_from")), name="movement_leaves"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case} {self.destination}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class TravelTogether(Record):
    """Two cases that travel together: a grandmother's and her son's. Kept once, the smaller first."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ()

    one = models.ForeignKey(Case, models.CASCADE, related_name="travels_with")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")
    why = models.CharField(_("Why"), max_length=120)
    since = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint("one", "other", name="travel_together_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="travel_together_ordered"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} with {self.other_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor, "one") & of_case(actor, "other")


class Departure(Versioned):
    """A member left: the row that every report counts, once for each person of a case."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "departed_on", "departs_from", "destination", "arrived_on",
    )  # fmt: skip

    case = models.ForeignKey(Case, models.CASCADE, related_name="departures")
    member = models.OneToOneField(CaseMember, models.CASCADE, related_name="departure")
    scheme = models.ForeignKey(MovementScheme, models.PROTECT, related_name="+")
    departed_on = models.DateField(_("Left on"))
    departs_from = models.CharField(_("Left from"), max_length=3)
    destination = models.CharField(_("Went to"), max_length=3)
    arrived_on = models.DateField(_("Arrived"), null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(arrived_on=None) | Q(arrived_on__gte=F("departed_on")),
                name="departure_then_arrival",
            ),
        )
        indexes = (models.Index(fields=("departed_on",), name="departure_by_day"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.departed_on} {self.destination}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
