"""Where does a signing key live, and how is it opened? In a file (demonstrations), or in a device."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from safar.lib.seal.certificates import Certificate
from safar.lib.seal.errors import SealError
from safar.lib.seal.keys import FileSigner, Signer
from safar.lib.seal.pkcs11_key import Pkcs11Signer, pin_from, public_half


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """A device (`module`, labels of token and key, a file with the PIN), else a PEM file."""

    file: Path
    module: str = ""
    token: str = ""
    key: str = ""
    pin_file: str = ""

    @property
    def device(self) -> dict[str, Any]:
        pin = pin_from(Path(self.pin_file))
        return {"module": self.module, "token": self.token, "key": self.key, "pin": pin}


class KeyHolder:
    """One signing key; a device's session and public half are kept until `forget`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._public: ec.EllipticCurvePublicKey | None = None
        self._signers: dict[bytes, Signer] = {}

    def forget(self) -> None:
        """Ask file and device anew: after a change of either, and between tests."""
        with self._lock:
            self._public = None
            left, self._signers = list(self._signers.values()), {}
        for signer in left:
            if isinstance(signer, Pkcs11Signer):
                signer.close()  # a device has few sessions to give

    def public_key(self, place: KeyPlace) -> ec.EllipticCurvePublicKey:
        """The public half; SealError `key.*` where file or device has no such key."""
        if not place.module:
            return _of_file(place.file).public_key()
        with self._lock:
            held = self._public
        if held is None:
            held = public_half(**place.device)
            with self._lock:
                self._public = held
        return held

    def signer(self, place: KeyPlace, certificate: Certificate) -> Signer:
        """The key under its certificate's name; SealError `key.*`."""
        if not place.module:
            return FileSigner.read(
                place.file,
                country=certificate.country,
                signer_id=certificate.signer_id,
                certificate_reference=certificate.reference,
            )
        with self._lock:
            held = self._signers.get(certificate.der)
            if held is None:
                held = Pkcs11Signer(**place.device, certificate=certificate)
                self._signers[certificate.der] = held
            return held


def plain(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as bytes that can be compared (SubjectPublicKeyInfo)."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.DER, form)


def write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Write a private key that only the service may read: for demonstrations and tests."""
    bare = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.touch(mode=0o600)
    path.chmod(0o600)  # a file that was there keeps its mode
    path.write_bytes(bare)


def _of_file(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise SealError("key.unreadable", reason=str(problem)[:200]) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise SealError("key.unreadable", reason="it is no key on an elliptic curve.")
    return key
