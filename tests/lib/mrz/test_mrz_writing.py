"""Does a written zone say what the document says, and cut what is too long by ICAO's rule?"""

from datetime import date

import pytest

from safar.lib.mrz import Document, WritingError, check_digit, write
from safar.lib.mrz.names import join
from safar.lib.partial_dates import PartialDate
from tests.lib.mrz.vectors import (
    FRENCH,
    KYRGYZ,
    RUSSIAN,
    TD1_LONG,
    TD2_LONG,
    TD3,
    passport,
)


def test_icaos_check_digits() -> None:
    # ICAO Doc 9303-3 §4.9, example 1: the date 520727
    assert check_digit("520727") == "3"
    assert check_digit("AB2134<<<") == "5"
    assert check_digit("D23145890734") == "9"


def test_icaos_passport_is_written_as_printed() -> None:
    document = Document(
        document_code="P",
        issuer="UTO",
        number="L898902C3",
        surname="Eriksson",
        given_names="Anna Maria",
        birth=PartialDate(1974, 8, 12),
        sex="F",
        expiry=date(2012, 4, 15),
        personal_number="ZE184226B",
    )
    assert write(document) == list(TD3)


@pytest.mark.parametrize(("format", "lines"), [("TD1", TD1_LONG), ("TD2", TD2_LONG)])
def test_icaos_long_number_is_written_as_printed(format: str, lines: tuple[str, ...]) -> None:
    document = Document(
        document_code="I",
        issuer="UTO",
        number="D23145890734",
        surname="Stevenson",
        given_names="Peter John",
        birth=PartialDate(1934, 7, 12),
        sex="M",
        expiry=date(1995, 7, 12),
    )
    assert write(document, format) == list(lines)


def test_the_french_card_is_written_in_its_own_order() -> None:
    document = Document(
        document_code="ID",
        issuer="FRA",
        number="1710GVA12345",
        surname="Test Name",
        given_names="Roberta",
        birth=PartialDate(1991, 12, 31),
        sex="F",
        optional="0CHE02",
    )
    assert write(document, "FRENCH-ID") == list(FRENCH)


def test_a_russian_internal_passport_is_written_letter_for_letter() -> None:
    document = Document(
        document_code="PN",
        issuer="RUS",
        number="450123456",
        surname="Ёжикова",
        given_names="Юлия Чеславовна",
        birth=PartialDate(1984, 5, 17),
        sex="F",
        personal_number="1040520770042",
    )
    assert write(document) == list(RUSSIAN)


def test_a_kyrgyz_name_is_spelt_in_latin_letters() -> None:
    document = passport(
        surname="Үсөнова",
        given_names="Айгүл",
        sex="F",
        personal_number="10403199000123",
    )
    assert write(document) == list(KYRGYZ)


@pytest.mark.parametrize(
    ("surname", "given", "field"),
    [
        ("van der Muellen", "Martin", "VAN<DER<MUELLEN<<MARTIN"),
        ("O'Connor", "Enya Siobhan", "OCONNOR<<ENYA<SIOBHAN"),
        ("Smith-Jones", "Susie", "SMITH<JONES<<SUSIE"),
        ("Müller", "Jürgen", "MUELLER<<JUERGEN"),
        ("Núñez", "Ángel", "NUNEZ<<ANGEL"),
        ("Щербакова", "Юлия", "SHCHERBAKOVA<<IULIIA"),
        ("Arkfreith", "", "ARKFREITH"),
    ],
)
def test_names_are_spelt_by_icaos_tables(surname: str, given: str, field: str) -> None:
    assert join(surname, given, 39) == field.ljust(39, "<")


@pytest.mark.parametrize(
    ("surname", "given", "field"),
    [
        # ICAO Doc 9303-4 §4.2.3
        (
            "Nilavadhanananda",
            "Chayapa Dejthamrong Krasuang",
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
        ),
        (
            "Nilavadhanananda",
            "Arnpol Petch Charonguang",
            "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU",
        ),
        # the edge would fall on a filler: a letter goes, so that the cut can be seen
        (
            "Aaaaaaaaaa",
            "Bbbbbbbbbb Ccccccccccccccc Dddd",
            "AAAAAAAAAA<<BBBBBBBBBB<CCCCCCCCCCCCCC<D",
        ),
    ],
)
def test_a_name_that_is_too_long_is_cut_to_end_in_a_letter(
    surname: str, given: str, field: str
) -> None:
    assert join(surname, given, 39) == field


def test_a_long_surname_leaves_room_for_a_given_name() -> None:
    field = join("Bennelong Wooloomooloo Warrandyte Warnambool", "Dingo Potoroo", 39)
    assert field == "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<<DING"


@pytest.mark.parametrize(
    ("parts", "format"),
    [
        ({"number": "PE12345678"}, "TD3"),
        ({"number": ""}, "TD3"),
        ({"number": "ЖЖ123"}, "TD3"),
        ({"number": "A" * 25}, "TD1"),
        ({"surname": "", "given_names": ""}, "TD3"),
        ({"surname": "李"}, "TD3"),
        ({"personal_number": "1" * 15}, "TD3"),
        ({"personal_number": "1"}, "MRV-A"),
        ({"optional": "1"}, "TD3"),
        ({"issuer": "KGZX"}, "TD3"),
        ({"sex": "W"}, "TD3"),
        ({}, "TD9"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(parts: dict[str, str], format: str) -> None:
    with pytest.raises(WritingError, match=r"^\S.*\.$"):
        write(passport(**parts), format)
