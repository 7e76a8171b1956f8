"""Are dates kept as far as they are known, and no further?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.partial_dates import PartialDate


def test_a_date_is_written_with_its_missing_parts_left_off() -> None:
    assert str(PartialDate(1984, 5, 17)) == "1984-05-17"
    assert str(PartialDate(1984, 5)) == "1984-05"
    assert str(PartialDate(1984)) == "1984"


@pytest.mark.parametrize("text", ["1984-05-17", "1984-05", "1984", "0984"])
def test_what_was_written_is_read_back(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


def test_an_empty_text_is_no_date() -> None:
    assert PartialDate.parse("") is None
    assert PartialDate.parse("  ") is None


@pytest.mark.parametrize("text", ["1984-13", "1984-02-30", "84", "1984-5-17", "17.05.1984", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        PartialDate.parse(text)


def test_a_day_without_a_month_is_refused() -> None:
    with pytest.raises(ValueError, match="day needs a month"):
        PartialDate(1984, None, 17)


def test_dates_agree_as_far_as_both_are_known() -> None:
    whole = PartialDate(1984, 5, 17)
    assert whole.agrees(PartialDate(1984))
    assert PartialDate(1984, 5).agrees(whole)
    assert not whole.agrees(PartialDate(1984, 6))
    assert not whole.agrees(PartialDate(1984, 5, 18))
    assert not whole.agrees(PartialDate(1985))


def test_the_earliest_and_latest_day_surround_what_is_unknown() -> None:
    february = PartialDate(2024, 2)
    assert (february.earliest(), february.latest()) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
    )
    assert PartialDate(1984).latest() == date(1984, 12, 31)


def test_an_age_is_given_only_where_it_is_certain() -> None:
    assert PartialDate(2008, 11, 22).age_on(date(2026, 11, 22)) == 18
    assert PartialDate(2008, 11, 23).age_on(date(2026, 11, 22)) == 17
    assert PartialDate(2008).age_on(date(2026, 11, 22)) is None
    assert PartialDate(2008).age_on(date(2026, 12, 31)) == 18
    assert PartialDate(2027).age_on(date(2026, 11, 22)) is None


def test_a_birthday_on_29_february_comes_on_1_march() -> None:
    born = PartialDate(2008, 2, 29)
    assert born.age_on(date(2026, 2, 28)) == 17
    assert born.age_on(date(2026, 3, 1)) == 18


@settings(deadline=None)
@given(st.dates())
def test_every_calendar_day_survives_the_round_trip(day: date) -> None:
    whole = PartialDate.of(day)
    assert PartialDate.parse(str(whole)) == whole
    assert whole.earliest() == whole.latest() == day
    assert whole.is_full
