"""Questionnaires keep their versions, answers are kept whole, and scores say who stands for them."""

import hashlib
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction

from safar.assistance.cases import scoring
from safar.assistance.cases.models import InstrumentVersion, Question, Response, Score
from safar.assistance.cases.queries import instruments as queries
from safar.core.errors import NotFound, RuleBroken
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers import instruments as asks
from tests.makers import work
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BEST = {
    name: max(values, key=lambda answer: Decimal(values[answer]))
    for name, values in json.loads(
        (scoring.DATA / "reintegration_sustainability.json").read_text()
    )["points"].items()
}
SIGNED = {
    "rule": "a rule of the tests", "signed_by": "A. Officer", "signed_on": "2026-11-01",
    "points": {"well": {"yes": "1", "no": "0"}, "needs_it": {"yes": "0.25"}},
    "dimensions": {"one": {"well": "3", "needs_it": "1"}}, "composite": {"one": "1"},
    "names": {"one": {"en": "One"}}, "thresholds": [],
}  # fmt: skip


@pytest.fixture
def worker():
    return make.caseworker()


@pytest.fixture
def case(worker):
    return make.case(worker)


@pytest.fixture
def registered(monkeypatch):
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(scoring, "_REGISTRY", dict(scoring._REGISTRY))
    return scoring.register


def test_a_version_is_kept_with_its_questions_and_the_sum_of_its_own_bytes():
    made = asks.version(content := asks.xlsform())
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert made.languages == ["en", "ru"]
    well = made.questions.get(name="well")
    assert (well.label("ru"), well.label("ky", "en"), well.required) == (
        "У вас всё хорошо?", "Are you well?", True,
    )  # fmt: skip
    assert [one.name for one in well.choices.all()] == ["yes", "no"]
    assert made.questions.get(name="words").relevant == "${well} = 'no'"


def test_the_same_file_again_is_nothing_new_and_other_content_needs_a_new_version():
    content = asks.xlsform()
    first = asks.version(content)
    assert asks.version(content) == first
    changed = [*asks.QUESTIONS, ("text", "more", "More?", "Ещё?", "", "")]
    with pytest.raises(RuleBroken, match="new version"):
        asks.version(asks.xlsform(survey=changed))
    settings = (asks.SETTINGS[0], ("A short form", "short_form", "2", "English (en)"))
    second = asks.version(asks.xlsform(survey=changed, settings=settings))
    assert (second.instrument, second.version) == (first.instrument, "2")
    assert InstrumentVersion.objects.count() == 2


def test_a_version_never_changes():
    made = asks.version()
    for model in (InstrumentVersion, Question):
        with writing("cases"), pytest.raises(ProgrammingError), transaction.atomic():
            model.objects.all().update(id=made.pk)


def test_answers_are_kept_whole_as_they_were_given(worker, case):
    answers = {
        "well": "no", "needs": ["work", "food"], "people": 5, "rent": "120.50",
        "words": "We wait.\nStill.", "since": "2026-01-31",
    }  # fmt: skip
    made = asks.response(worker, case, asks.version(), answers=answers)
    assert Response.objects.get().answers == answers
    with writing("cases"), pytest.raises(ProgrammingError), transaction.atomic():
        Response.objects.filter(pk=made.pk).update(answers={})
    with writing("cases"), pytest.raises(ProgrammingError), transaction.atomic():
        Response.objects.all().delete()


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "well"),
        ({"well": "perhaps"}, "well"),
        ({"well": ["yes"]}, "well"),
        ({"well": "yes", "needs": ["gold"]}, "needs"),
        ({"well": "yes", "needs": ["food", "food"]}, "needs"),
        ({"well": "yes", "people": "many"}, "people"),
        ({"well": "yes", "rent": "NaN"}, "rent"),
        ({"well": "yes", "since": "soon"}, "since"),
        ({"well": "yes", "about": "x"}, "about"),
        ({"well": "yes", "unasked": "x"}, "unasked"),
    ],
)
def test_an_answer_that_does_not_fit_its_question_is_refused(worker, case, answers, field):
    with pytest.raises(RuleBroken) as refused:
        asks.response(worker, case, asks.version(), answers=answers)
    assert refused.value.field == field
    assert not Response.objects.exists()


def test_an_answer_belongs_to_a_person_and_a_follow_up_of_its_own_case(worker, case):
    other = make.case(worker, "Other Name")
    form = asks.version()
    with pytest.raises(RuleBroken, match="belong"):
        asks.response(worker, case, form, person=other.members.get().person)
    with pytest.raises(RuleBroken, match="another case"):
        asks.response(worker, case, form, occasion=work.follow_up(worker, other).pk)
    own = work.follow_up(worker, case)
    made = asks.response(worker, case, form, occasion=own.pk, person=case.members.get().person)
    assert made.occasion == own.pk


def test_answers_and_scores_stand_behind_both_walls(worker, case):
    made = asks.response(worker, case, asks.version(asks.SURVEY), answers=BEST)
    stranger = make.caseworker("7009", at=make.OSH)
    with pytest.raises(NotFound):
        queries.response(actor(stranger), made.pk)
    with pytest.raises(NotFound):
        asks.response(stranger, case, made.version, answers={})
    with make.as_in_pages(stranger):
        assert not Response.objects.exists()
        assert not Score.objects.exists()
    with make.as_in_pages(worker):
        assert Response.objects.count() == 1
        assert Score.objects.count() == 4


