"""Which known curve do these parameters describe? (ICAO Doc 9303-12 §4.1.2, RFC 5639, FIPS 186)

Signers of chips and seals must write a curve's parameters out. All of p, a, b, G, n and h are
compared with the curves that are known: a generator of somebody's own choosing makes any public
key answer to a private key of his own (CVE-2020-0601).
"""

from typing import Final

from asn1crypto import keys
from ecdsa import curves as known
from ecdsa.curves import Curve

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


class OtherField(Exception):
    """The parameters are of a curve over no prime field."""


class UnknownCurve(Exception):
    """No known curve's, not even in one number. `prime_is_known`: another number was changed."""

    def __init__(self, *, prime_is_known: bool) -> None:
        super().__init__()
        self.prime_is_known = prime_is_known


def described(domain: keys.SpecifiedECDomain) -> Curve:
    """The curve that is written out.

    Raises:
        OtherField, UnknownCurve: see there. ValueError and the like: broken DER.
    """
    field = domain["field_id"]
    if field["field_type"].native != "prime_field":
        raise OtherField
    cofactor = domain["cofactor"].native
    facts = (
        field["parameters"].native,
        int.from_bytes(domain["curve"]["a"].native, "big"),
        int.from_bytes(domain["curve"]["b"].native, "big"),
        domain["order"].native,
        1 if cofactor is None else cofactor,
    )
    base = bytes(domain["base"].native)
    for curve in CURVES.values():
        if facts == _facts(curve) and base in _bases(curve):
            return curve
    raise UnknownCurve(prime_is_known=any(facts[0] == _facts(one)[0] for one in CURVES.values()))


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
