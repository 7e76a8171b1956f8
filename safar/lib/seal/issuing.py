"""How are a state authority and its signers made? For demonstrations, tests and key ceremonies.

A real CSCA lives off line, in its own device and under its own ceremony; what is made here has
the same form (ICAO Doc 9303-12 §7), so that everything that verifies can be tried.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

from safar.lib.seal.certificates import Certificate, TypeList, read_certificate
from safar.lib.seal.curves import CURVES
from safar.lib.seal.keys import FileSigner, curve_of

_HASHES: Final[dict[str, hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_TYPES: Final = ObjectIdentifier("2.23.136.1.1.6.2")


@dataclass(frozen=True, slots=True)
class Authority:
    """A CSCA: its key and its self-signed certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: Certificate


def new_key(curve: str = "P-256") -> ec.EllipticCurvePrivateKey:
    """A fresh private key in memory, on a curve that `cryptography` knows."""
    quick = CURVES[curve].quick
    if quick is None:
        raise ValueError(f"No key can be made on {curve}.")
    return ec.generate_private_key(quick)


def issue_csca(
    alpha2: str, *, valid_from: date, valid_until: date, curve: str = "P-384", serial: int = 1
) -> Authority:
    """A state's authority; both days are inclusive, UTC."""
    key = new_key(curve)
    name = _name(alpha2, f"CSCA {alpha2}")
    built = _builder(name, name, key.public_key(), serial, valid_from, valid_until)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    built = built.add_extension(_usage(authority=True), critical=True)
    return Authority(key, _signed(built, key))


def issue_signer(
    authority: Authority,
    *,
    name: str,
    serial: int,
    public_key: ec.EllipticCurvePublicKey,
    valid_from: date,
    valid_until: date,
    document_types: tuple[str, ...] = ("V",),
    key_until: date | None = None,
) -> Certificate:
    """A certificate of a signer of seals, or of chips.

    `name`: two signs, unique in the state. `serial` in hex becomes the reference in the seal.
    `document_types`: first letters of the document codes it may sign; empty for any.
    `key_until`: the last day on which the key may sign; what it signed stays verifiable to the
    end of the certificate (Doc 9303-12 §4.1.1).
    """
    subject = _name(authority.certificate.alpha2, name)
    issuer = x509.load_der_x509_certificate(authority.certificate.der).subject
    built = _builder(subject, issuer, public_key, serial, valid_from, valid_until)
    built = built.add_extension(_usage(authority=False), critical=True)
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    built = built.add_extension(above, critical=False)
    if key_until:
        built = built.add_extension(_signs(valid_from, key_until), critical=False)
    if document_types:
        listed = TypeList({"version": core.Integer(0), "types": list(document_types)}).dump()
        built = built.add_extension(x509.UnrecognizedExtension(_TYPES, listed), critical=False)
    return _signed(built, authority.key)


def file_signer(key: ec.EllipticCurvePrivateKey, certificate: Certificate) -> FileSigner:
    """The key in memory as a signer under its certificate's name."""
    return FileSigner(
        key,
        country=certificate.country,
        signer_id=certificate.signer_id,
        certificate_reference=certificate.reference,
    )


def _name(alpha2: str, common_name: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, alpha2), (NameOID.COMMON_NAME, common_name))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    serial: int,
    valid_from: date,
    valid_until: date,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(serial)
        .not_valid_before(datetime.combine(valid_from, time.min, UTC))
        .not_valid_after(datetime.combine(valid_until, time(23, 59, 59), UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _signs(first: date, last: date) -> x509.PrivateKeyUsagePeriod:
    return x509.PrivateKeyUsagePeriod(
        datetime.combine(first, time.min, UTC), datetime.combine(last, time(23, 59, 59), UTC)
    )


def _signed(built: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> Certificate:
    done = built.sign(key, _HASHES[curve_of(key.curve).hash])
    return read_certificate(done.public_bytes(Encoding.DER))
