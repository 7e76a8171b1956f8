"""Dates, codes, names and signs: what is said, and what makes a zone unsound?"""

from datetime import date

import pytest

from safar.lib.mrz import CODES, WEIGHTS, Reading, read, write
from safar.lib.mrz.dates import birth_date
from safar.lib.partial_dates import PartialDate
from tests.lib.mrz.vectors import (
    FRENCH,
    KYRGYZ,
    RUSSIAN,
    TD2,
    TD3,
    TODAY,
    changed,
    passport,
)


def reading_of(format: str = "TD3", **parts: object) -> Reading:
    return read(write(passport(**parts), format), today=TODAY)


def test_a_plain_passport_has_nothing_to_say() -> None:
    reading = reading_of()
    assert (reading.sound, reading.findings) == (True, ())


def test_an_empty_personal_number_may_have_0_or_a_filler_as_check_digit() -> None:
    lines = tuple(write(passport()))
    assert lines[1][42] == "<"
    assert read(lines, today=TODAY).fields["personal_number"].check == "absent"
    zero = changed(lines, 1, 42, "0")
    assert read(zero, today=TODAY).fields["personal_number"].check == "right"
    assert read(zero, today=TODAY).sound
    assert not read(changed(lines, 1, 42, "1"), today=TODAY).sound


def test_a_filler_is_no_check_digit_of_a_personal_number_that_is_there() -> None:
    assert read(changed(TD3, 1, 42, "<"), today=TODAY).has("mrz.check.personal_number")


@pytest.mark.parametrize(
    ("birth", "raw", "code"),
    [
        (PartialDate(1990, 3), "9003<<", "mrz.birth.partial"),
        (PartialDate(1990), "90<<<<", "mrz.birth.partial"),
        (None, "<<<<<<", "mrz.birth.unknown"),
    ],
)
def test_unknown_parts_of_a_birth_date_stay_unknown(
    birth: PartialDate | None, raw: str, code: str
) -> None:
    reading = reading_of(birth=birth)
    assert reading.fields["birth"].raw == raw
    assert (reading.birth, reading.sound, reading.has(code)) == (birth, True, True)
    assert reading.fields["birth"].check == "right"


def test_zeros_for_unknown_parts_are_understood_and_said() -> None:
    lines = write(passport(birth=PartialDate(1990, 3)))
    # 0 and < count alike, so every check digit stays right
    reading = read([lines[0], lines[1].replace("9003<<", "900300")], today=TODAY)
    assert (str(reading.birth), reading.sound) == ("1990-03", True)
    assert reading.has("mrz.birth.zeros")


def test_a_birth_date_lies_in_the_past_and_an_expiry_near_today() -> None:
    assert reading_of(birth=PartialDate(1926, 11, 23)).birth == PartialDate(1926, 11, 23)
    assert reading_of(birth=PartialDate(2026, 11, 22)).birth == PartialDate(2026, 11, 22)
    assert reading_of(expiry=date(2070, 1, 1)).expiry == date(2070, 1, 1)
    assert reading_of(expiry=date(1996, 12, 10)).expiry == date(1996, 12, 10)


def test_a_day_that_does_not_exist_is_unsound_although_its_digit_is_right() -> None:
    lines = write(passport())
    mended = lines[1].replace("9003048", "900231" + "2")
    reading = read([lines[0], mended], today=TODAY)
    assert reading.has("mrz.birth.impossible")
    assert not reading.sound


def test_the_day_of_expiry_is_the_last_good_day() -> None:
    assert not reading_of(expiry=TODAY).has("mrz.expired")
    assert reading_of(expiry=date(2026, 11, 21)).has("mrz.expired")
    assert reading_of(expiry=date(2026, 11, 21)).sound


def test_a_card_may_lack_an_expiry_and_a_passport_may_not() -> None:
    card = reading_of("TD1", document_code="ID", expiry=None)
    assert (card.sound, card.has("mrz.expiry.absent")) == (True, True)
    assert not reading_of(expiry=None).sound


@pytest.mark.parametrize(
    "code",
    ["D", "EUE", "GBD", "GBN", "RKS", "UNO", "UNA", "XPO", "XOM", "IAO", "XCE", "KGZ"],
)
def test_codes_outside_iso_3166_are_known(code: str) -> None:
    reading = reading_of(issuer=code, nationality=code)
    assert (reading.sound, reading.issuer, reading.findings) == (True, code, ())


@pytest.mark.parametrize("code", ["XXA", "XXB", "XXC", "XXX", "UNK", "GBS"])
def test_a_nationality_may_differ_from_the_issuer(code: str) -> None:
    reading = reading_of(issuer="UZB", nationality=code)
    assert (reading.sound, reading.issuer, reading.nationality) == (True, "UZB", code)


