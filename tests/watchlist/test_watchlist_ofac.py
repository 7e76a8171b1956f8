"""What is read from OFAC's files, and what becomes of files that are not whole?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.control.watchlist.sources import ofac
from safar.control.watchlist.sources.parsed import ParsedList, TornFileError
from safar.control.watchlist.sources.remarks import read_birth, read_remarks
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth
from tests.makers.watchlist import ALT, END, SDN, alt_row, sdn_row


def read(sdn: str, alt: str = ALT) -> ParsedList:
    return ofac.read(sdn.encode(), alt.encode())


def test_individuals_are_read_with_their_aliases_and_vessels_are_passed_over():
    first, second = read(SDN).entries
    assert first.names == (("SADYKOV, Timur", False), ("SADIKOV, Temur", False))
    assert first.births == (Birth(PartialDate(1984, 5, 17)),)
    assert (first.sex, first.citizenships) == ("M", ("KGZ",))
    assert second.births == (Birth(PartialDate(1962), None, True),)
    assert second.documents == (("passport", "RUS", "51AB204"),)


def test_the_end_mark_and_a_byte_order_mark_are_no_text():
    assert len(read("\ufeff" + SDN + END).entries) == 2


@pytest.mark.slow
def test_the_half_list_that_comes_with_safar_is_read_whole():
    found = ofac.read(
        (ofac.DATA / "sdn_dev.csv").read_bytes(), (ofac.DATA / "alt_dev.csv").read_bytes()
    )
    assert (len(found.entries), found.bad, found.problems) == (2265, 0, ())
    assert sum(len(entry.births) for entry in found.entries) == 2526


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("10 Dec 1948", Birth(PartialDate(1948, 12, 10))),
        ("Dec 1948", Birth(PartialDate(1948, 12))),
        ("1948", Birth(PartialDate(1948))),
        ("circa 1962", Birth(PartialDate(1962), None, True)),
        ("circa 10 Dec 1948", Birth(PartialDate(1948, 12, 10), None, True)),
        ("1960 to 1965", Birth(PartialDate(1960), 1965)),
        ("circa 1960-1962", Birth(PartialDate(1960), 1962, True)),
        ("01 Jan 1960 to 31 Dec 1960", Birth(PartialDate(1960))),
    ],
)
def test_every_way_that_ofac_writes_a_birth_date_is_read(text: str, birth: Birth):
    assert read_birth(text) == birth


@pytest.mark.parametrize("text", ["31 Feb 1960", "10 Dez 1948", "1965 to 1960", "soon"])
def test_a_birth_date_that_cannot_be_is_a_problem_and_is_never_guessed(text: str):
    said = read_remarks(f"DOB {text}; Gender Female.", {})
    assert (said.births, said.sex, said.unread) == ((), "F", [("birth", text)])


def test_remarks_give_several_births_documents_citizenships_and_nicknames():
    said = read_remarks(
        "DOB 01 Feb 1970; alt. DOB 1971; nationality Iran; alt. citizen Korea, North; "
        "Passport K357514(4) (Iran) issued 01 Jan 2001 expires 01 Jan 2011; alt. Passport 9-88; "
        "National ID No. 12/34 (Iran); a.k.a. 'PACHO'; Linked To: SOMEBODY.",
        ofac.country_codes(),
    )
    assert [str(birth) for birth in said.births] == ["1970-02-01", "1971"]
    assert said.citizenships == ("IRN", "PRK")
    assert said.documents == (
        ("passport", "IRN", "K3575144"),
        ("passport", "", "988"),
        ("identity", "IRN", "1234"),
    )
    assert (said.nicknames, said.unread) == (("PACHO",), [])


TORN = {
    "empty": ("", "empty", 0),
    "a web page": ("<!DOCTYPE html><html>", "web_page", 1),
    "a line with a column missing": (SDN + '4,"X, Y",individual\r\n', "columns", 4),
    "a cut last line": (SDN[:-9], "columns", 3),
    "a cut quotation": (SDN + '4,"X', "last_line", 4),
    "an open quotation mark": (SDN + '4,"X\r\n', "quote", 4),
    "text after the end mark": (SDN + END + "5", "after_end", 4),
    "a NUL": (SDN + "\x00\r\n", "control", 4),
    "a header": ('"a"' + ",b" * 11 + "\r\n" + SDN, "number", 1),
    "a number twice": (SDN + sdn_row(1, "X, Y"), "twice", 4),
    "no person": (sdn_row(3, "SEA STAR", kind="vessel"), "nobody", 0),
}


@pytest.mark.parametrize("case", TORN)
def test_a_file_that_is_not_whole_is_refused_with_its_line(case: str):
    sdn, code, line = TORN[case]
    with pytest.raises(TornFileError) as torn:
        read(sdn)
    assert torn.value.code in (code, "orphans", "last_line")
    assert torn.value.line == line
    assert "{" not in torn.value.sentence


def test_bytes_that_are_not_utf8_are_refused_with_their_line():
    with pytest.raises(TornFileError) as torn:
        ofac.read(SDN.encode() + b'4,"M\xfcller, X"', ALT.encode())
    assert (torn.value.code, torn.value.line) == ("encoding", 4)


def test_aliases_of_entries_that_are_not_there_show_that_a_file_was_cut():
    orphans = "".join(alt_row(900 + n, n, f"GONE, Name {n}") for n in range(3))
    with pytest.raises(TornFileError, match=r"ALT\.CSV"):
        read(SDN, ALT + orphans)


def test_a_few_orphans_are_a_problem_of_their_lines_only():
    aliases = "".join(alt_row(1, n, f"SADYKOV, Timur {n}") for n in range(20))
    found = read(SDN, aliases + alt_row(900, 99, "GONE, Name"))
    assert [(p.file, p.line, p.code) for p in found.problems] == [("ALT.CSV", 21, "orphan")]


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_at_all_end_in_a_list_or_in_a_sentence(sdn: bytes, alt: bytes):
    try:
        found = ofac.read(sdn, alt).entries
    except TornFileError as torn:
        found = torn.sentence  # type: ignore[assignment]
    assert found


@given(st.text(max_size=200))
def test_any_remarks_at_all_are_read(text: str):
    assert read_remarks(text, {}) is not None
    assert read_remarks(f"DOB {text}; Passport {text}; nationality {text}", {}) is not None
