"""Private keys of every kind that signs chips, and how a certificate shows them.

Written with other means than the reading: tags by hand, elliptic curves counted in Python.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import ecdsa
from asn1crypto import algos, core, keys
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from ecdsa.util import sigencode_der

_HASHES: dict[str, Any] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def tlv(tag: int, *values: bytes) -> bytes:
    value = b"".join(values)
    size = len(value)
    width = (size.bit_length() + 7) // 8
    length = bytes((size,)) if size < 128 else bytes((0x80 | width,)) + size.to_bytes(width, "big")
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big") + length + value


def oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


@dataclass(frozen=True)
class Key:
    """A private key and how it signs: `scheme` is rsa, pss or ecdsa."""

    private: Any
    scheme: str
    hash: str = "sha256"
    explicit: bool = False
    generator: Any = None
    cofactor: int | None = 1
    compressed: bool = False

    def sign(self, message: bytes) -> Any:
        if self.scheme == "ecdsa":
            digest = hashlib.new(self.hash, message).digest()
            return self.private.sign_digest_deterministic(
                digest, hashfunc=hashlib.sha256, sigencode=sigencode_der, allow_truncate=True
            )
        algorithm = _HASHES[self.hash]()
        if self.scheme == "pss":
            return self.private.sign(
                message, padding.PSS(padding.MGF1(algorithm), algorithm.digest_size), algorithm
            )
        return self.private.sign(message, padding.PKCS1v15(), algorithm)

    def algorithm(self) -> Any:
        if self.scheme != "pss":
            return algos.SignedDigestAlgorithm({"algorithm": f"{self.hash}_{self.scheme}"}).dump()
        hashed = algos.DigestAlgorithm({"algorithm": self.hash})
        mask = algos.MaskGenAlgorithm({"algorithm": "mgf1", "parameters": hashed})
        parameters = algos.RSASSAPSSParams(
            {
                "hash_algorithm": hashed,
                "mask_gen_algorithm": mask,
                "salt_length": _HASHES[self.hash]().digest_size,
            }
        )
        return algos.SignedDigestAlgorithm(
            {"algorithm": "rsassa_pss", "parameters": parameters}
        ).dump()

    def info(self) -> bytes:
        """SubjectPublicKeyInfo."""
        if self.scheme != "ecdsa":
            numbers = self.private.public_key().public_numbers()
            rows = keys.RSAPublicKey({"modulus": numbers.n, "public_exponent": numbers.e})
            head = tlv(0x30, oid("1.2.840.113549.1.1.1"), b"\x05\x00")
            return tlv(0x30, head, tlv(0x03, b"\x00", rows.dump()))
        point = self.private.verifying_key.to_string("uncompressed")
        head = tlv(0x30, oid("1.2.840.10045.2.1"), self._parameters())
        return tlv(0x30, head, tlv(0x03, b"\x00", point))

    def _parameters(self) -> bytes:
        known = self.private.curve
        if not self.explicit:
            return oid(".".join(map(str, known.oid)))
        curve, size = known.curve, known.verifying_key_length // 2
        point = self.generator or known.generator
        base = point.to_bytes("compressed" if self.compressed else "uncompressed")
        prime = int(curve.p())
        rows = [
            b"\x02\x01\x01",
            tlv(0x30, oid("1.2.840.10045.1.1"), core.Integer(prime).dump()),
            tlv(
                0x30,
                tlv(0x04, (int(curve.a()) % prime).to_bytes(size, "big")),
                tlv(0x04, int(curve.b()).to_bytes(size, "big")),
            ),
            tlv(0x04, base),
            core.Integer(int(known.order)).dump(),
        ]
        if self.cofactor is not None:
            rows.append(core.Integer(self.cofactor).dump())
        return tlv(0x30, *rows)

    @property
    def key_id(self) -> bytes:
        return hashlib.sha1(self.info()).digest()


@cache
def _rsa(bits: int, number: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@cache
def _ec(curve: str, number: int) -> ecdsa.SigningKey:
    found = next(each for each in ecdsa.curves.curves if each.name == curve)
    return ecdsa.SigningKey.from_secret_exponent(1_000_003 + 77_777 * number, found)


def rsa_key(number: int = 0, scheme: str = "rsa", hash: str = "sha256", bits: int = 2048) -> Key:
    return Key(_rsa(bits, number), scheme, hash)


def ec_key(number: int = 0, curve: str = "NIST256p", hash: str = "sha256", **rest: Any) -> Key:
    return Key(_ec(curve, number), "ecdsa", hash, **rest)
