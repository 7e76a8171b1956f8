"""What a mission learns of the survey on sustainability: her own answers, by weights signed off."""

import json

import pytest

from safar.assistance.cases import scoring
from safar.assistance.cases.models import CaseMember
from safar.assistance.cases.models import InstrumentVersion as Version
from safar.assistance.returns.models import ReturnFile
from safar.assistance.returns.shared import SCORE, report_content
from safar.core.record import writing
from tests.makers import cases as kernel
from tests.makers import instruments, people
from tests.makers import returns as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WEIGHTS = json.loads(
    (scoring.DATA / "reintegration_sustainability.json").read_text(encoding="utf-8")
)
WORTH = scoring.read(WEIGHTS).points
BEST = {name: max(worth, key=lambda one: worth[one]) for name, worth in WORTH.items()}
WORST = {name: min(worth, key=lambda one: worth[one]) for name, worth in WORTH.items()}


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def asked():
    return instruments.version(instruments.SURVEY)


@pytest.fixture
def signed(monkeypatch):
    weights = scoring.read({**WEIGHTS, "signed_by": "M. Officer", "signed_on": "2026-01-10"})
    monkeypatch.setitem(
        scoring._REGISTRY, scoring.SUSTAINABILITY, scoring.Rule(scoring.by_weight, weights)
    )


def score_of(case, visit):
    return report_content(ReturnFile.objects.get(case=case), visit).get(SCORE.code, "")


def ask(worker, case, asked: Version, answers, visit=None, **given):
    occasion = visit.pk if visit else None
    return instruments.response(worker, case, asked, answers=answers, occasion=occasion, **given)


def test_a_score_by_signed_weights_is_told_beside_the_first_one(worker, asked, signed):
    case = make.planned(worker)
    ask(worker, case, asked, WORST)
    visit = make.visited(worker, case)
    ask(worker, case, asked, BEST, visit)
    assert score_of(case, visit) == "1.00 of 1, the first time 0.00"


def test_no_score_leaves_by_weights_that_nobody_signed(worker, asked):
    case = make.planned(worker)
    visit = make.visited(worker, case)
    assert score_of(case, visit) == ""
    ask(worker, case, asked, BEST, visit)
    said = score_of(case, visit)
    assert "nobody has signed off" in said
    assert "1.00" not in said


def test_what_another_member_answered_is_not_told_as_the_applicants(worker, asked, signed):
    case = make.planned(worker)
    wife = people.new("Toktogulova Gul", birth="1989")
    with writing("cases"):
        other = kernel.case(worker, people=[wife], programme="returns").members.get().person
        CaseMember.objects.create(case=case, person=other, role="spouse", joined_on=case.opened_on)
    visit = make.visited(worker, case)
    ask(worker, case, asked, BEST, visit, person=other)
    assert score_of(case, visit) == ""
