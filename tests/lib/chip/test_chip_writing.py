"""Chips that are written: read back as authentic, proved by other means, each change caught."""

import hashlib
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

from safar.lib import chip, mrz
from safar.lib.chip import writing
from safar.lib.partial_dates import PartialDate
from safar.lib.seal import FileSigner
from safar.lib.seal.issuing import file_signer, issue_csca, issue_signer, new_key

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, 12, 345, UTC)
LAST = date(2041, 1, 1)
TAGS = {0x60, 0x61, 0x75, 0x77}


def picture(colour: str = "navy", size: tuple[int, int] = (48, 60)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def zone(format: str = "TD3", **facts: Any) -> list[str]:
    said: dict[str, Any] = {
        "document_code": "PP" if format == "TD3" else "I", "issuer": "KGZ",
        "number": "PE0000001", "surname": "Specimen", "given_names": "Aizada",
        "nationality": "KGZ", "birth": PartialDate(1990, 5, 17), "sex": "F",
        "expiry": date(2036, 11, 21),
    }  # fmt: skip
    return mrz.write(mrz.Document(**{**said, **facts}), format)


@pytest.fixture(scope="module", params=["P-256", "P-384", "brainpoolP256r1"])
def state(request) -> tuple[chip.TrustedStates, FileSigner, bytes]:
    """A state, its signer's key and the signer's certificate."""
    root = issue_csca("KG", valid_from=date(2025, 1, 1), valid_until=LAST)
    key = new_key(request.param)
    made = issue_signer(
        root, name="DS", serial=7, public_key=key.public_key(), valid_from=date(2026, 1, 1),
        valid_until=date(2040, 1, 1), document_types=("P", "I"),
    )  # fmt: skip
    held = chip.TrustedStates([chip.read_certificate(root.certificate.der)])
    return held, file_signer(key, made), made.der


def written(state, lines: list[str] | None = None, photo: bytes = b"") -> dict[str, bytes]:
    _, signer, certificate = state
    return writing.write(
        lines or zone(), photo or picture(), signer=signer, certificate=certificate, at=NOW,
        sex="F",
    )  # fmt: skip


def judged(state, files: dict[str, bytes], **more: Any) -> chip.ChipVerdict:
    return chip.verify(files, state[0], on=TODAY, **more)


@pytest.mark.parametrize("format", ["TD3", "TD1"])
def test_what_is_written_is_read_back_as_authentic(state, format):
    lines, photo = zone(format), picture()
    files = written(state, lines, photo)
    verdict = judged(state, files, printed=lines, issued=TODAY)
    assert (verdict.outcome, [each.code for each in verdict.findings]) == ("authentic", [])
    assert verdict.groups == {"DG1": "signed", "DG2": "signed"}
    assert verdict.zone is not None
    assert verdict.face is not None
    assert verdict.zone.lines == tuple(lines)
    assert (verdict.face.image, verdict.face.media_type) == (photo, "image/jpeg")
    assert (verdict.face.width, verdict.face.height) == (48, 60)


def test_the_signature_holds_by_other_means_than_those_that_wrote_and_read_it(state):
    """Walked by hand from the bytes: hashes, attributes in order, ECDSA over them."""
    files = written(state)
    signed = cms.ContentInfo.load(body(files["EF.SOD"], 0x77))["content"]
    info = signed["signer_infos"][0]
    name = info["digest_algorithm"]["algorithm"].native
    content = signed["encap_content_info"]["content"].native
    for number in (1, 2):
        digest = hashlib.new(name, files[f"EF.DG{number}"]).digest()
        assert bytes((2, 1, number, 4, len(digest))) + digest in content
    rows = {row["type"].native: row["values"][0] for row in info["signed_attrs"]}
    assert rows["message_digest"].native == hashlib.new(name, content).digest()
    assert rows["signing_time"].native == NOW.replace(microsecond=0)
    attributes = b"\x31" + info["signed_attrs"].dump()[1:]
    parts = [each.dump() for each in info["signed_attrs"]]
    assert parts == sorted(parts)
    key = x509.load_der_x509_certificate(signed["certificates"][0].chosen.dump()).public_key()
    strength = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384()}[name]
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(info["signature"].native, attributes, ec.ECDSA(strength))


