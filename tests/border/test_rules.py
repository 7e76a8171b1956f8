"""What follows from the facts of an inspection: findings, their weight, the verdict."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.control.border import rules
from safar.control.border.rules import AllowedStay, Facts, ListMatch, Movement
from safar.control.border.rules.movements import least_minutes
from safar.control.travellers.read_document import ReadDocument
from safar.control.travellers.rules import Recognition
from safar.lib.partial_dates import PartialDate

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
UZBEK = ReadDocument(
    kind="P",
    issuer="UZB",
    number="FA1234567",
    nationality="UZB",
    surname="KARIMOVA",
    given_names="NODIRA",
    birth=PartialDate(1991, 3, 14),
    sex="F",
    expires_on=date(2031, 1, 1),
)
THIRTY_IN_SIXTY = AllowedStay("TEST-30-60", 30, 60, None)
WHO = UUID(int=1)


def facts(**changes) -> Facts:
    usual = {
        "document": UZBEK,
        "host": "KGZ",
        "direction": "entry",
        "post": "KG-DOS",
        "now": NOW,
        "today": TODAY,
        "recognition": Recognition(),
        "allowed": THIRTY_IN_SIXTY,
    }
    return Facts(**{**usual, **changes})


def move(days_ago, direction, *, post="KG-DOS", until=None, minutes=0):
    at = NOW - timedelta(days=days_ago, minutes=minutes)
    return Movement(uuid4(), at, at.date(), direction, post, until)


def match(**changes) -> ListMatch:
    usual = {
        "entry_id": uuid4(), "by_document": False, "score": 0.93, "cleared": False,
        "shown": True, "neutral": False, "params": {},
    }  # fmt: skip
    return ListMatch(**{**usual, **changes})


def codes(given_facts):
    return [finding.code for finding in rules.findings(given_facts)]


def verdict(given_facts):
    return rules.verdict(rules.findings(given_facts))


def test_a_visitor_with_nothing_against_her_is_clear():
    assert verdict(facts()) == "clear"
    assert set(codes(facts())) == {"list.none", "document.valid", "entry.visa_free", "who.new"}


def test_the_stay_is_counted_from_today():
    assert rules.permitted_until(facts()) == TODAY + timedelta(days=29)


def test_days_used_before_shorten_the_stay():
    stayed = (move(19, "entry"), move(0, "exit", minutes=120))
    found = facts(recognition=Recognition(WHO), movements=stayed)
    finding = next(f for f in rules.findings(found) if f.code == "entry.visa_free")
    assert finding.params["used"] == 20
    assert rules.permitted_until(found) == TODAY + timedelta(days=10)


def test_used_up_days_need_a_reason_and_say_when_again():
    stayed = (move(40, "entry"), move(8, "exit"))
    finding = next(
        f for f in rules.findings(facts(movements=stayed)) if f.code == "entry.days_used"
    )
    assert date.fromisoformat(finding.params["again"]) > TODAY
    assert verdict(facts(movements=stayed)) == "check"


def test_a_second_limit_on_each_visit_holds_too():
    allowed = AllowedStay("TEST", 90, 180, 30)
    assert rules.permitted_until(facts(allowed=allowed)) == TODAY + timedelta(days=29)


def test_without_a_rule_a_visa_is_needed():
    assert "entry.visa_needed" in codes(facts(allowed=None))
    assert verdict(facts(allowed=None)) == "check"


def test_a_citizen_always_comes_home_even_on_an_expired_passport():
    citizen = replace(UZBEK, nationality="KGZ", expires_on=TODAY - timedelta(days=1))
    found = facts(document=citizen, allowed=None)
    assert {"entry.citizen", "document.expired"} <= set(codes(found))
    assert verdict(found) == "check"
    assert rules.permitted_until(found) is None


def test_a_document_is_valid_on_its_last_day():
    assert "document.expired" not in codes(facts(document=replace(UZBEK, expires_on=TODAY)))


def test_a_reported_document_is_held_before_all_else():
    found = rules.findings(facts(report=("stolen", "R-1"), matches=(match(),)))
    assert found[0].code == "document.reported"
    assert rules.verdict(found) == "hold"


def test_a_likeness_is_held_and_a_cleared_one_is_not():
    assert verdict(facts(matches=(match(),))) == "hold"
    cleared = facts(matches=(match(cleared=True),))
    assert verdict(cleared) == "clear"
    assert "list.cleared" in codes(cleared)


def test_a_silent_entry_shows_nothing_at_all():
    silent = facts(matches=(match(shown=False),))
    assert codes(silent) == codes(facts())


def test_a_neutral_entry_says_only_that_second_line_is_to_look():
    found = rules.findings(facts(matches=(match(neutral=True, params={"list": "SECRET"}),)))
    assert found[0].code == "list.neutral"
    assert found[0].params == {}


@pytest.mark.parametrize(("age", "stops"), [(17, True), (18, False)])
def test_a_minor_is_looked_at(age, stops):
    birth = PartialDate(TODAY.year - age, TODAY.month, TODAY.day)
    assert ("minor" in codes(facts(document=replace(UZBEK, birth=birth)))) is stops


def test_one_number_with_two_holders_is_held():
    assert verdict(facts(recognition=Recognition(contradicts=WHO))) == "hold"


def test_leaving_in_time_is_clear():
    inside = (move(10, "entry", until=TODAY),)
    assert verdict(facts(direction="exit", movements=inside)) == "clear"


@pytest.mark.parametrize(("late", "over"), [(0, 0), (1, 1), (23, 23)])
def test_overstay_counts_the_days_after_the_permitted_one(late, over):
    inside = (move(40, "entry", until=TODAY - timedelta(days=late)),)
    found = {f.code: f.params for f in rules.findings(facts(direction="exit", movements=inside))}
    assert found.get("stay.overstay", {}).get("over", 0) == over


def test_without_a_permitted_day_the_general_rule_counts():
    inside = (move(35, "entry"),)
    found = {f.code: f.params for f in rules.findings(facts(direction="exit", movements=inside))}
    assert found["stay.overstay"]["over"] == 6


def test_leaving_without_an_entry_on_record_is_asked_about():
    assert "stay.no_entry" in codes(facts(direction="exit"))


def test_an_entry_that_never_had_an_exit_is_asked_about():
    assert "stay.open_entry" in codes(facts(movements=(move(90, "entry"),)))


def test_the_same_document_far_away_a_moment_ago_is_held():
    elsewhere = (move(0, "exit", post="KG-MAN", minutes=7),)
    assert verdict(facts(movements=elsewhere, km_from_last=300)) == "hold"
    assert "movement.impossible" not in codes(facts(movements=elsewhere, km_from_last=12))
    assert "movement.impossible" not in codes(facts(movements=elsewhere, km_from_last=None))


def test_posts_within_the_error_of_their_positions_are_never_impossible():
    assert least_minutes(9) == 0
    assert least_minutes(810) == pytest.approx(60)


def test_a_second_reading_of_the_same_crossing_is_noticed():
    assert "movement.twice" in codes(facts(movements=(move(0, "entry", minutes=3),)))


def test_what_the_zone_says_wrong_is_a_check_and_light_remarks_stop_nobody():
    wrong = ("mrz.check.number", {"shown": "1", "should": "2"})
    assert verdict(facts(zone=(wrong,))) == "check"
    assert verdict(facts(zone=(("mrz.layout.cyrillic", {}),))) == "clear"


@given(st.sets(st.sampled_from(sorted(rules.CATALOGUE))))
def test_the_heaviest_finding_decides(names):
    found = [rules.Finding(name) for name in names]
    tones = {finding.tone for finding in found}
    expected = "hold" if "hold" in tones else "check" if "check" in tones else "clear"
    assert rules.verdict(found) == expected


def test_every_finding_has_words():
    from safar.control.border.wording.findings import WORDS

    assert set(rules.CATALOGUE) == set(WORDS)


def test_leaving_twice_is_asked_about():
    left = (move(20, "entry"), move(10, "exit"))
    assert "stay.no_entry" in codes(facts(direction="exit", movements=left))


@pytest.mark.parametrize(
    ("birth", "stops"),
    [("2016", True), ("2016-11", True), ("2008", True), ("2007", False), ("1980", False)],
)
def test_who_may_be_a_minor_is_looked_at(birth, stops):
    """Of 2008 she may have been born on 31 December: then she is seventeen."""
    found = codes(facts(document=replace(UZBEK, birth=PartialDate.parse(birth))))
    assert ("minor" in found) is stops


def test_a_stay_whose_limit_is_not_on_record_is_asked_about_and_never_called_in_time():
    inside = (move(300, "entry"),)
    found = codes(facts(direction="exit", movements=inside, allowed=None))
    assert "stay.unknown_limit" in found
    assert "stay.within" not in found


def test_a_typed_document_without_an_expiry_is_not_called_valid():
    found = codes(facts(typed=True, document=replace(UZBEK, expires_on=None)))
    assert "document.no_expiry" in found
    assert "document.valid" not in found