def test_the_shipped_survey_has_three_dimensions_and_fifteen_indicators():
    weights = scoring.read_file("reintegration_sustainability.json")
    assert scoring.rule_of(*scoring.SUSTAINABILITY)
    form = asks.version(asks.SURVEY)
    named = [name for row in weights.dimensions.values() for name in row]
    assert (len(weights.dimensions), len(named), len(set(named))) == (3, 15, 15)
    offered = {
        one.name: {choice.name for choice in one.choices.all()}
        for one in form.questions.filter(type="select_one")
    }
    assert offered == {name: set(worth) for name, worth in weights.points.items()}
    assert (form.instrument.code, form.version) == scoring.SUSTAINABILITY


def test_the_shipped_weights_are_signed_off_by_nobody_and_every_score_says_so(client, worker, case):
    made = asks.response(worker, case, asks.version(asks.SURVEY), answers=BEST)
    assert {one.value for one in made.scores.all()} == {Decimal(1)}
    assert not made.scores.filter(is_signed_off=True).exists()
    sign_in(client, worker)
    page = client.get(f"/cases/answers/{made.pk}").content.decode()
    assert page.count("not signed off") == 4


def test_a_signed_rule_is_a_rule_of_its_own_and_scores_of_before_stay(
    client, worker, case, registered
):
    form = asks.version()
    unsigned = scoring.read({**SIGNED, "signed_by": "", "signed_on": ""})
    registered("short_form", "1", unsigned, scoring.by_weight)
    made = asks.response(worker, case, form)
    registered("short_form", "1", scoring.read(SIGNED), scoring.by_weight)
    sign_in(client, worker)
    assert "not signed off" in client.get(f"/cases/answers/{made.pk}").content.decode()
    client.post(f"/cases/answers/{made.pk}/score")
    client.post(f"/cases/answers/{made.pk}/score")
    assert made.scores.count() == 4
    page = client.get(f"/cases/answers/{made.pk}").content.decode()
    assert "not signed off" not in page


def test_a_score_is_the_weighted_mean_of_what_was_answered():
    weights = scoring.read(SIGNED)
    rule = scoring.Rule(scoring.by_weight, weights)
    assert rule.scores({"well": "yes", "needs_it": "yes"})["one"] == Decimal("0.8125")
    assert rule.scores({"needs_it": "yes"})["one"] == Decimal("0.25")
    assert rule.scores({"needs_it": "yes"})[scoring.COMPOSITE] == Decimal("0.25")
    assert rule.scores({}) == {}


@pytest.mark.parametrize(
    "spoiled",
    [
        {"signed_on": ""},
        {"points": {"well": {"yes": "2"}, "needs_it": {"yes": "0"}}},
        {"dimensions": {"one": {"well": "0"}}},
        {"dimensions": {"one": {"unknown": "1"}}},
        {"composite": {"other": "1"}},
        {"thresholds": [{"from": "0.5", "names": {"en": "High"}}]},
    ],
)
def test_weights_that_make_no_sense_are_refused(spoiled):
    with pytest.raises(ValueError, match=r"\w"):
        scoring.read({**SIGNED, **spoiled})


def test_a_repeat_is_compared_with_the_first_time_of_the_same_person(worker, case):
    form, person = asks.version(asks.SURVEY), case.members.get().person
    worst = {**BEST, "income_covers": "not_at_all"}
    first = asks.response(worker, case, form, answers=worst, person=person)
    asks.response(worker, case, form, answers=worst)  # of the whole case: another line
    again = asks.response(worker, case, form, answers=BEST, person=person)
    assert queries.baseline_of(actor(worker), first) is None
    assert queries.baseline_of(actor(worker), again) == first
    rows = {one.name: one for one in queries.compared(again, first, "en")}
    assert rows["Work and money"].change == Decimal("0.2")
    assert rows["How you are"].change == 0


def test_a_questionnaire_is_asked_on_a_page_in_the_language_of_whoever_asks(client, case, worker):
    asks.version()
    with writing("accounts"):
        type(worker).objects.filter(pk=worker.pk).update(language="ru")
    sign_in(client, worker)
    address = f"/cases/{case.pk}/ask/short_form"
    page = client.get(address).content.decode()
    assert "У вас всё хорошо?" in page
    assert "Are you well?" not in page
    assert "${well} = &#x27;no&#x27;" in page
    assert client.post(address, {"answered_on": "01.11.2026"}).status_code == 422
    given = {"answered_on": "01.11.2026", "q_well": "no", "q_needs": ["food"], "q_rent": "12.5"}
    answer = client.post(address, given)
    made = Response.objects.get()
    assert answer.headers["Location"].endswith(f"/answers/{made.pk}")
    assert made.answers == {"well": "no", "needs": ["food"], "rent": "12.5"}
    assert made.language == "ru"
    assert "Еда" in client.get(f"/cases/answers/{made.pk}").content.decode()


def test_a_version_is_taken_in_on_a_page(client):
    sign_in(client, make.caseworker("7020", role="programme_officer"))
    file = SimpleUploadedFile("form.xlsx", asks.xlsform())
    assert client.post("/cases/questionnaires", {"file": file}).status_code == 302
    page = client.get("/cases/questionnaires").content.decode()
    assert "short_form" in page
    spoiled = SimpleUploadedFile("form.xlsx", b"PK\x03\x04 nothing")
    answer = client.post("/cases/questionnaires", {"file": spoiled})
    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()
