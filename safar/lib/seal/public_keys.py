"""Whose curve does a certificate name, or claim to describe?

ICAO Doc 9303-12 asks for explicit curve parameters, which `cryptography` refuses. Every parameter
is compared with the known curve: one that differs is how CVE-2020-0601 forged signatures.
"""

from typing import Any

from asn1crypto import keys

from safar.lib.curves import OtherField, UnknownCurve, described
from safar.lib.seal.curves import BY_OID, CURVES, Curve, PublicKey
from safar.lib.seal.errors import SealError


def public_key(info: keys.PublicKeyInfo) -> PublicKey:
    """The key of a subject; SealError `certificate.curve` or `certificate.parameters`."""
    try:
        if info.algorithm != "ec":
            raise SealError("certificate.curve")
        parameters = info["algorithm"]["parameters"]
        curve = {"named": _named, "specified": _described}[parameters.name](parameters.chosen)
        return PublicKey(curve, bytes(info["public_key"].native))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise SealError("certificate.broken") from None


def _named(name: Any) -> Curve:
    curve = BY_OID.get(name.dotted)
    if curve is None:
        raise SealError("certificate.curve")
    return curve


def _described(said: keys.SpecifiedECDomain) -> Curve:
    """The known curve whose parameters are all the same (p, a, b, base point, order, cofactor)."""
    try:
        found = described(said)
    except OtherField:
        raise SealError("certificate.curve") from None
    except UnknownCurve as other:
        code = "certificate.parameters" if other.prime_is_known else "certificate.curve"
        raise SealError(code) from None
    curve = next((one for one in CURVES.values() if one.slow is found), None)
    if curve is None:
        raise SealError("certificate.curve")
    return curve
