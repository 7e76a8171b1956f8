"""Is only that certificate believed which a trusted state authority really signed?"""

from dataclasses import replace
from datetime import date

import pytest
from asn1crypto import keys, x509
from cryptography import x509 as strict
from cryptography.hazmat.primitives import serialization
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.seal import SealError, Signers, issuing, read_certificate, read_certificates
from safar.lib.seal.certificates import refuse_unless_issued_by
from safar.lib.seal.curves import CURVES
from safar.lib.seal.public_keys import public_key
from tests.lib.seal.making import SINCE, UNTIL, code_of, csca, signer, utts5b


def path_code(child: bytes, *authorities: bytes) -> str:
    """The code of the refusal of `child`; empty where it is believed."""
    return code_of(
        lambda: refuse_unless_issued_by(
            read_certificate(child), [read_certificate(one) for one in authorities]
        )
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("serial_number", 1 << 600),
        ("subject", x509.Name.build({"country_name": "KG", "common_name": "V\x00S"})),
    ],
)
def test_what_no_register_could_hold_is_refused_in_words(field: str, value: object) -> None:
    odd = signer()[1].parsed.copy()
    odd["tbs_certificate"][field] = value
    assert code_of(lambda: read_certificate(odd.dump(force=True))) == "certificate.broken"


def test_a_signers_certificate_says_who_it_is() -> None:
    certificate = signer()[1]
    assert (certificate.signer_id, certificate.reference) == ("KGVS", "1A")
    assert (certificate.country, certificate.valid_from, certificate.valid_until) == (
        "KGZ",
        SINCE,
        UNTIL,
    )
    assert certificate.document_types == {"V"}
    assert not certificate.is_authority
    assert csca().certificate.is_authority


def test_the_path_to_the_authority_is_checked() -> None:
    other = issuing.issue_csca("KG", valid_from=date(2025, 1, 1), valid_until=date(2035, 1, 1))
    mine, top = signer()[1].der, csca().certificate.der
    assert path_code(mine, top) == ""
    assert path_code(mine, other.certificate.der, top) == ""  # a rolled-over authority of one name
    assert path_code(mine, other.certificate.der) == "certificate.chain"
    assert path_code(mine) == "certificate.untrusted"
    assert path_code(mine, csca("UZ").certificate.der) == "certificate.untrusted"


def test_a_signer_may_not_stand_behind_another() -> None:
    below = issuing.issue_signer(
        issuing.Authority(issuing.new_key(), signer()[1]),
        name="XX",
        serial=9,
        public_key=issuing.new_key().public_key(),
        valid_from=SINCE,
        valid_until=UNTIL,
    )
    assert path_code(below.der, signer()[1].der) == "certificate.not_authority"


def test_what_was_issued_outside_the_authoritys_time_is_refused() -> None:
    late = issuing.issue_signer(
        csca(),
        name="VS",
        serial=9,
        public_key=issuing.new_key().public_key(),
        valid_from=date(2036, 1, 1),
        valid_until=date(2036, 2, 1),
    )
    assert path_code(late.der, csca().certificate.der) == "certificate.issuer_period"


@pytest.mark.slow
def test_an_authority_with_an_rsa_key_may_stand_behind_a_signer() -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    top = _rsa_authority(key)
    child = _child_of_rsa(key, top)
    assert path_code(child, top) == ""
    stranger = rsa.generate_private_key(65537, 2048)
    assert path_code(_child_of_rsa(stranger, top), top) == "certificate.chain"


def _rsa_authority(key) -> bytes:
    name = issuing._name("KG", "CSCA KG")
    built = issuing._builder(name, name, key.public_key(), 1, date(2025, 1, 1), UNTIL)
    built = built.add_extension(strict.BasicConstraints(ca=True, path_length=0), critical=True)
    done = built.sign(key, issuing._HASHES["sha256"])
    return done.public_bytes(serialization.Encoding.DER)


def _child_of_rsa(key, top: bytes) -> bytes:
    issuer = strict.load_der_x509_certificate(top).subject
    built = issuing._builder(
        issuing._name("KG", "VS"), issuer, issuing.new_key().public_key(), 2, SINCE, UNTIL
    )
    done = built.sign(key, issuing._HASHES["sha256"])
    return done.public_bytes(serialization.Encoding.DER)


