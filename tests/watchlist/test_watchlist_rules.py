"""Which facts of a traveller and an entry agree?"""

import pytest

from safar.control.watchlist.choices import SHIPPED_THRESHOLD
from safar.control.watchlist.rules import Facts, birth_reason, compare, document_reason
from safar.lib.partial_dates import PartialDate
from safar.lib.screening import THRESHOLD
from safar.lib.screening.entity import Birth, document_number
from tests.makers.watchlist import person


def born(text: str) -> Birth:
    date = PartialDate.parse(text.removeprefix("~").partition("–")[0])
    assert date is not None
    last = text.partition("–")[2]
    return Birth(date, int(last) if last else None, text.startswith("~"))


@pytest.mark.parametrize(
    ("mine", "listed", "code"),
    [
        ("1984-05-17", "1984-05-17", "birth.agrees"),
        ("1984-05-17", "1984", "birth.as_known"),
        ("1984-05-17", "1984-05", "birth.as_known"),
        ("1984", "1984", "birth.as_known"),
        ("1984-05-17", "1985", "birth.near"),
        ("1984-05-17", "1986", "birth.differs"),
        ("1984-05-17", "~1986", "birth.near"),
        ("1984-05-17", "~1987", "birth.differs"),
        ("1984-05-17", "1984-05-18", "birth.differs"),
        ("1984-05-07", "1984-07-05", "birth.near"),
        ("1984-05-17", "1985-05-17", "birth.near"),
        ("1984-05-17", "1990-05-17", "birth.differs"),
        ("1984-05-17", "1984-06", "birth.differs"),
        ("1984-01-01", "1984-05-17", "birth.as_known"),
        ("1984-05-17", "1980–1986", "birth.as_known"),
        ("1984-05-17", "1986–1990", "birth.differs"),
        ("1985-05-17", "1986–1990", "birth.near"),
    ],
)
def test_two_birth_dates_agree_as_far_as_both_are_known(mine: str, listed: str, code: str):
    assert birth_reason(PartialDate.parse(mine), (born(listed),)).code == code


def test_the_best_of_several_birth_dates_counts():
    listed = (born("1950"), born("1984-05-17"))
    assert birth_reason(PartialDate(1984, 5, 17), listed).code == "birth.agrees"


def test_missing_facts_are_not_known():
    reasons = compare(person("X"), Facts())
    assert {reason.verdict for reason in reasons} == {"unknown"}


def test_sex_and_citizenship_are_compared():
    facts = Facts(sex="F", citizenships=("KGZ", "RUS"))
    _, sex, citizenship, _ = compare(person("X", sex="M", citizenship="RUS"), facts)
    assert (sex.verdict, citizenship.verdict) == ("differs", "agrees")


def test_every_reason_reads_as_a_sentence():
    facts = Facts((born("1950"),), "F", ("RUS",), (("RUS", "123"),))
    who = person("X", birth="1984", sex="M", citizenship="KGZ", documents=(("KGZ", "777"),))
    for reason in compare(who, facts):
        assert reason.sentence.endswith(".")
        assert "{" not in reason.sentence
        assert reason.judged == "Differs"


def test_document_numbers_lose_their_marks_and_look_alike_letters():
    assert document_number(" ас-12 34/5 ") == "AC12345"  # the letters here are Cyrillic


def test_a_document_agrees_with_its_issuer_and_as_far_as_known_without():
    assert document_reason([("KGZ", "A 1")], [("KGZ", "A1")]).code == "document.agrees"
    assert document_reason([("KGZ", "A1")], [("", "A1")]).code == "document.as_known"
    assert document_reason([("KGZ", "A1")], [("RUS", "A1")]).code == "document.differs"


def test_a_new_list_begins_at_the_threshold_that_the_engine_was_measured_at():
    assert SHIPPED_THRESHOLD == THRESHOLD
