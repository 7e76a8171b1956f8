"""Who lives together: a person belongs to one household at a time."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models.people import RETENTION, Person
from safar.assistance.cases.sight import of_person, sees_household
from safar.core.permissions import Actor
from safar.core.record import Record


class Household(Record):
    """People who live together and share a roof or a purse."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("place",)

    place = models.CharField(_("Place"), max_length=120, blank=True)

    def __str__(self) -> str:
        return self.place or str(self.pk)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_household(actor)


class HouseholdMember(Record):
    """A person lives in a household for a time. The database refuses two at once."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("period", "is_head")

    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="households")
    is_head = models.BooleanField(_("Head of the household"), default=False)
    period = DateRangeField(_("From, until"))

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="household_one_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_person(actor)