def described(curve: str, **changed: object) -> keys.PublicKeyInfo:
    """The public key of `signer(curve)` with all parameters of the curve written out."""
    known = CURVES[curve].slow
    size = CURVES[curve].size
    prime = known.curve.p()
    base = b"\x04" + known.generator.x().to_bytes(size, "big")
    said: dict[str, object] = {
        "p": prime,
        "a": (known.curve.a() % prime).to_bytes(size, "big"),
        "b": known.curve.b().to_bytes(size, "big"),
        "base": base + known.generator.y().to_bytes(size, "big"),
        "order": known.order,
    } | changed
    domain = keys.SpecifiedECDomain(
        {
            "version": 1,
            "field_id": {"field_type": "prime_field", "parameters": said["p"]},
            "curve": {"a": said["a"], "b": said["b"]},
            "base": said["base"],
            "order": said["order"],
            "cofactor": 1,
        }
    )
    parameters = keys.ECDomainParameters(name="specified", value=domain)
    key = signer(curve, serial=0x30)[1].key
    assert key is not None
    return keys.PublicKeyInfo(
        {"algorithm": {"algorithm": "ec", "parameters": parameters}, "public_key": key.point}
    )


@pytest.mark.parametrize("curve", ["P-256", "brainpoolP256r1", "brainpoolP384r1"])
def test_curves_that_are_written_out_are_recognised(curve: str) -> None:
    key = public_key(keys.PublicKeyInfo.load(described(curve).dump()))
    assert key.curve.name == curve
    mine = signer(curve, serial=0x30)[0]
    assert key.is_right(mine.sign(b"data"), b"data")


@pytest.mark.parametrize("part", ["a", "b", "base", "order"])
def test_a_curve_with_one_other_parameter_is_refused(part: str) -> None:
    """CVE-2020-0601: a base point of the forger's choice makes any signature fit."""
    good = described("brainpoolP256r1")
    assert public_key(good).curve.name == "brainpoolP256r1"
    known = CURVES["brainpoolP256r1"].slow
    twice = known.generator * 2
    forged: dict[str, object] = {
        "a": bytes(32),
        "b": bytes(32),
        "base": b"\x04" + twice.x().to_bytes(32, "big") + twice.y().to_bytes(32, "big"),
        "order": known.order - 2,
    }
    with pytest.raises(SealError) as problem:
        public_key(described("brainpoolP256r1", **{part: forged[part]}))
    assert problem.value.code == "certificate.parameters"


def test_an_unknown_curve_is_refused() -> None:
    with pytest.raises(SealError) as problem:
        public_key(described("brainpoolP256r1", p=2**255 - 19))
    assert problem.value.code == "certificate.curve"


def test_a_point_beside_the_curve_is_refused() -> None:
    info = described("P-256")
    info["public_key"] = b"\x04" + bytes(64)
    with pytest.raises(SealError):
        public_key(info)


def test_many_certificates_of_one_pem_file_are_read() -> None:
    pem = b"".join(
        strict.load_der_x509_certificate(one.der).public_bytes(serialization.Encoding.PEM)
        for one in (signer()[1], csca().certificate)
    )
    assert [one.signer_id for one in read_certificates(pem)] == ["KGVS", "KGCSCA KG"]
    assert len(Signers.of([pem[: len(pem) // 2 + 200]], [])) == 0


def test_a_published_certificate_is_read() -> None:
    certificate = read_certificate(utts5b())
    assert (certificate.signer_id, certificate.reference) == ("UTTS", "5B")
    assert certificate.valid_from == date(2020, 6, 10)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", bytes(70_000)]
)
def test_what_is_no_certificate_is_named(data: bytes) -> None:
    with pytest.raises(SealError) as problem:
        read_certificates(data)
    assert problem.value.code == "certificate.broken"


@pytest.mark.slow
@settings(max_examples=300, deadline=1000)
@given(st.integers(0, 10_000), st.integers(0, 255), st.integers(0, 10_000))
def test_a_damaged_certificate_never_ends_in_a_traceback(at: int, byte: int, cut: int) -> None:
    der = bytearray(signer()[1].der)
    der[at % len(der)] = byte
    data = bytes(der[: cut % (2 * len(der))])
    code = path_code(data, csca().certificate.der)
    same = data == signer()[1].der
    assert code.startswith("certificate.") or same  # nothing else is believed


def test_names_are_compared_and_not_their_spelling() -> None:
    authority = csca().certificate
    assert authority.subject == signer()[1].issuer
    assert isinstance(authority.parsed, x509.Certificate)
    assert replace(authority, subject="other").subject != signer()[1].issuer
