"""The numbers of other bodies and telephones, however somebody types them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.assistance.cases import numbers
from safar.core.errors import RuleBroken

THREE, TWO, FIVE, EIGHT = (st.from_regex(rf"\A[0-9]{{{n}}}\Z") for n in (3, 2, 5, 8))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("731-26C04418", "731-26C04418"),
        ("731-26c04418", "731-26C04418"),
        (" 731 26 C 04418 ", "731-26C04418"),
        ("731-26-04418", "731-26-04418"),
        ("731–26–04418", "731-26-04418"),
        ("٧٣١-٢٦-٠٤٤١٨", "731-26-04418"),
    ],
)
def test_a_unhcr_file_is_kept_in_its_own_form(typed, kept):
    assert numbers.external_number("unhcr_file", typed) == kept


@pytest.mark.parametrize(
    "wrong", ["", "731-26D04418", "73-26C04418", "731-26C0441", "731-26C044188", "7312604418", "C"]
)
def test_what_is_no_unhcr_file_is_refused_with_an_example(wrong):
    with pytest.raises(RuleBroken, match="123-45C67890") as refused:
        numbers.external_number("unhcr_file", wrong)
    assert refused.value.field == "value"


def test_a_file_number_is_no_individual_number_and_the_other_way_round():
    assert numbers.external_number("unhcr_person", "123-00045678") == "123-00045678"
    with pytest.raises(RuleBroken, match="123-00045678"):
        numbers.external_number("unhcr_person", "731-26C04418")
    with pytest.raises(RuleBroken):
        numbers.external_number("unhcr_file", "123-00045678")


def test_a_mission_s_reference_is_free_but_has_a_digit():
    assert numbers.external_number("mission", "be/2026  114") == "BE/2026 114"
    assert numbers.external_number("REDCROSS", "kg-77") == "KG-77"
    for nothing in ("", "   ", "unknown", "-", "n/a", "x" * 41 + "1", "<1>"):
        with pytest.raises(RuleBroken, match="at least one digit"):
            numbers.external_number("mission", nothing)
    with pytest.raises(RuleBroken, match="whose number"):
        numbers.external_number(" ", "77")


@given(THREE, TWO, st.sampled_from(["C", "-"]), FIVE)
def test_every_file_number_is_kept_once_and_found_as_it_is_kept(country, year, mark, rest):
    kept = numbers.external_number("unhcr_file", f"{country}-{year}{mark}{rest}")
    assert numbers.external_number("unhcr_file", kept) == kept
    assert kept in numbers.number_forms(kept)
    assert kept in numbers.number_forms(kept.replace("-", " ").lower())
    assert kept in numbers.number_forms(f"{country}{year}{'C' if mark == 'C' else ''}{rest}")


@given(THREE, EIGHT)
def test_every_individual_number_is_found_with_and_without_its_dash(country, rest):
    kept = numbers.external_number("unhcr_person", f"{country}-{rest}")
    assert kept in numbers.number_forms(country + rest)


@given(st.text(max_size=60), st.sampled_from(["unhcr_file", "unhcr_person", "mission", "other"]))
def test_whatever_is_typed_is_kept_in_a_form_that_stays_or_is_refused(text, system):
    try:
        kept = numbers.external_number(system, text)
    except RuleBroken:
        return
    assert 0 < len(kept) <= numbers.LONGEST_NUMBER
    assert numbers.external_number(system, kept) == kept
    assert kept in numbers.number_forms(text)


@given(st.text(max_size=60))
def test_a_telephone_comes_to_at_most_nine_plain_digits(text):
    digits = numbers.phone_digits(text)
    assert len(digits) <= 9
    assert digits == "" or (digits.isascii() and digits.isdecimal())


@given(st.from_regex(r"\A[0-9]{9}\Z"), st.sampled_from(["+996", "00992 ", "0", "", "+7 ("]))
def test_a_telephone_is_the_same_with_and_without_its_country(number, before):
    written = f"{before}{number[:3]} {number[3:6]}-{number[6:]}"
    assert numbers.phone_digits(written) == number


def test_a_telephone_in_eastern_digits_is_the_same_telephone():
    assert numbers.phone_digits("۰۹۳ ۷۰ ۱۲۳ ۴۵۶۷") == numbers.phone_digits("093 70 123 4567")


@pytest.mark.parametrize("typed", ["BIS-RTN-26-0044", "bis rtn 26 44", "bis-rtn-26-44"])
def test_a_case_number_is_understood_without_its_dashes_and_noughts(typed):
    assert numbers.case_numbers(typed) == ["BIS-RTN-26-0044"]


def test_a_case_number_written_together_may_end_its_office_anywhere():
    found = numbers.case_numbers("BISRTN260044")
    assert "BIS-RTN-26-0044" in found
    assert len(found) == 3


@pytest.mark.parametrize("typed", ["", "44", "BIS", "Rahmatov 26", "731-26C04418"])
def test_what_is_no_case_number_is_taken_for_none(typed):
    assert numbers.case_numbers(typed) == []
