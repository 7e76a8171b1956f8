"""Is an electronic visa's JSON seal written, read and verified as VDS-NC says?"""

import json
from datetime import date, timedelta

import pytest
from asn1crypto import core
from cryptography.hazmat.primitives.asymmetric import utils
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.seal import (
    Certificate,
    SealError,
    Signers,
    barcode,
    read_certificate,
    vds_nc,
)
from safar.lib.seal.json_form import canonical, load
from tests.lib.seal.making import SEALED, TODAY, UNTIL, VECTORS, csca, known, signer

MESSAGE = {"number": "EV0000123", "name": "ERIKSSON ANNA MARIA", "entries": 2, "ü": ["б", None]}


def sealed(message: dict[str, object] | None = None, *, with_certificate: bool = True) -> bytes:
    mine, certificate = signer()
    return vds_nc.sign(
        message or MESSAGE,
        mine,
        certificate if with_certificate else None,
        type="icao.visa",
        signed_on=SEALED,
    )


def judged(data: bytes, signers: Signers | None = None, on: date = TODAY) -> str:
    return vds_nc.verify(data, known() if signers is None else signers, on=on).code


def test_what_was_sealed_comes_back_and_is_sound() -> None:
    paper = vds_nc.decode(sealed())
    assert paper.message == {**MESSAGE, "signed": "2026-11-01"}
    assert (paper.type, paper.version, paper.country) == ("icao.visa", 1, "KGZ")
    assert (paper.algorithm, len(paper.signature), paper.signed_on) == ("ES256", 64, SEALED)
    assert paper.certificate is not None
    assert judged(sealed()) == "seal.sound"
    assert judged(sealed(with_certificate=False)) == "seal.sound"


def test_order_and_spaces_do_not_matter_but_every_word_does() -> None:
    whole = json.loads(sealed())
    pretty = json.dumps(dict(reversed(whole.items())), indent=1).encode()
    assert judged(pretty) == "seal.sound"
    whole["data"]["msg"]["entries"] = 3
    assert judged(json.dumps(whole).encode()) == "seal.altered"
    without = json.loads(sealed(with_certificate=False))
    without["data"]["msg"]["entries"] = 3
    assert judged(json.dumps(without).encode()) == "seal.unknown_signer"


def test_the_certificate_inside_proves_nothing_by_itself() -> None:
    stranger = Signers.of([], [csca("UZ").certificate.der])
    assert judged(sealed(), stranger) == "seal.untrusted_signer"
    by_authority = Signers.of([], [csca().certificate.der])
    assert judged(sealed(), by_authority) == "seal.sound"
    assert judged(sealed(with_certificate=False), by_authority) == "seal.unknown_signer"
    gone = by_authority.revoke(("KGVS", 0x1A), SEALED)
    assert judged(sealed(), gone) == "seal.revoked"


def test_a_declined_certificate_is_not_believed_whoever_stands_behind_it() -> None:
    """Neither with its signature written the other way: r and -s are right as well."""
    authority, declined = csca().certificate.der, signer()[1]
    never = Signers.of([], [authority], declined=[declined.der])
    assert judged(sealed(), never) == "seal.untrusted_signer"
    assert judged(sealed(), never.revoke(("KGVS", 0x99), SEALED)) == "seal.untrusted_signer"
    twin = read_certificate(_other_signature(declined))
    assert Signers.of([], [authority]).accept(twin) is not None  # the control
    assert twin.der != declined.der
    assert never.accept(twin) is None
    trusted = Signers.of([declined.der], [authority], declined=[twin.der])
    assert trusted.accept(declined) is not None  # nor does declining a twin take it from anybody


def _other_signature(certificate: Certificate) -> bytes:
    copy = certificate.parsed.copy()
    pair = core.SequenceOf.load(copy["signature_value"].native, spec=core.Integer)
    r, s = (int(one) for one in pair.native)
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973
    copy["signature_value"] = utils.encode_dss_signature(r, order - s)
    return bytes(copy.dump(force=True))


def test_a_signer_of_passports_may_not_seal_an_electronic_visa() -> None:
    mine, certificate = signer(serial=0x1C, document_types=("P",))
    signers = Signers.of([certificate.der], [csca().certificate.der])
    forged = vds_nc.sign(MESSAGE, mine, certificate, type="icao.visa", signed_on=SEALED)
    assert judged(forged, signers) == "seal.wrong_use"
    assert judged(forged, Signers.of([], [csca().certificate.der])) == "seal.wrong_use"
    other = vds_nc.sign(MESSAGE, mine, certificate, type="icao.test", signed_on=SEALED)
    assert judged(other, signers) == "seal.sound"  # of other papers nothing is known here


