"""Who signs? The interface of a signing key, and the key in a file that is for demonstrations.

A key of a state lives in a device: see `pkcs11_key`. Nothing else in Safar sees a private key.
"""

from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from safar.lib.seal.curves import CURVES, Curve, raw_from_der
from safar.lib.seal.errors import SealError

_HASH: Final = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}


class Signer(Protocol):
    """A key that seals.

    `country`: ICAO code of the issuing state (`KGZ`). `signer_id`: four signs, the first two the
    state's ISO 3166-1 alpha-2 (`KGVS`). `certificate_reference`: serial number of its certificate
    in hex. `curve`: a name of `safar.lib.seal.curves.CURVES`.
    """

    @property
    def country(self) -> str: ...
    @property
    def signer_id(self) -> str: ...
    @property
    def certificate_reference(self) -> str: ...
    @property
    def curve(self) -> str: ...

    def sign(self, data: bytes) -> bytes:
        """r and s in equal halves over the hash of `data`; SealError `key.*`."""
        ...


class FileSigner:
    """A private key in a PEM file or in memory: for demonstrations and tests only."""

    def __init__(
        self,
        key: ec.EllipticCurvePrivateKey,
        *,
        country: str,
        signer_id: str,
        certificate_reference: str,
    ) -> None:
        self._key = key
        self._curve = curve_of(key.curve)
        self.country = country
        self.signer_id = signer_id
        self.certificate_reference = certificate_reference

    @classmethod
    def read(
        cls,
        path: Path,
        *,
        country: str,
        signer_id: str,
        certificate_reference: str,
        password: bytes | None = None,
    ) -> "FileSigner":
        """SealError `key.unreadable` where the file is not a private key on a known curve."""
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), password)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as problem:
            raise SealError("key.unreadable", reason=str(problem)[:200]) from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise SealError("key.unreadable", reason="it is no key on an elliptic curve.")
        return cls(
            key,
            country=country,
            signer_id=signer_id,
            certificate_reference=certificate_reference,
        )

    @property
    def curve(self) -> str:
        return self._curve.name

    def sign(self, data: bytes) -> bytes:
        signature = self._key.sign(data, ec.ECDSA(_HASH[self._curve.hash]))
        return raw_from_der(self._curve, signature)


def curve_of(curve: ec.EllipticCurve) -> Curve:
    """The curve of a key of `cryptography`; SealError `certificate.curve` for any other."""
    for known in CURVES.values():
        if known.quick is not None and known.quick.name == curve.name:
            return known
    raise SealError("certificate.curve")
