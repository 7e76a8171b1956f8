"""Is this signature over these bytes? ECDSA over the curves that seals and their CAs use.

P-256, P-384, P-521 and brainpool 256 to 512 through `cryptography`; brainpoolP224r1, which only
old test seals use and `cryptography` does not know, through `ecdsa` (verifying only).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import ecdsa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    Prehashed,
    decode_dss_signature,
    encode_dss_signature,
)
from ecdsa import curves as slow

from safar.lib.seal.errors import SealError

_HASHES: Final = {
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


@dataclass(frozen=True, slots=True)
class Curve:
    """A named curve. `size`: bytes of r and of s. `hash`: what seals use with it (9303-13 §2.4)."""

    name: str
    oid: str
    size: int
    hash: str
    slow: Any
    quick: ec.EllipticCurve | None


CURVES: Final = {
    curve.name: curve
    for curve in (
        Curve("P-256", "1.2.840.10045.3.1.7", 32, "sha256", slow.NIST256p, ec.SECP256R1()),
        Curve("P-384", "1.3.132.0.34", 48, "sha384", slow.NIST384p, ec.SECP384R1()),
        Curve("P-521", "1.3.132.0.35", 66, "sha512", slow.NIST521p, ec.SECP521R1()),
        Curve("brainpoolP224r1", "1.3.36.3.3.2.8.1.1.5", 28, "sha224", slow.BRAINPOOLP224r1, None),
        Curve("brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7", 32, "sha256", slow.BRAINPOOLP256r1,
              ec.BrainpoolP256R1()),
        Curve("brainpoolP384r1", "1.3.36.3.3.2.8.1.1.11", 48, "sha384", slow.BRAINPOOLP384r1,
              ec.BrainpoolP384R1()),
        Curve("brainpoolP512r1", "1.3.36.3.3.2.8.1.1.13", 64, "sha512", slow.BRAINPOOLP512r1,
              ec.BrainpoolP512R1()),
    )
}  # fmt: skip
BY_OID: Final = {curve.oid: curve for curve in CURVES.values()}


def digest(curve: Curve, data: bytes) -> bytes:
    """The hash of `data` that goes with the curve."""
    return hashlib.new(curve.hash, data).digest()


def raw_from_der(curve: Curve, signature: bytes) -> bytes:
    """r and s in equal halves, as seals carry them (Doc 9303-13 Annex B), from DER."""
    r, s = decode_dss_signature(signature)
    return r.to_bytes(curve.size, "big") + s.to_bytes(curve.size, "big")


class PublicKey:
    """A public key on one of the curves, ready to verify.

    `point` is the uncompressed point (04, x, y); SealError where it is not on the curve.
    """

    def __init__(self, curve: Curve, point: bytes) -> None:
        self.curve = curve
        self.point = point
        try:
            self._check = self._slow() if curve.quick is None else self._quick(curve.quick)
        except (ValueError, ecdsa.errors.MalformedPointError):
            raise SealError("certificate.broken") from None

    def is_right(self, signature: bytes, data: bytes, *, hash: str = "") -> bool:
        """Whether raw `signature` (r, s) is this key's over `data`. `hash`: other than usual."""
        if len(signature) != 2 * self.curve.size:
            return False
        name = hash or self.curve.hash
        return self._check(signature, hashlib.new(name, data).digest(), name)

    def _quick(self, curve: ec.EllipticCurve) -> Callable[[bytes, bytes, str], bool]:
        key = ec.EllipticCurvePublicKey.from_encoded_point(curve, self.point)
        size = self.curve.size

        def check(signature: bytes, digested: bytes, name: str) -> bool:
            r, s = (int.from_bytes(half, "big") for half in (signature[:size], signature[size:]))
            try:
                key.verify(encode_dss_signature(r, s), digested, ec.ECDSA(Prehashed(_HASHES[name])))
            except InvalidSignature:
                return False
            return True

        return check

    def _slow(self) -> Callable[[bytes, bytes, str], bool]:
        key = ecdsa.VerifyingKey.from_string(self.point, curve=self.curve.slow)

        def check(signature: bytes, digested: bytes, _name: str) -> bool:
            try:
                return bool(key.verify_digest(signature, digested, allow_truncate=True))
            except ecdsa.BadSignatureError:
                return False

        return check
