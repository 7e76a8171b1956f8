"""Which known curve do these parameters describe? (ICAO Doc 9303-12 §4.1.2, RFC 5639, FIPS 186)

Document signers must write a curve's parameters out. All of p, a, b, G, n and h are compared
with the curves that are known: a generator of somebody's own choosing makes any public key
answer to a private key of his own (CVE-2020-0601).
"""

from typing import Final

from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa import curves as known
from ecdsa.curves import Curve

from safar.lib.chip.der import reading
from safar.lib.chip.errors import ChipError, Unsupported

CURVES: Final[dict[str, Curve]] = {
    ".".join(str(number) for number in curve.oid): curve
    for curve in (
        known.NIST192p,
        known.NIST224p,
        known.NIST256p,
        known.NIST384p,
        known.NIST521p,
        known.BRAINPOOLP160r1,
        known.BRAINPOOLP192r1,
        known.BRAINPOOLP224r1,
        known.BRAINPOOLP256r1,
        known.BRAINPOOLP320r1,
        known.BRAINPOOLP384r1,
        known.BRAINPOOLP512r1,
        known.BRAINPOOLP192t1,
        known.BRAINPOOLP224t1,
        known.BRAINPOOLP256t1,
        known.BRAINPOOLP320t1,
        known.BRAINPOOLP384t1,
        known.BRAINPOOLP512t1,
    )
}
"""Object identifier → curve: NIST P-192 to P-521, brainpool 160 to 512."""

NATIVE: Final[dict[str, type[ec.EllipticCurve]]] = {
    "NIST192p": ec.SECP192R1,
    "NIST224p": ec.SECP224R1,
    "NIST256p": ec.SECP256R1,
    "NIST384p": ec.SECP384R1,
    "NIST521p": ec.SECP521R1,
    "BRAINPOOLP256r1": ec.BrainpoolP256R1,
    "BRAINPOOLP384r1": ec.BrainpoolP384R1,
    "BRAINPOOLP512r1": ec.BrainpoolP512R1,
}
"""Curves that the machine's own library counts on; the others are counted in Python."""


def curve_of(parameters: keys.ECDomainParameters) -> tuple[Curve, bool]:
    """The curve that is named or written out, and whether it was written out.

    Raises:
        ChipError: written-out parameters that are no known curve's, not even in one number.
        Unsupported: a name that is not known, or parameters left to the issuer's key.
    """
    with reading("a curve"):
        if parameters.name == "named":
            return _named(parameters.chosen.dotted), False
        if parameters.name == "specified":
            return _specified(parameters.chosen), True
    raise Unsupported("chip.algorithm.unknown", name="EC")


def _named(oid: str) -> Curve:
    if oid not in CURVES:
        raise Unsupported("chip.algorithm.unknown", name=oid)
    return CURVES[oid]


def _specified(domain: keys.SpecifiedECDomain) -> Curve:
    field = domain["field_id"]
    if field["field_type"].native != "prime_field":
        raise Unsupported("chip.algorithm.unknown", name="binary field")
    cofactor = domain["cofactor"].native
    facts = (
        field["parameters"].native,
        int.from_bytes(domain["curve"]["a"].native, "big"),
        int.from_bytes(domain["curve"]["b"].native, "big"),
        domain["order"].native,
        1 if cofactor is None else cofactor,
    )
    base = domain["base"].native
    for curve in CURVES.values():
        if facts == _facts(curve) and base in _bases(curve):
            return curve
    raise ChipError("chip.curve.unknown")


def _facts(curve: Curve) -> tuple[int, int, int, int, int]:
    """p, a, b, n and h; every curve that is known has the cofactor 1."""
    prime = int(curve.curve.p())
    return prime, int(curve.curve.a()) % prime, int(curve.curve.b()), int(curve.order), 1


def _bases(curve: Curve) -> set[bytes]:
    """The curve's own base point, uncompressed and compressed."""
    x, y = int(curve.generator.x()), int(curve.generator.y())
    size = (int(curve.curve.p()).bit_length() + 7) // 8
    row = x.to_bytes(size, "big")
    return {b"\x04" + row + y.to_bytes(size, "big"), bytes((2 + y % 2,)) + row}