def test_time_and_state_are_judged_as_on_stickers() -> None:
    assert judged(sealed(), on=UNTIL + timedelta(days=1)) == "seal.sound_ended"
    assert judged(sealed(), on=SEALED - timedelta(days=1)) == "seal.future"
    assert judged(sealed(), known().revoke(("KGVS", 0x1A), TODAY)) == "seal.revoked_later"
    foreign, certificate = signer(alpha2="UZ")
    foreign.country = "KGZ"
    data = vds_nc.sign(MESSAGE, foreign, certificate, type="icao.visa", signed_on=SEALED)
    foreign.country = "UZB"
    assert (
        judged(data, Signers.of([certificate], [csca("UZ").certificate])) == "seal.foreign_signer"
    )


def test_brainpool_has_no_name_in_json() -> None:
    with pytest.raises(SealError) as problem:
        vds_nc.sign(MESSAGE, signer("brainpoolP256r1")[0], None, type="x", signed_on=SEALED)
    assert problem.value.code == "seal.cannot_write"


def test_it_fits_a_qr_code_and_comes_back() -> None:
    data = sealed()
    assert barcode.read(barcode.png(barcode.matrix(data, "qr"), "qr", dots=4)) == [data]


def test_the_worked_example_of_the_icao_report_verifies() -> None:
    """ICAO TR VDS-NC, health proof of Utopia, as kept in the tests of Path-Check's vds-sdk."""
    data = (VECTORS / "icao_vds_nc.json").read_bytes()
    paper = vds_nc.decode(data)
    assert (paper.type, paper.country) == ("icao.vacc", "UTO")
    assert paper.certificate is not None
    assert (paper.certificate.signer_id, paper.certificate.document_types) == (
        "UT06",
        frozenset({"NV"}),
    )
    assert judged(data, Signers([paper.certificate]), on=date(2021, 5, 1)) == "seal.sound"
    other = data.replace(b"Smith Bill", b"Smith Jill")
    assert judged(other, Signers([paper.certificate]), on=date(2021, 5, 1)) == "seal.altered"
    assert judged(data) == "seal.untrusted_signer"


@pytest.mark.parametrize(
    ("value", "text"),  # RFC 8785 §3.2
    [
        ({"b": 1, "a": [True, None, "€\n\u000f"]}, '{"a":[true,null,"€\\n\\u000f"],"b":1}'),
        ({"\U0001f600": 1, "\ufb33": 2}, '{"\U0001f600":1,"\ufb33":2}'),  # UTF-16 order
        ({"1": {"f": {"f": "hi"}}}, '{"1":{"f":{"f":"hi"}}}'),
    ],
)
def test_json_has_one_form(value: object, text: str) -> None:
    assert canonical(value).decode() == text


@pytest.mark.parametrize("value", [1.5, 2**53, "\ud800", {1: 2}, object(), {"a": float("nan")}])
def test_what_has_no_one_form_is_not_sealed(value: object) -> None:
    with pytest.raises(SealError) as problem:
        canonical(value)
    assert problem.value.code == "seal.cannot_write"


@pytest.mark.parametrize(
    "text",
    ['{"a":1,"a":2}', "1.5", "NaN", "[" * 5000, "{", "\xff", '"\\ud800', "9" * 4000 + "e"],
)
def test_json_with_two_meanings_is_refused(text: str) -> None:
    with pytest.raises(SealError) as problem:
        load(text.encode("latin-1"))
    assert problem.value.code == "seal.bad_json"


@pytest.mark.parametrize("drop", ["data", "sig", "hdr", "msg", "t", "v", "is", "alg", "sigvl"])
def test_a_missing_part_is_named(drop: str) -> None:
    def without(value: object) -> object:
        if isinstance(value, dict):
            return {key: without(one) for key, one in value.items() if key != drop}
        return value

    assert vds_nc.verify(
        json.dumps(without(json.loads(sealed()))).encode(), known(), on=TODAY
    ).code == ("seal.unreadable")


@pytest.mark.slow
@settings(max_examples=300, deadline=2000)
@given(st.data())
def test_damaged_json_is_never_sound_and_never_a_traceback(data: st.DataObject) -> None:
    raw = bytearray(sealed())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    verdict = vds_nc.verify(bytes(raw), known(), on=TODAY)
    same = False
    if verdict.sound:
        same = vds_nc.decode(bytes(raw)).signed == vds_nc.decode(sealed()).signed
    assert not verdict.sound or same
