"""Are document numbers longer than nine signs read, and both ways of counting told apart?"""

import pytest

from safar.lib.mrz import check_digit, read, write
from tests.lib.mrz.vectors import TD1_LONG, TD2_LONG, TODAY, changed, passport


@pytest.mark.parametrize("lines", [TD1_LONG, TD2_LONG])
def test_icaos_long_number_goes_on_in_the_optional_data(lines: tuple[str, ...]) -> None:
    reading = read(lines, today=TODAY)
    assert (reading.sound, reading.number) == (True, "D23145890734")
    assert reading.fields["number"].check == "right"
    assert reading.has("mrz.number.long")
    assert reading.personal_number == ""


@pytest.mark.parametrize("format", ["TD1", "TD2"])
def test_the_belgian_way_of_counting_is_accepted_and_named(format: str) -> None:
    card = passport(document_code="ID", issuer="BEL", number="592123456712")
    lines = write(card, format, belgian=True)
    reading = read(lines, today=TODAY)
    assert (reading.sound, reading.number) == (True, "592123456712")
    assert reading.has("mrz.number.belgian")
    assert read(write(card, format), today=TODAY).has("mrz.number.long")


def test_data_after_a_long_number_is_kept_apart() -> None:
    card = passport(document_code="ID", number="D23145890734", personal_number="XYZ")
    reading = read(write(card, "TD1"), today=TODAY)
    assert (reading.number, reading.personal_number) == ("D23145890734", "XYZ")


def test_a_wrong_digit_of_a_long_number_is_found_at_its_own_place() -> None:
    right = {check_digit("D23145890734"), check_digit("D23145890<734")}
    wrong = min(set("0123456789") - right)
    reading = read(changed(TD1_LONG, 0, 18, wrong), today=TODAY)
    assert (0, 18, False) in reading.check_positions
    assert reading.fields["number"].check == "wrong"


def test_a_filler_as_check_digit_with_nothing_after_it_is_wrong() -> None:
    reading = read(changed(TD1_LONG, 0, 15, "<<<<"), today=TODAY)
    assert reading.has("mrz.check.number")
