"""Does this key's signature fit? RSA PKCS #1 v1.5 and PSS, ECDSA; SHA-1 to SHA-512.

ICAO Doc 9303-12 §4.1.3. A key that cannot be used is a `ChipError`, never a signature that fits.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

import ecdsa
from asn1crypto import algos
from asn1crypto import keys as asn1
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from ecdsa.util import sigdecode_der

from safar.lib.chip.curves import NATIVE, curve_of
from safar.lib.chip.der import reading
from safar.lib.chip.errors import ChipError, Unsupported

HASHES: Final[dict[str, type[hashes.HashAlgorithm]]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_RSA_BITS = range(1024, 8193)
_EXPONENT = 1 << 33
_SALT = 512
_POINT_FORMS = (2, 3, 4)
_CURVE_POINT = 200


@dataclass(frozen=True, slots=True)
class Scheme:
    """How something was signed: `rsa`, `pss` or `ecdsa`, with which hash (`sha256`).

    `mask` and `salt` (bytes) are for PSS alone.
    """

    kind: str
    hash: str
    mask: str = ""
    salt: int = 0


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that can be tried; `name` for people, `explicit` the curve that was written out."""

    name: str
    key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ecdsa.VerifyingKey
    explicit: str = ""

    @property
    def slow(self) -> bool:
        """Whether it is counted in Python: tens of milliseconds a signature."""
        return isinstance(self.key, ecdsa.VerifyingKey)

    def check(self, scheme: Scheme, signature: bytes, message: bytes) -> None:
        """Raise unless `signature` over `message` was made with this key.

        Raises:
            ChipError: `chip.signature.wrong`.
        """
        try:
            self._check(scheme, signature, message)
        except (InvalidSignature, ecdsa.BadSignatureError):
            raise ChipError("chip.signature.wrong") from None
        except UnsupportedAlgorithm:
            raise Unsupported("chip.algorithm.unknown", name=scheme.hash) from None
        except (ValueError, TypeError, AssertionError, ArithmeticError):
            raise ChipError("chip.signature.wrong") from None

    def _check(self, scheme: Scheme, signature: bytes, message: bytes) -> None:
        if isinstance(self.key, rsa.RSAPublicKey):
            self.key.verify(signature, message, _padding(scheme), HASHES[scheme.hash]())
        elif scheme.kind != "ecdsa":
            raise InvalidSignature
        elif isinstance(self.key, ec.EllipticCurvePublicKey):
            self.key.verify(signature, message, ec.ECDSA(HASHES[scheme.hash]()))
        else:
            digest = hashlib.new(scheme.hash, message, usedforsecurity=False).digest()
            self.key.verify_digest(signature, digest, sigdecode_der, allow_truncate=True)


def _padding(scheme: Scheme) -> padding.AsymmetricPadding:
    if scheme.kind == "pss":
        return padding.PSS(padding.MGF1(HASHES[scheme.mask]()), scheme.salt)
    if scheme.kind == "rsa":
        return padding.PKCS1v15()
    raise InvalidSignature


def hash_name(algorithm: algos.DigestAlgorithm) -> str:
    """`sha1` to `sha512`.

    Raises:
        Unsupported: any other.
    """
    with reading("an algorithm"):
        name = str(algorithm["algorithm"].native)
    if name not in HASHES:
        raise Unsupported("chip.algorithm.unknown", name=name)
    return name


def scheme_of(algorithm: algos.SignedDigestAlgorithm, digest: str = "") -> Scheme:
    """What an algorithm identifier says; `digest` where it names only the kind of key.

    Raises:
        Unsupported: an algorithm that is not in the list.
    """
    with reading("an algorithm"):
        name = str(algorithm["algorithm"].native)
        if name == "rsassa_pss":
            return _pss(algorithm["parameters"])
    if name in ("rsassa_pkcs1v15", "ecdsa"):
        name = f"{digest}_{'ecdsa' if name == 'ecdsa' else 'rsa'}"
    hashed, _, kind = name.rpartition("_")
    if hashed not in HASHES or kind not in ("rsa", "ecdsa"):
        raise Unsupported("chip.algorithm.unknown", name=name)
    return Scheme(kind, hashed)


def _pss(parameters: algos.RSASSAPSSParams) -> Scheme:
    mask = parameters["mask_gen_algorithm"]
    if mask["algorithm"].native != "mgf1":
        raise Unsupported("chip.algorithm.unknown", name="mask")
    salt = parameters["salt_length"].native
    if parameters["trailer_field"].native != "trailer_field_bc" or not 0 <= salt <= _SALT:
        raise Unsupported("chip.algorithm.unknown", name="rsassa_pss")
    return Scheme(
        "pss", hash_name(parameters["hash_algorithm"]), hash_name(mask["parameters"]), salt
    )


def public_key(info: asn1.PublicKeyInfo) -> PublicKey:
    """The key of a certificate.

    Raises:
        ChipError: broken, or a curve of somebody's own.
        Unsupported: a kind of key that no travel document uses, or a weak one.
    """
    with reading("a public key"):
        kind = str(info["algorithm"]["algorithm"].native)
        if kind in ("rsa", "rsassa_pss"):
            numbers = info["public_key"].parsed
            return _rsa(numbers["modulus"].native, numbers["public_exponent"].native)
        if kind == "ec":
            curve, written_out = curve_of(info["algorithm"]["parameters"])
            return _elliptic(curve, info["public_key"].native, written_out)
    raise Unsupported("chip.algorithm.unknown", name=kind)


def _rsa(modulus: int, exponent: int) -> PublicKey:
    bits = modulus.bit_length()
    if bits not in _RSA_BITS:
        raise Unsupported("chip.algorithm.weak", name=f"RSA-{bits}")
    if modulus <= 0 or not 3 <= exponent < _EXPONENT or not modulus % 2 or not exponent % 2:
        raise ChipError("chip.key.broken")
    try:
        return PublicKey(f"RSA-{bits}", rsa.RSAPublicNumbers(exponent, modulus).public_key())
    except (ValueError, UnsupportedAlgorithm):
        raise ChipError("chip.key.broken") from None


def _elliptic(curve: ecdsa.curves.Curve, point: bytes, written_out: bool) -> PublicKey:
    if len(point) > _CURVE_POINT or not point or point[0] not in _POINT_FORMS:
        raise ChipError("chip.key.broken")
    explicit = curve.name if written_out else ""
    try:
        native = NATIVE.get(curve.name)
        if native is not None:
            key = ec.EllipticCurvePublicKey.from_encoded_point(native(), point)
            return PublicKey(curve.name, key, explicit)
    except UnsupportedAlgorithm:
        pass
    except ValueError:
        raise ChipError("chip.key.broken") from None
    return PublicKey(curve.name, _counted(curve, point), explicit)


def _counted(curve: ecdsa.curves.Curve, point: bytes) -> ecdsa.VerifyingKey:
    try:
        return ecdsa.VerifyingKey.from_string(point, curve)
    except (ValueError, AssertionError, ArithmeticError, ecdsa.errors.MalformedPointError):
        raise ChipError("chip.key.broken") from None
