"""Is a visa sealed byte for byte as ICAO Doc 9303-13 says, and does it come back?"""

from dataclasses import replace
from datetime import date

import pytest

from safar.lib.seal import Header, SealError, Stay, c40, dates, decode, sign
from safar.lib.seal import header as heads
from safar.lib.seal.reading import Seal
from tests.lib.seal.making import SEALED, signer, visa, zone


@pytest.mark.parametrize(
    ("text", "data"),  # BSI TR-03137-1 Annex B and §3.2.3
    [("XK<CD", "eb0466a9"), ("XKCD", "eb11fe45"), ("BSI01", "62d719c9"), ("DETS32", "6d32c91f")],
)
def test_capital_letters_become_bytes_as_the_standard_shows(text: str, data: str) -> None:
    assert c40.encode(text).hex() == data
    assert c40.decode(bytes.fromhex(data)) == text.replace("<", " ")


@pytest.mark.parametrize("text", ["a", "Ä", "A-B", "А"])
def test_other_signs_are_refused(text: str) -> None:
    with pytest.raises(SealError, match="no capital letter or digit"):
        c40.encode(text)


@pytest.mark.parametrize("data", ["eb", "0000", "ffff", "fe00", "fe45eb11", "0001eb11", "feff"])
def test_bytes_that_are_no_text_are_refused(data: str) -> None:
    with pytest.raises(SealError) as problem:
        c40.decode(bytes.fromhex(data))
    assert problem.value.code == "seal.bad_text"


def test_a_day_is_three_bytes_with_the_month_first() -> None:
    assert dates.encode(date(1957, 3, 25)).hex() == "319ef5"  # BSI TR-03137-1 §3.2.3
    assert dates.decode(bytes.fromhex("8d7ad8")) == date(2024, 9, 27)
    with pytest.raises(SealError, match="does not exist"):
        dates.decode(b"\xff\xff\xff")


@pytest.mark.parametrize(
    ("version", "data"),  # tsenger/vdstools, VdsHeaderCommonTest
    [
        (3, "dc036abc6d32c8a72cb18d7ad88d7ad8fb06"),
        (2, "dc026abc6d32c8a51a1f8d7ad88d7ad8fb06"),
    ],
)
def test_both_versions_of_the_head_are_written_and_read(version: int, data: str) -> None:
    day = date(2024, 9, 27)
    head = Header("D", "DETS", "32", day, day, 0xFB, 0x06, version)
    assert heads.write(head).hex() == data
    read, end = heads.read(bytes.fromhex(data))
    assert end == 18
    assert replace(read, reference=read.reference.lstrip("0")) == head


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "KGZZ"},
        {"signer_id": "KGV"},
        {"reference": "1G"},
        {"reference": ""},
        {"reference": "123456", "version": 2},
        {"version": 4},
    ],
)
def test_a_head_that_does_not_fit_is_not_written(wrong: dict[str, str]) -> None:
    head = Header("KGZ", "KGVS", "1A", SEALED, SEALED, 0x5D, 0x01)
    assert heads.read(heads.write(head)) == (head, 18)
    with pytest.raises(SealError) as problem:
        heads.write(replace(head, **wrong))  # type: ignore[arg-type]
    assert problem.value.code == "seal.cannot_write"


def sealed(format: str = "MRV-B", version: int = 3) -> Seal:
    return decode(sign(visa(format), signer()[0], version=version))


@pytest.mark.parametrize(("format", "width", "size"), [("MRV-A", 44, 154), ("MRV-B", 36, 150)])
def test_a_visa_comes_back_with_all_that_was_sealed(format: str, width: int, size: int) -> None:
    seal = sealed(format)
    lines = zone(format)
    assert seal.zone == (lines[0], lines[1][:28])
    assert len(seal.zone[0]) == width
    assert seal.fields["passport_number"] == "L898902C3"
    assert seal.fields["stay"] == Stay(days=90)
    assert seal.fields["entries"] == 2
    assert seal.fields["visa_type"] == "T1"
    assert seal.is_visa
    assert seal.header.signer_id == "KGVS"
    assert (seal.header.country, seal.header.reference) == ("KGZ", "1A")
    assert len(seal.raw) == size


