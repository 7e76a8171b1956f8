"""Are likely misreadings offered for repair, and never put right in silence?"""

import pytest

from safar.lib.mrz import read, write
from tests.lib.mrz.vectors import ALL, KYRGYZ, TD1, TD3, TODAY, changed, passport


@pytest.mark.parametrize(
    ("line", "column", "sign"),
    [
        (1, 15, "O"),  # date of birth
        (1, 18, "Z"),
        (1, 27, "g"),  # its neighbour's check digit is 9: no sign that looks like it
        (0, 4, "0"),  # issuer
        (1, 12, "0"),  # nationality
        (0, 11, "0"),  # name
        (1, 43, "O"),  # the last check digit
    ],
)
def test_a_misread_sign_is_offered_where_the_field_allows_only_one(
    line: int, column: int, sign: str
) -> None:
    wrong = changed(TD3, line, column, sign.upper())
    reading = read(wrong, today=TODAY)
    assert (reading.lines, reading.sound) == (wrong, False)
    if sign == "g":
        assert reading.repair is None
    else:
        assert reading.has("mrz.repair.offered")
        assert reading.repair is not None
        assert reading.repair.lines == TD3


def test_the_offer_shows_each_change() -> None:
    reading = read(changed(TD3, 1, 15, "O"), today=TODAY)
    assert reading.lines[1][15] == "O"
    assert reading.repair is not None
    assert (reading.repair.lines, reading.repair.sound) == (TD3, True)
    assert reading.repair.changes == ((1, 15, "O", "0"),)


def test_a_kyrgyz_number_is_mended_by_its_pattern_of_letters_and_digits() -> None:
    right = tuple(write(passport(number="SB1050812")))
    reading = read(changed(right, 1, 0, "581O5O8I2"), today=TODAY)
    assert not reading.sound
    assert reading.repair is not None
    assert reading.repair.lines == right
    assert len(reading.repair.changes) == 5


def test_a_number_without_a_known_pattern_is_mended_where_one_way_only_is_sound() -> None:
    right = tuple(write(passport(issuer="TUR", number="U9934967S")))
    reading = read(changed(right, 1, 8, "5"), today=TODAY)
    assert reading.repair is not None
    assert reading.repair.lines == right


def test_two_ways_to_be_sound_are_no_offer() -> None:
    # 5 for S and 2 for Z change the sum by the same
    right = tuple(write(passport(issuer="TUR", number="U1234567S")))
    assert read(changed(right, 1, 8, "5"), today=TODAY).repair is None


def test_fillers_that_were_read_as_k_are_offered_as_fillers() -> None:
    # only together with something unsound: a name may well end in K
    wrong = changed(changed(KYRGYZ, 0, 20, "<KKKKKKKK<<KKK"), 1, 14, "O")
    reading = read(wrong, today=TODAY)
    assert reading.repair is not None
    assert reading.repair.lines == KYRGYZ


def test_lost_fillers_at_the_end_of_the_name_line_are_offered() -> None:
    for lines, at in ((TD3, 0), (TD1, 2)):
        short = [line.rstrip("<") if number == at else line for number, line in enumerate(lines)]
        short[at] += "<" * (len(lines[at]) - len(short[at]) - 3)
        reading = read(short, today=TODAY)
        assert (reading.format, reading.sound) == (None, False)
        assert reading.repair is not None
        assert reading.repair.lines == lines


@pytest.mark.parametrize("lines", ALL.values(), ids=ALL)
def test_a_sound_zone_is_offered_nothing(lines: tuple[str, ...]) -> None:
    assert read(lines, today=TODAY).repair is None


def test_a_forged_digit_is_offered_nothing() -> None:
    assert read(changed(KYRGYZ, 1, 13, "8"), today=TODAY).repair is None
