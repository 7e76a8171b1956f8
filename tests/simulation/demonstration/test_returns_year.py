"""The demonstration's year of returns: by the hands that each step needs, and on its days."""

from collections import Counter

import pytest
from django.db.models import F

from safar.assistance.cases import scoring
from safar.assistance.cases.models import (
    ApprovalStep,
    FollowUp,
    InstrumentVersion,
    Payment,
    Response,
    Score,
)
from safar.assistance.cases.queries import agenda
from safar.assistance.returns.models import MissionReport, ReturnFile
from safar.assistance.returns.queries import report
from safar.assistance.returns.queries.due import due
from safar.assistance.returns.rules import FOLLOW_UP
from safar.assistance.returns.shared import SCORE
from safar.simulation import mission, returns_year

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OF_IT = {"case__programme": "returns"}  # the demonstration has another year beside it


def test_a_year_of_returns_is_there_once(two_years):
    assert two_years["A mission's year of returns"] == "48 returns of a year"
    assert returns_year.add() == "there already"
    assert ReturnFile.objects.count() == 48
    states = Counter(ReturnFile.objects.values_list("case__status", flat=True))
    assert {"referred", "arrived", "reintegrating", "monitored", "completed", "ended"} <= set(
        states
    )
    _payments_go_through_the_kernels_flow()
    _the_survey_is_asked_first_and_at_visits()
    _what_is_due_is_there_in_the_morning()


def _payments_go_through_the_kernels_flow():
    states = Counter(Payment.objects.filter(**OF_IT).values_list("status", flat=True))
    assert states["reconciled"] > 15
    assert {"planned", "reconciled"} < set(states)
    assert not Payment.objects.filter(**OF_IT, reconciled_by=F("paid_by")).exists()
    steps = ApprovalStep.objects.filter(approval__case__programme="returns")
    prepared = dict(steps.filter(kind="prepare").values_list("approval", "person"))
    others = steps.exclude(kind="prepare").values_list("approval", "person")
    assert len(others) > 30
    assert all(prepared[approval] != person for approval, person in others)
    everywhere = mission.actor(mission.OFFICER)
    rows = [row for one in report.years(everywhere) for row in report.granted(everywhere, one)]
    spent = sum(
        Payment.objects.filter(**OF_IT, paid_at__isnull=False).values_list("amount", flat=True)
    )
    assert sum(row.paid for row in rows) == spent > 0
    assert all(0 <= row.paid <= row.planned for row in rows)


def _the_survey_is_asked_first_and_at_visits():
    assert InstrumentVersion.objects.get().instrument.code == scoring.SUSTAINABILITY[0]
    assert Response.objects.filter(occasion=None).count() > 25
    visits = FollowUp.objects.filter(code__startswith=FOLLOW_UP.format(""), status="done")
    asked = set(Response.objects.exclude(occasion=None).values_list("occasion", flat=True))
    assert asked == set(visits.values_list("pk", flat=True))
    assert not Score.objects.filter(is_signed_off=True).exists()
    sent = MissionReport.objects.filter(follow_up__in=asked).select_related("disclosure")
    assert len(sent) > 20
    assert all(SCORE.code in one.disclosure.fields for one in sent)


def _what_is_due_is_there_in_the_morning():
    hers = {one: mission.actor(one) for one in mission.EVERYBODY if one.role == "caseworker"}
    found = {str(one.title) for who in hers.values() for one in due(who, agenda.local_today())}
    assert any(title.startswith("Meet them at") for title in found)
    assert any(title.startswith("Report to the mission") for title in found)
    assert {"Agree on the plan", "Claim the help of the scheme"} <= found
