"""What the lists said of an applicant, and who judged it."""

from django.db import models
from django.db.models import Q

from safar.control.applications.models import (
    ListMatchBase,
    ListScreeningBase,
    match_constraints,
)
from safar.control.passports.models.applications import RETENTION, Application, of_application
from safar.core.permissions import Actor


class ListScreening(ListScreeningBase):
    """One look at the lists for an applicant."""

    retention = RETENTION

    application = models.ForeignKey(Application, models.PROTECT, related_name="screenings")

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class ListMatch(ListMatchBase):
    """A likeness between an applicant and an entry, and who judged it."""

    retention = RETENTION

    screening = models.ForeignKey(ListScreening, models.PROTECT, related_name="matches")
    application = models.ForeignKey(Application, models.PROTECT, related_name="list_matches")

    class Meta(ListMatchBase.Meta):
        constraints = match_constraints("passport_list_match")

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Who judges sees all of them; a clerk what a booth would be shown."""
        mine = of_application(actor)
        return mine if actor.may("passports.judge_listed") else mine & Q(discreet=False)