@pytest.mark.parametrize("code", ["ROM", "ZAR", "TMP", "YUG", "SUN"])
def test_old_codes_are_sound_and_said(code: str) -> None:
    reading = reading_of(issuer=code, nationality="KGZ")
    assert (reading.sound, reading.has("mrz.issuer.withdrawn")) == (True, True)


@pytest.mark.parametrize("code", ["ZZZ", "XAA", "K<Z", "<<<"])
def test_unknown_codes_are_unsound(code: str) -> None:
    lines = tuple(write(passport()))
    assert read(changed(lines, 0, 2, code), today=TODAY).has("mrz.issuer.unknown")
    unknown = read(changed(lines, 1, 10, code), today=TODAY)
    assert (unknown.sound, unknown.has("mrz.nationality.unknown")) == (False, True)


def test_germany_writes_d() -> None:
    reading = reading_of(issuer="DEU", nationality="DEU")
    assert (reading.issuer, reading.sound, reading.has("mrz.germany")) == (
        "D",
        True,
        True,
    )


@pytest.mark.parametrize("code", ["P", "PP", "PD", "PS", "PT", "PO", "PE", "PR"])
def test_any_second_letter_of_a_passport_is_good(code: str) -> None:
    reading = reading_of(document_code=code)
    assert (reading.sound, reading.document_code, reading.kind) == (True, code, "P")


def test_another_first_letter_is_unsound() -> None:
    reading = reading_of(document_code="X")
    assert (reading.sound, reading.has("mrz.code.unknown")) == (False, True)
    assert reading_of(document_code="I").has("mrz.code.unusual")


def test_an_unspecified_sex_stays_unspecified() -> None:
    assert (reading_of(sex="X").sex, reading_of(sex="X").fields["sex"].raw) == ("", "<")
    lettered = read(changed(tuple(write(passport())), 1, 20, "X"), today=TODAY)
    assert (lettered.sex, lettered.sound, lettered.has("mrz.sex.letter")) == (
        "",
        True,
        True,
    )
    assert not read(changed(TD3, 1, 20, "Q"), today=TODAY).sound


def test_no_given_name_and_no_surname_are_normal() -> None:
    alone = reading_of(surname="Sukarno", given_names="")
    assert (alone.surname, alone.given_names, alone.sound) == ("SUKARNO", "", True)
    given = reading_of(surname="", given_names="Anna")
    assert (given.surname, given.given_names, given.sound) == ("", "ANNA", True)


def test_no_name_at_all_is_unsound() -> None:
    reading = read(["P<KGZ".ljust(44, "<"), write(passport())[1]], today=TODAY)
    assert [fault.code for fault in reading.faults] == ["mrz.name.empty"]


def test_a_name_to_the_last_column_may_be_cut_short() -> None:
    reading = reading_of(surname="Nilavadhanananda", given_names="Chayapa Dejthamrong Krasuang")
    assert reading.name_may_be_truncated
    assert not reading_of().name_may_be_truncated


def test_digits_in_a_name_are_unsound() -> None:
    reading = read(changed(TD3, 0, 5, "3RIKSSON"), today=TODAY)
    assert (reading.sound, reading.fields["surname"].problem is None) == (False, False)


def test_the_russian_internal_passport_is_understood() -> None:
    reading = read(RUSSIAN, today=TODAY)
    assert reading.sound
    assert (reading.surname, reading.given_names) == ("ЁЖИКОВА", "ЮЛИЯ ЧЕСЛАВОВНА")
    assert reading.number == "4501123456"
    assert (reading.expiry, str(reading.issued)) == (None, "2004-05-20")
    assert not read(changed(RUSSIAN, 0, 2, "KGZ"), today=TODAY).sound


def test_a_td2_card_of_france_is_not_taken_for_the_old_card() -> None:
    card = write(passport(document_code="ID", issuer="FRA", number="A12345678"), "TD2")
    assert read(card, today=TODAY).format == "TD2"
    assert read(FRENCH, today=TODAY).format == "FRENCH-ID"


def test_a_foreign_sign_is_unsound_even_where_it_would_count_nothing() -> None:
    reading = read([TD2[0], TD2[1].replace("<<<<<<<6", "<<<*<<<6")], today=TODAY)
    assert not reading.sound
    assert reading.fields["personal_number"].problem


def test_findings_come_by_falling_weight_and_every_code_has_a_sentence() -> None:
    reading = read(changed(KYRGYZ, 1, 19, "0"), today=date(2040, 1, 1))
    weights = [finding.weight for finding in reading.findings]
    assert weights == sorted(weights, reverse=True)
    assert all(finding.sentence.endswith((".", "?", "seen.")) for finding in reading.findings)
    assert CODES.keys() == WEIGHTS.keys()


def test_a_birth_date_of_zeros_is_no_day_of_the_year_2000() -> None:
    assert birth_date("000000", TODAY) == (None, "mrz.birth.unknown")
    assert birth_date("010000", TODAY) == (PartialDate(2001), "mrz.birth.zeros")
