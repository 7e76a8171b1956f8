"""Do the personal numbers of Kyrgyz, Kazakh and Uzbek documents betray a forged page?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.mrz import read, write
from safar.lib.mrz.personal_numbers import holder, kazakh_iin, kyrgyz_pin, uzbek_pinfl
from safar.lib.partial_dates import PartialDate
from tests.lib.mrz.vectors import TODAY, passport

BORN = date(1990, 3, 4)
MAKERS = {"KGZ": kyrgyz_pin, "KAZ": kazakh_iin, "UZB": uzbek_pinfl}


@pytest.mark.parametrize("format", ["TD3", "TD1"])
@pytest.mark.parametrize("issuer", MAKERS)
def test_a_number_that_agrees_has_nothing_to_say(issuer: str, format: str) -> None:
    number = MAKERS[issuer](BORN, "M", 123)
    document = passport(issuer=issuer, number="N12345678", personal_number=number)
    reading = read(write(document, format), today=TODAY)
    codes = {finding.code for finding in reading.findings} - {"mrz.code.unusual"}
    assert (reading.sound, codes, reading.personal_number) == (True, set(), number)


@pytest.mark.parametrize("issuer", MAKERS)
def test_another_date_of_birth_is_a_grave_finding_but_not_unsound(issuer: str) -> None:
    number = MAKERS[issuer](date(1991, 3, 4), "M", 123)
    reading = read(write(passport(issuer=issuer, personal_number=number)), today=TODAY)
    assert reading.sound
    assert [finding.code for finding in reading.findings] == ["mrz.personal.birth"]
    assert "1991-03-04" in reading.findings[0].sentence


@pytest.mark.parametrize("issuer", MAKERS)
def test_another_sex_is_found(issuer: str) -> None:
    number = MAKERS[issuer](BORN, "F", 123)
    reading = read(write(passport(issuer=issuer, personal_number=number)), today=TODAY)
    assert [finding.code for finding in reading.findings] == ["mrz.personal.sex"]


@pytest.mark.parametrize("issuer", MAKERS)
def test_an_unknown_day_or_sex_contradicts_nothing(issuer: str) -> None:
    number = MAKERS[issuer](BORN, "F", 123)
    document = passport(issuer=issuer, personal_number=number, birth=PartialDate(1990, 3), sex="")
    reading = read(write(document), today=TODAY)
    assert [finding.code for finding in reading.findings] == ["mrz.birth.partial"]


def test_a_person_over_a_hundred_is_a_question_not_a_contradiction() -> None:
    old = date(1920, 3, 4)
    document = passport(birth=PartialDate(1920, 3, 4), personal_number=kyrgyz_pin(old, "M", 1))
    reading = read(write(document), today=TODAY)
    assert reading.has("mrz.birth.century")
    assert not reading.has("mrz.personal.birth")


@pytest.mark.parametrize("issuer", ["KAZ", "UZB"])
def test_a_wrong_digit_of_its_own_is_found(issuer: str) -> None:
    number = MAKERS[issuer](BORN, "M", 123)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    reading = read(write(passport(issuer=issuer, personal_number=wrong)), today=TODAY)
    assert [finding.code for finding in reading.findings] == ["mrz.personal.check"]


def test_an_unusual_shape_is_said_and_an_empty_field_is_not() -> None:
    assert read(write(passport(personal_number="12345")), today=TODAY).has("mrz.personal.shape")
    assert read(write(passport()), today=TODAY).findings == ()


def test_other_states_numbers_are_left_alone() -> None:
    document = passport(issuer="TUR", personal_number=kyrgyz_pin(date(1950, 1, 1), "F", 1))
    assert read(write(document), today=TODAY).findings == ()


def test_the_kazakh_check_digit_follows_the_decree() -> None:
    # weights 1 to 11: 9*1+0+0+3*4+0+4*6+3*7+0+1*9+2*10+3*11 = 128; 128 mod 11 = 7
    assert kazakh_iin(BORN, "M", 123) == "900304301237"


@settings(deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2026, 11, 22)),
    st.sampled_from("FM"),
    st.integers(0, 9999),
)
def test_what_is_made_is_read_back(born: date, sex: str, serial: int) -> None:
    for issuer, make in MAKERS.items():
        assert holder(issuer, make(born, sex, serial)) == (
            PartialDate.of(born),
            sex,
            True,
        )