def body(data: bytes, tag: int) -> bytes:
    """The value of one file whose length fits its bytes."""
    assert data[0] == tag
    count = data[1] & 0x7F if data[1] & 0x80 else 0
    size = int.from_bytes(data[2 : 2 + count], "big") if count else data[1]
    assert len(data) == 2 + count + size
    return data[2 + count :]


def test_every_file_is_one_tag_with_its_length(state):
    files = written(state)
    assert {data[0] for data in files.values() if body(data, data[0])} == TAGS
    com = body(files["EF.COM"], 0x60)
    assert com == b"\x5f\x01\x040107\x5f\x36\x06040000\x5c\x02\x61\x75"


def test_no_byte_of_what_is_signed_can_be_changed(state):
    """Zone, picture, list of hashes, attributes, signature and the signer's certificate."""
    files = written(state)
    spans = {"EF.DG1": [files["EF.DG1"]], "EF.DG2": [files["EF.DG2"]], "EF.SOD": proof(files)}
    for name, parts in spans.items():
        for part in parts:
            start = files[name].index(part)
            for at in range(start, start + len(part), max(1, len(part) // 80)):
                changed = bytearray(files[name])
                changed[at] ^= 0x01
                verdict = judged(state, {**files, name: bytes(changed)})
                assert verdict.outcome != "authentic", (name, at)


def test_a_certificates_signature_is_whole_bytes(state):
    """The byte before it says how many bits of its last are none: no reader may pass over that."""
    files = written(state)
    certificate = proof(files)[1]
    value = x509.load_der_x509_certificate(certificate).signature
    at = files["EF.SOD"].index(value) - 1
    changed = bytearray(files["EF.SOD"])
    assert changed[at] == 0
    changed[at] = 1
    assert judged(state, {**files, "EF.SOD": bytes(changed)}).outcome != "authentic"


def proof(files: dict[str, bytes]) -> list[bytes]:
    """What of EF.SOD is signed, and the signature itself."""
    signed = cms.ContentInfo.load(body(files["EF.SOD"], 0x77))["content"]
    info = signed["signer_infos"][0]
    return [
        signed["encap_content_info"]["content"].native,
        signed["certificates"][0].chosen.dump(),
        info["signed_attrs"].dump()[1:],
        info["signature"].native,
    ]


@pytest.mark.parametrize("name", ["EF.DG1", "EF.DG2", "EF.SOD"])
def test_a_file_cut_short_is_found(state, name):
    files = written(state)
    for size in (0, 1, 5, len(files[name]) // 2, len(files[name]) - 1):
        assert judged(state, {**files, name: files[name][:size]}).outcome != "authentic"


def test_the_face_of_another_chip_is_found(state):
    files, other = written(state), written(state, photo=picture("green"))
    verdict = judged(state, {**files, "EF.DG2": other["EF.DG2"]})
    assert [each.code for each in verdict.findings] == ["chip.group.hash"]


def test_a_key_without_the_state_behind_it_proves_nothing(state):
    key = new_key()
    root = issue_csca("KG", valid_from=date(2025, 1, 1), valid_until=LAST)
    made = issue_signer(
        root, name="DS", serial=7, public_key=key.public_key(), valid_from=TODAY, valid_until=LAST
    )
    files = writing.write(
        zone(), picture(), signer=file_signer(key, made), certificate=made.der, at=NOW
    )
    assert judged(state, files).outcome != "authentic"


def test_what_fits_on_no_chip_is_refused_with_a_reason(state):
    with pytest.raises(writing.WritingError, match="zone"):
        written(state, ["P<KGZ", "too short"])
    with pytest.raises(writing.WritingError, match="no JPEG"):
        written(state, photo=b"\xff\xd8\xff\xe0 not a picture")
    with pytest.raises(writing.WritingError, match="bytes"):
        written(state, photo=b"\xff\xd8\xff" + bytes(writing.LARGEST_PICTURE))
