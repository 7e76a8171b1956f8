"""Do ICAO's own specimens, and one card that follows its own order, read as they should?"""

from datetime import date

import pytest

from safar.lib.mrz import read
from safar.lib.partial_dates import PartialDate
from tests.lib.mrz.vectors import ALL, FRENCH, MRV_A, TD1, TD3, TODAY, changed


@pytest.mark.parametrize("name", ALL)
def test_every_specimen_is_recognised_and_sound(name: str) -> None:
    reading = read(ALL[name], today=TODAY)
    assert (reading.format, reading.sound) == (name, True)
    assert all(position.right for position in reading.check_positions)


def test_the_passport_of_utopia_reads_field_by_field() -> None:
    reading = read(TD3, today=TODAY)
    assert (reading.document_code, reading.kind, reading.issuer) == ("P", "P", "UTO")
    assert (reading.surname, reading.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert (reading.number, reading.nationality, reading.sex) == (
        "L898902C3",
        "UTO",
        "F",
    )
    assert reading.birth == PartialDate(1974, 8, 12)
    assert reading.expiry == date(2012, 4, 15)
    assert reading.personal_number == "ZE184226B"


def test_each_field_says_where_it_stands() -> None:
    for reading in (read(lines, today=TODAY) for lines in ALL.values()):
        for field in reading.fields.values():
            assert reading.lines[field.line][field.start : field.end] == field.raw


def test_the_places_of_the_check_digits_are_given_for_the_screen() -> None:
    places = [(p.line, p.column) for p in read(TD3, today=TODAY).check_positions]
    assert places == [(1, 9), (1, 19), (1, 27), (1, 42), (1, 43)]
    assert len(read(MRV_A, today=TODAY).check_positions) == 3


def test_a_specimen_and_an_expired_document_are_findings_not_unsoundness() -> None:
    reading = read(TD1, today=TODAY)
    assert [finding.code for finding in reading.findings] == [
        "mrz.specimen",
        "mrz.expired",
    ]
    assert reading.sound


def test_a_visa_has_no_check_on_its_optional_data() -> None:
    assert read(changed(MRV_A, 1, 30, "9"), today=TODAY).sound
    assert not read(changed(TD3, 1, 30, "9"), today=TODAY).sound


def test_the_french_card_has_its_own_order_and_no_expiry() -> None:
    reading = read(FRENCH, today=TODAY)
    assert (reading.surname, reading.given_names) == ("TEST NAME", "ROBERTA")
    assert (reading.number, reading.optional) == ("1710GVA12345", "0CHE02")
    assert (str(reading.birth), reading.sex, reading.expiry) == (
        "1991-12-31",
        "F",
        None,
    )
    assert str(reading.issued) == "2017-10"
    assert reading.has("mrz.french.expiry")


@pytest.mark.parametrize(
    ("name", "line", "column", "field"),
    [
        ("TD3", 1, 9, "number"),
        ("TD3", 1, 19, "birth"),
        ("TD3", 1, 27, "expiry"),
        ("TD3", 1, 42, "personal_number"),
        ("TD3", 1, 43, "composite"),
        ("TD1", 0, 14, "number"),
        ("TD1", 1, 6, "birth"),
        ("TD1", 1, 14, "expiry"),
        ("TD1", 1, 29, "composite"),
        ("TD2", 1, 9, "number"),
        ("TD2", 1, 19, "birth"),
        ("TD2", 1, 27, "expiry"),
        ("TD2", 1, 35, "composite"),
        ("MRV-A", 1, 9, "number"),
        ("MRV-A", 1, 19, "birth"),
        ("MRV-A", 1, 27, "expiry"),
        ("MRV-B", 1, 9, "number"),
        ("MRV-B", 1, 19, "birth"),
        ("MRV-B", 1, 27, "expiry"),
        ("FRENCH-ID", 1, 12, "number"),
        ("FRENCH-ID", 1, 33, "birth"),
        ("FRENCH-ID", 1, 35, "composite"),
    ],
)
def test_a_wrong_check_digit_is_named_by_its_field(
    name: str, line: int, column: int, field: str
) -> None:
    lines = ALL[name]
    wrong = str((int(lines[line][column]) + 1) % 10)
    reading = read(changed(lines, line, column, wrong), today=TODAY)
    assert not reading.sound
    assert reading.has(f"mrz.check.{field}")
    assert (line, column, False) in reading.check_positions
    if field != "composite":
        assert reading.fields[field].check == "wrong"
        assert reading.fields[field].problem


def test_the_composite_covers_what_its_format_says() -> None:
    # sex and nationality stand outside it in every format
    assert read(changed(TD3, 1, 20, "M"), today=TODAY).sound
    assert read(changed(TD3, 1, 10, "KGZ"), today=TODAY).sound
    # the optional data of TD1 has no digit of its own, only the composite
    for line, column in ((0, 20), (1, 20)):
        reading = read(changed(TD1, line, column, "1"), today=TODAY)
        assert [fault.code for fault in reading.faults] == ["mrz.check.composite"]
