"""Can visas be sealed here today, and for how long? For `safar doctor`: facts, no secrets."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from safar.control.visas.models import SignerCertificate, Visa
from safar.control.visas.seals import signing
from safar.core.errors import DomainError
from safar.lib.seal import read_certificate

WARN_DAYS: Final = 60  # before a signer's certificate ends


@dataclass(frozen=True)
class SealingState:
    ok: bool
    text: str


def sealing_state(today: date) -> SealingState:
    """The key answers, and a trusted certificate in force belongs to it, for 60 days at least.

    A node that has no key, and has issued nothing, needs none.
    """
    if not _has_key():
        if Visa.objects.exists() and settings.SAFAR_VISA_REGISTER == "here":
            return SealingState(False, "no key, though visas were issued: set SAFAR_SEAL_PKCS11_*")
        return SealingState(True, "no key: no visas are sealed here")
    try:
        _signer, held = signing.signer(today)
    except DomainError as problem:
        return SealingState(False, f"{_place()}: {problem}")
    except (OSError, ValueError) as problem:  # a file that cannot be read, or is no key
        return SealingState(False, f"{_place()} cannot be read: {type(problem).__name__}")
    return _until(held, today)


def _has_key() -> bool:
    if settings.SAFAR_SEAL_PKCS11_MODULE:
        return True
    in_file = settings.SAFAR_SEAL_KEY_IN_FILE
    return in_file and (Path(settings.SAFAR_SEAL_FOLDER) / signing.KEY_FILE).exists()


def _place() -> str:
    return "the device" if settings.SAFAR_SEAL_PKCS11_MODULE else "the key in a file"


def _until(held: SignerCertificate, today: date) -> SealingState:
    left = (held.valid_until - today).days
    text = (
        f"{_place()} answers; certificate {held.signer_id} {held.serial} is trusted"
        f" until {held.valid_until}, {left} days"
    )
    if signing.known_signers().accept(read_certificate(bytes(held.der))) is None:
        return SealingState(False, f"{text}; it leads to no trusted authority")
    if left < WARN_DAYS:
        return SealingState(False, f"{text}: have the next one signed now")
    return SealingState(True, text)
