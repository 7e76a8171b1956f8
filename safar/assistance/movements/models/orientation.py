"""Orientation sessions: days, a place, a language, so many seats; and who came."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.sight import of_case
from safar.assistance.movements.choices import Attended
from safar.assistance.movements.models.files import RETENTION
from safar.core.permissions import Actor
from safar.core.record import Record, Versioned


class OrientationSession(Versioned):
    """A session for people who go to one state. Nothing in it says who they are."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    destination = models.CharField(_("For those who go to"), max_length=3)
    title = models.CharField(_("What"), max_length=120)
    venue = models.CharField(_("Where"), max_length=120)
    language = models.CharField(_("Language"), max_length=3)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    places = models.PositiveSmallIntegerField(_("Places"))
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="session_dates"),
            models.CheckConstraint(condition=Q(places__gt=0), name="session_has_places"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.starts_on}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class Attendance(Record):
    """A member has a place in a session, and came or did not."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("attended",)

    case = models.ForeignKey(Case, models.CASCADE, related_name="attendances")
    session = models.ForeignKey(OrientationSession, models.PROTECT, related_name="attendances")
    member = models.ForeignKey(CaseMember, models.CASCADE, related_name="attendances")
    attended = models.CharField(_("Came"), max_length=7, choices=Attended, default=Attended.INVITED)

    class Meta:
        constraints = (models.UniqueConstraint("session", "member", name="attendance_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.attended}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
