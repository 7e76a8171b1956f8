"""With which key is something of a case sealed, and with which key is that key kept?

Each case has a random key of 256 bits of its own, wrapped by the installation's (AES-256-GCM,
NIST SP 800-38D). What is sealed is bound to its table and row: it opens nowhere else. A case's
key destroyed is its documents and notes destroyed, in every backup that is made from then on.
"""

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseKey
from safar.core.errors import RuleBroken, Unavailable
from safar.core.record import Record

SHAPE: Final = b"\x01"  # of what is sealed: this byte, the nonce, the ciphertext with its tag
NONCE: Final = 12
BITS: Final = 256
UNREADABLE = _(
    "This cannot be opened: it was changed outside Safar, or the installation has another key "
    "than the one it was sealed with. Tell the administrator, and change nothing."
)
ERASED = _("This case was erased. Nothing can be added to it, and nothing of it can be read.")


@dataclass(frozen=True)
class InstallationKeys:
    """The keys that wrap the cases' keys: `current`, and older ones until all are wrapped anew."""

    current: str
    by_id: dict[str, bytes]

    def wrap(self, key: bytes, place: bytes) -> tuple[bytes, str]:
        return _seal(self.by_id[self.current], key, place), self.current

    def unwrap(self, wrapped: bytes, wrapped_by: str, place: bytes) -> bytes:
        if wrapped_by not in self.by_id:
            raise Unavailable(UNREADABLE, code="E-521", key=wrapped_by)
        return _open(self.by_id[wrapped_by], wrapped, place)


@dataclass(frozen=True)
class CaseCipher:
    """Seals and opens what belongs to one case."""

    key: bytes

    def seal(self, row: Model, plain: bytes) -> bytes:
        """Return the words or the file as they are stored in that row, and in no other."""
        return _seal(self.key, plain, _place(row))

    def open(self, row: Model, sealed: "bytes | memoryview") -> bytes:
        """Return what was sealed in that row.

        Raises:
            Unavailable: a byte was changed, the row was exchanged, or the key is another.
        """
        return _open(self.key, bytes(sealed), _place(row))


def installation_keys() -> InstallationKeys:
    """Return the keys of the setting SAFAR_CASE_KEY_FILE, the current one first.

    The file holds one base64 key of 32 bytes a line. In development and in the tests, where
    none is named, a key is derived from SECRET_KEY.

    Raises:
        ImproperlyConfigured: there is no such file, or it holds something else.
    """
    if file := settings.SAFAR_CASE_KEY_FILE:
        return _from_file(str(file))
    if settings.SAFAR_CASE_KEY_FROM_SECRET:
        return _from_secret(settings.SECRET_KEY)
    raise ImproperlyConfigured(
        "Set SAFAR_CASE_KEY_FILE to a file with a key made by `openssl rand -base64 32`. Keep a "
        "copy of it apart from the database's backups: without it no document opens again."
    )


def of(case: Case) -> CaseCipher:
    """Return the cipher of a case; its key is made when it is first needed (inside an action).

    Raises:
        RuleBroken: the case was erased.
    """
    found = CaseKey.objects.filter(case=case).first() or _made(case)
    return CaseCipher(unwrapped(found))


def existing(case: Case) -> CaseCipher | None:
    """Return the cipher for reading alone: None where the case is erased or nothing was sealed."""
    found = CaseKey.objects.filter(case=case, destroyed_at=None).first()
    return CaseCipher(unwrapped(found)) if found else None


def unwrapped(key: CaseKey) -> bytes:
    """Return a case's key as it seals.

    Raises:
        RuleBroken: it was destroyed.
        Unavailable: the installation has not the key that it was wrapped with.
    """
    if key.wrapped is None:
        raise RuleBroken(ERASED, code="E-523")
    keys = installation_keys()
    return keys.unwrap(bytes(key.wrapped), key.wrapped_by, _place_of_key(key.case_id))


def wrapped_anew(key: CaseKey) -> bool:
    """Wrap a case's key with the current installation key; False where it is already."""
    keys = installation_keys()
    if key.wrapped is None or key.wrapped_by == keys.current:
        return False
    key.wrapped, key.wrapped_by = keys.wrap(unwrapped(key), _place_of_key(key.case_id))
    return True


def _made(case: Case) -> CaseKey:
    plain = AESGCM.generate_key(BITS)
    wrapped, by = installation_keys().wrap(plain, _place_of_key(case.pk))
    # Two who ask at once: the second takes the first one's.
    CaseKey.objects.bulk_create(
        [CaseKey(case=case, wrapped=wrapped, wrapped_by=by)], ignore_conflicts=True
    )
    return CaseKey.objects.get(case=case)


def _place(row: Model) -> bytes:
    key = row.pk if isinstance(row, Record) else None
    if not isinstance(key, UUID):
        raise TypeError("Only a row with its key is sealed for.")
    return f"safar/{row._meta.db_table}/{key}".encode()


def _place_of_key(case_id: UUID) -> bytes:
    return f"safar/case-key/{case_id}".encode()


def _seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return SHAPE + nonce + AESGCM(key).encrypt(nonce, plain, place)


def _open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    nonce, text = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        if sealed[:1] != SHAPE:
            raise InvalidTag
        return AESGCM(key).decrypt(nonce, text, place)
    except (InvalidTag, ValueError) as error:
        raise Unavailable(UNREADABLE, code="E-522") from error


@cache
def _from_file(file: str) -> InstallationKeys:
    try:
        lines = Path(file).read_text("ascii").split()
        keys = [base64.b64decode(line, validate=True) for line in lines]
    except (OSError, UnicodeDecodeError, binascii.Error) as error:
        raise ImproperlyConfigured(f"SAFAR_CASE_KEY_FILE cannot be read: {file}") from error
    if not keys or any(len(key) * 8 != BITS for key in keys):
        raise ImproperlyConfigured(f"SAFAR_CASE_KEY_FILE: keys of 32 bytes, in base64: {file}")
    return _ring(keys)


@cache
def _from_secret(secret: str) -> InstallationKeys:
    return _ring([hashlib.sha256(f"safar case keys {secret}".encode()).digest()])


def _ring(keys: list[bytes]) -> InstallationKeys:
    by_id = {hashlib.sha256(b"safar key id " + key).hexdigest()[:16]: key for key in keys}
    return InstallationKeys(next(iter(by_id)), by_id)
