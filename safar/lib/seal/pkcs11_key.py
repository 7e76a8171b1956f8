"""How does a key in a device (HSM, smart card) sign? PKCS #11; the key never leaves the device."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pkcs11
from asn1crypto import core, keys
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass

from safar.lib.seal.certificates import Certificate
from safar.lib.seal.curves import BY_OID, CURVES, Curve, digest
from safar.lib.seal.errors import SealError

Pin = Callable[[], str]
"""Asked each time the device is opened, so that no PIN is kept."""

_LOCKED: Final = (pkcs11.PinLocked, pkcs11.PinExpired)
_WRONG_PIN: Final = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)
_GONE: Final = (pkcs11.NoSuchToken, pkcs11.TokenNotPresent, pkcs11.TokenNotRecognised,
                pkcs11.DeviceRemoved, pkcs11.SlotIDInvalid)  # fmt: skip


def pin_from(path: Path) -> Pin:
    """The first line of a file that only the service may read."""

    def read() -> str:
        try:
            return path.read_text().splitlines()[0]
        except (OSError, IndexError, UnicodeDecodeError):
            raise SealError("key.unreadable", reason="there is no PIN in the file.") from None

    return read


@contextmanager
def _said_clearly(token: str, key: str = "") -> Iterator[None]:
    """Anything that a device says, as a SealError `key.*`."""
    try:
        yield
    except _WRONG_PIN:
        raise SealError("key.pin") from None
    except _LOCKED:
        raise SealError("key.locked") from None
    except _GONE:
        raise SealError("key.token", token=token) from None
    except pkcs11.NoSuchKey:
        raise SealError("key.absent", key=key) from None
    except pkcs11.PKCS11Error as problem:
        reason = f"{type(problem).__name__} {problem}".strip()
        raise SealError("key.device", reason=reason) from None


def _open(module: str, token: str, pin: Pin, *, rw: bool = False) -> Any:
    try:
        library = pkcs11.lib(module)
    except (RuntimeError, OSError) as problem:
        raise SealError("key.module", reason=str(problem)[:200]) from None
    with _said_clearly(token):
        found = library.get_token(token_label=token)
        try:
            return found.open(user_pin=pin(), rw=rw)
        except pkcs11.UserAlreadyLoggedIn:  # one sign-in counts for the whole process
            return found.open(rw=rw)


class Pkcs11Signer:
    """A key in a device, by the label of the token and of the key.

    `module`: path of the device's library. Opens a session when it first signs and keeps it; after
    any error the next signature opens a new one, so a device that was pulled out can come back.
    Raises SealError `key.*` for a missing device, a wrong PIN, a locked device, a missing key.
    """

    def __init__(
        self,
        *,
        module: str,
        token: str,
        key: str,
        pin: Pin,
        certificate: Certificate,
    ) -> None:
        if certificate.key is None:
            raise SealError("certificate.curve")
        self._module, self._token, self._label, self._pin = module, token, key, pin
        self._curve: Curve = certificate.key.curve
        self._lock = threading.Lock()
        self._session: Any = None
        self._key: Any = None
        self.country = certificate.country
        self.signer_id = certificate.signer_id
        self.certificate_reference = certificate.reference

    @property
    def curve(self) -> str:
        return self._curve.name

    def sign(self, data: bytes) -> bytes:
        digested = digest(self._curve, data)
        with self._lock:
            try:
                return self._sign(digested)
            except SealError as problem:
                self._forget()
                if problem.code != "key.device":
                    raise
            return self._sign(digested)  # the session had gone, such as after a sign-out

    def close(self) -> None:
        """Give the session back."""
        with self._lock:
            self._forget()

    def _sign(self, digested: bytes) -> bytes:
        if self._key is None:
            self._session = _open(self._module, self._token, self._pin)
        with _said_clearly(self._token, self._label):
            self._key = self._key or self._session.get_key(
                object_class=ObjectClass.PRIVATE_KEY, key_type=KeyType.EC, label=self._label
            )
            return bytes(self._key.sign(digested, mechanism=Mechanism.ECDSA))

    def _forget(self) -> None:
        session, self._session, self._key = self._session, None, None
        if session is not None:
            try:
                session.close()
            except pkcs11.PKCS11Error:
                return  # it was gone already


def make_key(
    *, module: str, token: str, key: str, pin: Pin, curve: str = "P-256"
) -> ec.EllipticCurvePublicKey:
    """Make a key inside the device that cannot be taken out; its public half, to be certified."""
    session = _open(module, token, pin, rw=True)
    with _said_clearly(token, key), session:
        oid = core.ObjectIdentifier(CURVES[curve].oid).dump()
        domain = session.create_domain_parameters(
            KeyType.EC, {Attribute.EC_PARAMS: oid}, local=True
        )
        domain.generate_keypair(
            label=key,
            store=True,
            private_template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
        )
        return _public(session, key)


def public_half(*, module: str, token: str, key: str, pin: Pin) -> ec.EllipticCurvePublicKey:
    """The public half of a key that is in the device already."""
    session = _open(module, token, pin)
    with _said_clearly(token, key), session:
        return _public(session, key)


def _public(session: Any, label: str) -> ec.EllipticCurvePublicKey:
    half = session.get_key(object_class=ObjectClass.PUBLIC_KEY, key_type=KeyType.EC, label=label)
    curve = BY_OID[keys.NamedCurve.load(half[Attribute.EC_PARAMS]).dotted]
    if curve.quick is None:
        raise SealError("certificate.curve")
    point = core.OctetString.load(half[Attribute.EC_POINT]).native
    return ec.EllipticCurvePublicKey.from_encoded_point(curve.quick, point)
