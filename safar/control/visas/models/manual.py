"""The visa manual: who may come how, by which act; nothing in it holds before two people agreed."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.visas.choices.manual import Needed, Passport, Way
from safar.control.visas.rules import manual
from safar.core.permissions import Actor
from safar.core.record import Record
from safar.reference.models import Country


def nothing() -> list[str]:
    return []


class EntryRule(Record):
    """A line of the manual of this country. What it says never changes: another one follows it.

    It holds from the day when it is in force and a second person has agreed. `last_day` is set
    by an ending, which is agreed on by two people too.
    """

    retention: ClassVar[str] = "for ever: decisions of past years stand in it"

    host = models.ForeignKey(Country, models.PROTECT, related_name="+")
    code = models.SlugField(_("Code"), max_length=40, unique=True)
    way = models.CharField(_("How they may come"), max_length=10, choices=Way)
    citizenships = ArrayField(
        models.CharField(max_length=3), default=nothing, blank=True, verbose_name=_("Citizens of")
    )
    passports = ArrayField(
        models.CharField(max_length=12, choices=Passport),
        default=nothing, blank=True, verbose_name=_("With"),
    )  # fmt: skip
    posts = ArrayField(
        models.CharField(max_length=40), default=nothing, blank=True, verbose_name=_("Posts")
    )
    papers = ArrayField(
        models.CharField(max_length=14, choices=Needed),
        default=nothing, blank=True, verbose_name=_("To be shown"),
    )  # fmt: skip
    days = models.PositiveSmallIntegerField(_("Days of stay"), null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(_("In any so many days"), null=True, blank=True)
    visit_days = models.PositiveSmallIntegerField(_("Days at each visit"), null=True, blank=True)
    act = models.CharField(_("Act"), max_length=250)
    in_force_from = models.DateField(_("In force from"))
    last_day = models.DateField(_("Last day"), null=True, blank=True)
    reason = models.CharField(_("Why it is proposed"), max_length=200)
    declined_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("code",)
        indexes = (GinIndex(fields=("citizenships",), name="entry_rule_by_citizenship"),)
        constraints = (
            two_people("proposed", "approved", name="entry_rule_two_people"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="entry_rule_way"),
            models.CheckConstraint(
                condition=Q(passports__contained_by=Passport.values), name="entry_rule_passports"
            ),
            models.CheckConstraint(
                condition=Q(papers__contained_by=Needed.values), name="entry_rule_papers"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("in_force_from")),
                name="entry_rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=(Q(days=None) | Q(days__gte=1))
                & (Q(window_days=None) | Q(days__isnull=False, window_days__gt=F("days")))
                & (Q(visit_days=None) | Q(days__isnull=False, visit_days__lte=F("days"))),
                name="entry_rule_days_fit",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | Q(approved_at=None),
                name="entry_rule_declined_or_approved",
            ),
            models.CheckConstraint(
                condition=~Q(act="") & ~Q(reason=""), name="entry_rule_act_and_reason"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The manual is no secret; what is only proposed is read by those who keep it."""
        return Q() if actor.may("visas.read_manual") else Q(approved_at__isnull=False)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second person."""
        return self.approved_at is None and self.declined_at is None

    def as_rule(self) -> manual.Rule:
        values: dict[str, Any] = {
            name: frozenset(getattr(self, name)) for name in ("citizenships", "passports", "posts")
        }
        return manual.Rule(
            self.code, self.way, self.in_force_from, self.last_day, papers=tuple(self.papers),
            days=self.days, window=self.window_days, visit_days=self.visit_days, act=self.act,
            **values,
        )  # fmt: skip


class RuleEnding(Record):
    """A line of the manual is to end on a day: proposed by one, agreed on by another."""

    retention: ClassVar[str] = "with its rule"

    rule = models.ForeignKey(EntryRule, models.PROTECT, related_name="endings")
    last_day = models.DateField(_("Last day"))
    act = models.CharField(_("Act"), max_length=250)
    declined_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            two_people("proposed", "approved", name="rule_ending_two_people"),
            models.CheckConstraint(condition=~Q(act=""), name="rule_ending_act"),
            models.CheckConstraint(
                condition=Q(declined_at=None) | Q(approved_at=None),
                name="rule_ending_declined_or_approved",
            ),
            models.UniqueConstraint(
                fields=("rule",),
                condition=Q(approved_at=None, declined_at=None),
                name="rule_ending_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} until {self.last_day}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("visas.read_manual") else Q(approved_at__isnull=False)

    @property
    def is_open(self) -> bool:
        return self.approved_at is None and self.declined_at is None
