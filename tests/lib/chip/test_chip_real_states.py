"""Do the certificates that states really publish read, and does each prove who signed it?

`state_certificates.pem` tells where they come from. The list that holds them here is signed by a
key of the tests: a whole list as ICAO signs it is not in the tests.
"""

from collections import Counter
from pathlib import Path

import pytest
from asn1crypto import pem

from safar.lib.chip import ChipError, MasterList, read_certificate
from safar.lib.chip.certificates import Certificate
from tests.lib.chip.test_chip_lists import GERMAN, reading

FILE = Path(__file__).parent / "state_certificates.pem"
RAW = [raw for _, _, raw in pem.unarmor(FILE.read_bytes(), multiple=True)]


def of(country: str) -> list[Certificate]:
    return [
        each.certificate for each in whole().certificates if each.certificate.country == country
    ]


def whole() -> MasterList:
    return reading(*RAW, GERMAN.root())


def test_every_certificate_of_the_neighbours_is_read_and_proved() -> None:
    found = whole()
    assert found.countries == {"DE": 1, "KZ": 3, "LT": 1, "RU": 4, "TJ": 3, "TM": 4, "UZ": 6}
    proofs = Counter(each.proof for each in found.certificates)
    assert proofs == {"self-signed": 16, "link": 6}


def test_one_changed_byte_of_a_signature_is_seen() -> None:
    """The control: nothing of this is proved by reading alone."""
    raw = next(raw for raw in RAW if b"CSCA Tajikistan" in raw)
    found = reading(raw[:-1] + bytes([raw[-1] ^ 1]), GERMAN.root())
    assert found.countries == {"DE": 1}
    assert [each.code for each in found.problems] == ["chip.certificate.own"]


def test_a_new_key_is_proved_by_the_old_one_of_the_state_and_by_none_without_it() -> None:
    """Doc 9303-12 §4.2.1.3: the link certificate of a key change bears one name twice."""
    turkmen = [raw for raw in RAW if b"CSCA-Turkmenistan" in raw]
    proofs = [each.proof for each in reading(*turkmen, GERMAN.root()).certificates]
    assert proofs.count("link") == 2
    links = [one for one in of("TM") if not one.was_issued_by(one)]
    alone = reading(*[one.raw for one in links[:1]], GERMAN.root()).certificates
    assert {each.certificate.country: each.proof for each in alone}["TM"] == "unproved"


def test_a_state_that_writes_three_letters_is_known_by_two() -> None:
    assert [one.subject for one in of("LT")] == [
        "Serial Number: 001, Country: LTU, Common Name: Country Signing CA Lithuania"
    ]


def test_what_names_no_country_or_is_broken_is_left_out_and_said() -> None:
    codes = [each.code for each in whole().problems]
    assert sorted(codes) == ["chip.certificate.country", "chip.der.shape"]


def test_a_certificate_whose_extension_ends_too_early_is_refused() -> None:
    refused = []
    for raw in RAW:
        try:
            read_certificate(raw)
        except ChipError as error:
            refused.append(error.code)
    assert refused == ["chip.der.shape"]


@pytest.mark.parametrize(
    ("country", "schemes"),
    [
        ("KZ", {("rsa", "sha1")}),
        ("TJ", {("pss", "sha384"), ("rsa", "sha384")}),
        ("UZ", {("rsa", "sha256"), ("ecdsa", "sha384")}),
    ],
)
def test_the_algorithms_of_the_neighbours_are_those_that_they_chose(
    country: str, schemes: set[tuple[str, str]]
) -> None:
    found = {(one.scheme.kind, one.scheme.hash) for one in of(country) if one.scheme}
    assert found == schemes
