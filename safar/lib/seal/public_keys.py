"""Whose curve does a certificate name, or claim to describe?

ICAO Doc 9303-12 asks for explicit curve parameters, which `cryptography` refuses. Every parameter
is compared with the known curve: one that differs is how CVE-2020-0601 forged signatures.
"""

from typing import Any

from asn1crypto import keys

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


def _described(said: Any) -> Curve:
    """The known curve whose parameters are all the same (p, a, b, base point, order, cofactor)."""
    if said["field_id"]["field_type"].native != "prime_field":
        raise SealError("certificate.curve")
    prime = said["field_id"]["parameters"].native
    curve = next((one for one in CURVES.values() if one.slow.curve.p() == prime), None)
    if curve is None:
        raise SealError("certificate.curve")
    if _parameters(said) not in _expected(curve):
        raise SealError("certificate.parameters")
    return curve


def _parameters(said: Any) -> tuple[int, int, int, bytes, int, int]:
    return (
        said["field_id"]["parameters"].native,
        int.from_bytes(said["curve"]["a"].native, "big"),
        int.from_bytes(said["curve"]["b"].native, "big"),
        bytes(said["base"].native),
        said["order"].native,
        said["cofactor"].native or 1,
    )


def _expected(curve: Curve) -> list[tuple[int, int, int, bytes, int, int]]:
    """What may be said of a curve: its base point whole, or as x and the parity of y."""
    known, base, size = curve.slow.curve, curve.slow.generator, curve.size
    x, y = base.x().to_bytes(size, "big"), base.y().to_bytes(size, "big")
    prime = known.p()
    return [
        (prime, known.a() % prime, known.b() % prime, point, curve.slow.order, 1)
        for point in (b"\x04" + x + y, bytes((2 + base.y() % 2,)) + x)
    ]
