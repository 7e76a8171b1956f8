"""What is to be done for a case and what was done: tasks, follow-ups, services."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.work import (
    AttemptResult,
    AttemptWay,
    FollowUpKind,
    FollowUpStatus,
    ServiceKind,
    TaskOutcome,
    Unit,
)
from safar.assistance.cases.models.cases import RETENTION, Case
from safar.assistance.cases.models.partners import Partner
from safar.assistance.cases.models.people import Person
from safar.assistance.cases.models.plans import PlanItem
from safar.assistance.cases.models.projects import BudgetLine
from safar.assistance.cases.sight import of_case
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned

USER = "accounts.User"


class Task(Versioned):
    """Something that somebody has to do. `code` is that of a programme's template, or empty."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("title", "due_on", "done_at", "outcome")
    kept_when_erased: ClassVar[frozenset[str]] = frozenset({"code"})

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("What is to be done"), max_length=200)
    due_on = models.DateField(_("Until"), null=True, blank=True)
    due_at = models.TimeField(_("At"), null=True, blank=True)  # an appointment, not a deadline
    place = models.CharField(_("Where"), max_length=120, blank=True)
    waits_for = models.CharField(_("Waits for"), max_length=120, blank=True)
    waits_since = models.DateField(null=True, blank=True)
    stops = models.CharField(_("Stops"), max_length=120, blank=True)
    assignee = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, verbose_name=_("Who"), related_name="+"
    )
    begun_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("Outcome"), max_length=12, choices=TaskOutcome, blank=True)
    remark = models.CharField(_("Remark"), max_length=300, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = (F("due_on").asc(nulls_last=True), "due_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "code", "person"),
                condition=~Q(code=""),
                nulls_distinct=False,
                name="task_of_a_template_once",
            ),
            models.CheckConstraint(
                condition=Q(begun_at=None, begun_by=None)
                | Q(begun_at__isnull=False, begun_by__isnull=False),
                name="task_begun_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, outcome="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(outcome=""),
                name="task_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(due_on__isnull=False), name="task_time_has_a_day"
            ),
        )
        indexes = (
            models.Index(fields=("case", "due_on"), name="task_by_case"),
            models.Index(
                fields=("assignee",), condition=Q(done_at=None), name="task_open_by_assignee"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class FollowUp(Versioned):
    """How somebody is, some time after: to be found out within a window, with every attempt kept."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("title", "kind", "due_from", "due_to", "status")
    kept_when_erased: ClassVar[frozenset[str]] = frozenset({"code"})

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("What is to be found out"), max_length=200)
    kind = models.CharField(_("How"), max_length=8, choices=FollowUpKind)
    due_from = models.DateField(_("From"))
    due_to = models.DateField(_("Until"))
    status = models.CharField(max_length=12, choices=FollowUpStatus, default=FollowUpStatus.DUE)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    remark = models.CharField(_("What was found"), max_length=500, blank=True)

    class Meta:
        ordering = ("due_from", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "code", "person"),
                condition=~Q(code=""),
                nulls_distinct=False,
                name="follow_up_of_a_template_once",
            ),
            models.CheckConstraint(condition=Q(due_to__gte=F("due_from")), name="follow_up_window"),
            models.CheckConstraint(
                condition=Q(status=FollowUpStatus.DUE, closed_at=None, closed_by=None)
                | ~Q(status=FollowUpStatus.DUE)
                & Q(closed_at__isnull=False, closed_by__isnull=False),
                name="follow_up_closed_by_somebody",
            ),
        )
        indexes = (models.Index(fields=("case", "due_from"), name="follow_up_by_case"),)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Attempt(Event):
    """Somebody tried to reach a person: when, how, and with what result. Every one is kept."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("tried_at", "way", "result")

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="attempts")
    way = models.CharField(_("How"), max_length=8, choices=AttemptWay)
    result = models.CharField(_("Result"), max_length=12, choices=AttemptResult)
    words = models.CharField(_("Remark"), max_length=300, blank=True)
    tried_at = models.DateTimeField(_("When"))
    tried_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("tried_at", "id")

    def __str__(self) -> str:
        return f"{self.way} {self.result}"

    @property
    def case(self) -> Case:
        return self.follow_up.case

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor, "follow_up__case")


class Service(Record):
    """Help that a person got, on a day: counted once, however often the form was sent."""

    retention = "money: ten years after the year it was booked; else as the case"
    exports: ClassVar[tuple[str, ...]] = (
        "kind", "delivered_on", "place", "quantity", "unit", "cost", "currency",
    )  # fmt: skip

    case = models.ForeignKey(Case, models.CASCADE, related_name="services")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(
        PlanItem, models.SET_NULL, null=True, blank=True, related_name="services"
    )
    kind = models.CharField(_("Kind of help"), max_length=14, choices=ServiceKind)
    delivered_on = models.DateField(_("On"))
    provider = models.ForeignKey(  # none: our own
        Partner, models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(_("Where"), max_length=120, blank=True)
    quantity = models.DecimalField(_("How much"), max_digits=9, decimal_places=2, default=1)
    unit = models.CharField(_("Unit"), max_length=6, choices=Unit, default=Unit.TIME)
    cost = models.DecimalField(_("Cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField(_("Remark"), max_length=300, blank=True)
    form_key = models.UUIDField(
        unique=True
    )  # of the form that was sent: a second click is no second service
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    taken_back_why = models.CharField(_("Why"), max_length=200, blank=True)

    class Meta:
        ordering = ("-delivered_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(cost=None, currency="") | Q(cost__gte=0, currency__regex=r"^[A-Z]{3}$"),
                name="service_cost_with_currency",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="service_quantity"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="service_taken_back_by_somebody",
            ),
        )
        indexes = (models.Index(fields=("case", "-delivered_on"), name="service_by_case"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.delivered_on}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
