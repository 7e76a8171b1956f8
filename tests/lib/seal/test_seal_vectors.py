"""Do the seals of other implementations decode, and do they verify with their keys?

Sources and licences stand at the head of the files in `vectors/`.
"""

import pytest

from safar.lib.seal import SealError, Signers, Stay, decode, read_certificate, verify
from safar.lib.seal.curves import CURVES, PublicKey
from safar.lib.seal.header import read as read_head
from tests.lib.seal.making import TODAY, VECTORS, utts5b, vectors

VDSTOOLS, LI0ARD = vectors("vdstools.txt"), vectors("li0ard.txt")
ALL = [(file, name) for file in ("vdstools.txt", "li0ard.txt") for name in vectors(file)]
GERMAN = ("deme_by_the_rule", "deme_of_five_signs", "dezv_decimal", "dezv_hex")


def of_utts5b() -> list[bytes]:
    seals = [*VDSTOOLS.values(), *LI0ARD.values()]
    return [data for data in seals if decode(data).header.signer_id == "UTTS"]


@pytest.mark.parametrize(("file", "name"), ALL)
def test_every_published_seal_decodes(file: str, name: str) -> None:
    seal = decode(vectors(file)[name])
    assert seal.features
    assert len(seal.signature) in (56, 64)


def test_all_vectors_are_there() -> None:
    assert (len(VDSTOOLS), len(LI0ARD)) == (18, 9)


def test_all_17_seals_of_the_published_certificate_verify() -> None:
    key = read_certificate(utts5b()).key
    assert key is not None
    assert len(of_utts5b()) == 17
    for data in of_utts5b():
        seal = decode(data)
        assert key.is_right(seal.signature, seal.signed), seal.header
        assert not key.is_right(seal.signature, seal.signed[:-1] + b"\x00")


def test_a_published_visa_of_utopia_is_sound_in_every_respect() -> None:
    signers = Signers([read_certificate(utts5b())])
    verdict = verify(LI0ARD["visa"], signers, on=TODAY)
    assert (verdict.code, verdict.signature) == ("seal.sound", True)
    assert verdict.seal is not None
    assert verdict.seal.fields == {
        "machine_zone": "VCD<<DENT<<ARTHUR<PHILIP<<<<<<<<<<<<\n1234567XY7GBR5203116M2005250",
        "stay": Stay(days=160),
        "passport_number": "47110815P",
        "entries": 12,
        "visa_type": "0xaa",
        "additional": b"\xbb",
    }


def test_seals_on_the_short_curve_verify() -> None:
    point = bytes.fromhex((VECTORS / "dets32.hex").read_text())
    key = PublicKey(CURVES["brainpoolP224r1"], point)
    for name in ("visa_224", "visa_224_again", "address_sticker_card"):
        seal = decode(VDSTOOLS[name])
        assert seal.header.signer_id == "DETS"
        assert key.is_right(seal.signature, seal.signed), name
        assert not key.is_right(seal.signature[::-1], seal.signed), name


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("deme_by_the_rule", "00008"),
        ("deme_of_five_signs", "00008"),
        ("dezv_decimal", "A41E7E495F0B4DE58AA0FE7C01D7FEA8"),
        ("dezv_hex", "00112233445566778899AABBCCDDEEFF"),
    ],
)
def test_german_heads_that_break_the_rule_of_lengths_are_read(name: str, reference: str) -> None:
    assert decode(VDSTOOLS[name]).header.reference == reference


def test_a_german_length_of_40_is_decimal_too() -> None:
    """The head alone of VdsHeaderCommonTest, tsenger/vdstools (Apache-2.0)."""
    data = bytes.fromhex(
        "dc036abc6d38dc055f80585a34136c0b66913397209426a03acb788758f459461a74fe3860294a60294a01c9"
    )
    head, end = read_head(data)
    assert end == len(data) == 44
    assert head.reference == "B73A1D496D7ECCC46214F2335C6F7AA57A790577"


def test_no_other_signer_may_break_the_rule() -> None:
    """Negative control: `dezv_decimal` under another name is not read as if it were German."""
    from safar.lib.seal import c40

    data = VDSTOOLS["dezv_decimal"]
    other = data[:4] + c40.encode("UTZV32") + data[8:]
    with pytest.raises(SealError):
        decode(other)