def test_the_visas_own_number_is_sealed_within_the_zone() -> None:
    assert "AB1234567" in sealed().zone[1]


def test_the_old_head_takes_five_signs_of_the_reference() -> None:
    assert sealed(version=2).header.reference == "0001A"


def test_printed_lines_are_compared_as_far_as_they_are_sealed() -> None:
    seal, (first, second) = sealed(), zone()
    assert seal.agrees_with([first, second])
    assert seal.agrees_with([first, second[:28] + "12345678"])  # optional data are not sealed
    assert not seal.agrees_with([first, second[:27] + "9" + second[28:]])
    assert not seal.agrees_with([first.replace("ANNA", "ANNE"), second])
    assert not seal.agrees_with([first])


def test_no_limit_of_entries_is_zero_in_the_seal() -> None:
    seal = decode(sign(visa(entries=None), signer()[0]))
    assert seal.fields["entries"] == 0
    with pytest.raises(SealError, match="no entries at all"):
        sign(visa(entries=0), signer()[0])


@pytest.mark.parametrize(
    "wrong",
    [
        {"entries": 255},
        {"entries": -1},
        {"stay": Stay(days=255)},
        {"stay": Stay(days=-1)},
        {"zone": ["V<KGZ"]},
        {"zone": []},
        {"zone": ["V" * 44, "V" * 36]},
        {"passport_number": "l898"},
        {"visa_type": "TOURIST"},
        {"extra": {5: b"x"}},
        {"extra": {255: b"x"}},
    ],
)
def test_a_visa_that_does_not_fit_is_not_sealed(wrong: dict[str, object]) -> None:
    with pytest.raises(SealError) as problem:
        sign(replace(visa(), **wrong), signer()[0])  # type: ignore[arg-type]
    assert problem.value.code == "seal.cannot_write"


def test_a_stay_may_be_left_open_and_says_itself_in_words() -> None:
    seal = decode(sign(replace(visa(), stay=Stay(None, None, None)), signer()[0]))
    assert seal.fields["stay"] == Stay(None, None, None)
    assert seal.text("stay") == "not said"
    assert str(Stay(days=1, months=3)) == "1 day 3 months"


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 1000])
def test_long_fields_have_lengths_as_in_der(size: int) -> None:
    seal = decode(sign(replace(visa(), extra={20: b"x" * size}), signer()[0]))
    assert seal.fields["field_20"] == b"x" * size


@pytest.mark.parametrize("length", ["8107", "820007", "83000007", "80", "84ffffffff"])
def test_a_length_that_is_not_the_shortest_is_refused(length: str) -> None:
    seal = sealed()
    start = seal.signed[18:]
    assert start[:2] == b"\x02\x2c"
    bad = seal.raw[:18] + b"\x0a" + bytes.fromhex(length) + b"1234567" + seal.raw[18:]
    with pytest.raises(SealError) as problem:
        decode(bad)
    assert problem.value.code == "seal.bad_length"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: b"", "seal.empty"),
        (lambda raw: b"\xdd" + raw[1:], "seal.not_a_seal"),
        (lambda raw: raw[:1] + b"\x09" + raw[2:], "seal.version"),
        (lambda raw: raw[:1], "seal.truncated"),
        (lambda raw: raw[:30], "seal.truncated"),
        (lambda raw: raw[:-1], "seal.truncated"),
        (lambda raw: raw[:-66], "seal.no_signature"),
        (lambda raw: raw + b"\x00", "seal.after_signature"),
        (lambda raw: raw[:18] + b"\x05\x00" + raw[18:], "seal.repeated"),
        (lambda raw: raw[:18] + b"\x01" + raw[19:64] + raw[18:], "seal.repeated"),
        (lambda raw: raw[:12] + b"\xff\xff\xff" + raw[15:], "seal.bad_date"),
        (lambda raw: raw[:2] + b"\xff\xff" + raw[4:], "seal.bad_text"),
        (lambda raw: raw + bytes(5000), "seal.too_long"),
    ],
)
def test_what_is_no_seal_is_named(change, code: str) -> None:
    with pytest.raises(SealError) as problem:
        decode(change(sealed().raw))
    assert problem.value.code == code
    assert problem.value.sentence
