"""Which curve does a chip's certificate name or write out, and how is it counted on?"""

from typing import Final

from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa.curves import Curve

from safar.lib.chip.der import reading
from safar.lib.chip.errors import ChipError, Unsupported
from safar.lib.curves import CURVES, OtherField, UnknownCurve, described

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
    try:
        return described(domain)
    except OtherField:
        raise Unsupported("chip.algorithm.unknown", name="binary field") from None
    except UnknownCurve:
        raise ChipError("chip.curve.unknown") from None
