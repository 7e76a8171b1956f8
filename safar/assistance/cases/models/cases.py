"""A case: what a programme does for a person or a family, and who works it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.choices.case import Closure, Compartment, MemberRole, Phase
from safar.assistance.cases.models.people import Person
from safar.assistance.cases.sight import of_case, of_part, sees_case
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned

RETENTION = "by programme: `cases.programmes`"


class Case(Versioned):
    """A programme helps somebody. `status` is the programme's own; the phase follows from it."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("number", "programme", "status", "opened_on", "closed_on")

    number = models.CharField(_("Number"), max_length=24, unique=True)
    programme = models.CharField(_("Programme"), max_length=20)
    scheme = models.CharField(_("Scheme"), max_length=30, blank=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    project = models.ForeignKey("cases.Project", models.PROTECT, null=True, related_name="+")
    compartment = models.CharField(_("File"), max_length=12, choices=Compartment)
    status = models.CharField(_("State"), max_length=24)
    phase = models.CharField(max_length=10, choices=Phase)
    lead = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("Lead worker"), related_name="+"
    )
    team = models.CharField(_("Team"), max_length=60, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=160)
    opened_on = models.DateField(_("Opened"))
    closed_on = models.DateField(_("Closed"), null=True)
    closure = models.CharField(_("How it ended"), max_length=14, choices=Closure, blank=True)
    review_on = models.DateField(_("To be looked at again"), null=True)

    class Meta:
        ordering = ("-opened_on", "-number")
        constraints = (
            models.CheckConstraint(
                condition=Q(phase=Phase.CLOSED, closed_on__isnull=False) & ~Q(closure="")
                | ~Q(phase=Phase.CLOSED) & Q(closed_on=None, closure=""),
                name="case_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(compartment__in=Compartment.values), name="case_compartment_known"
            ),
        )
        indexes = (
            models.Index(fields=("lead", "phase"), name="case_by_lead"),
            models.Index(fields=("office", "programme", "phase"), name="case_by_office"),
            models.Index(fields=("programme", "opened_on"), name="case_by_programme"),
        )

    def __str__(self) -> str:
        return self.number

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_case(actor)

    @property
    def programme_name(self) -> str:
        return str(programmes.get(self.programme).name)

    @property
    def statuses(self) -> dict[str, str]:
        """How each of its programme's states is called."""
        return {code: str(name) for code, name in programmes.get(self.programme).statuses.items()}

    @property
    def status_name(self) -> str:
        return str(programmes.get(self.programme).statuses[self.status])


class CaseMember(Record):
    """A person belongs to a case, from a day on and perhaps until another."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("role", "joined_on", "left_on")

    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=10, choices=MemberRole)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("case", "person", name="case_member_once"),
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(role=MemberRole.APPLICANT, left_on=None),
                name="case_one_applicant",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class CaseMove(Event):
    """A case went from one state to another: by whom, when, and why."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("move", "before", "after", "moved_at")

    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    move = models.CharField(max_length=30)
    before = models.CharField(max_length=24, blank=True)
    after = models.CharField(max_length=24)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("moved_at",)

    def __str__(self) -> str:
        return f"{self.before} {self.move} {self.after}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class CaseOpening(Event):
    """Why somebody opened a restricted or medical file, in her words.

    The audit, which is kept for ever, holds the key of this row: the words go with the case.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ()

    case = models.ForeignKey(Case, models.CASCADE, related_name="openings")
    # That of what was opened.
    compartment = models.CharField(max_length=12, choices=Compartment, blank=True)
    why = models.CharField(max_length=160)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("said_at",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.said_at:%Y-%m-%d}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_part(actor)


class CaseAccess(Record):
    """A user's own name on a case: cover for a colleague, or a restricted file."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ()

    case = models.ForeignKey(Case, models.CASCADE, related_name="accesses")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    reason = models.CharField(_("Reason"), max_length=200)
    until = models.DateField(_("Until"), null=True)
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint("case", "user", name="case_access_once"),)
        indexes = (models.Index(fields=("user",), name="case_access_by_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} on {self.case_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class CaseCounter(Record):
    """The last number that an office gave out for a programme in a year."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint("office", "prefix", "year", name="case_counter_once"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.prefix} {self.year}: {self.last}"
