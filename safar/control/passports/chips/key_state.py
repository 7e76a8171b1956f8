"""Can chips be signed here today, and for which documents? For `safar doctor`: facts, no secrets."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from safar.control.passports.chips import signing
from safar.control.passports.models import ChipContent, PaperTerms
from safar.control.passports.rules.applications import runs_out_on
from safar.core.errors import DomainError

WARN_DAYS: Final = 14  # before the key may sign no more: it signs three months at the most


@dataclass(frozen=True)
class ChipKeyState:
    ok: bool
    text: str


def chip_key_state(today: date) -> ChipKeyState:
    """The key answers, is certified and trusted, and covers every kind's term, for two weeks more.

    A node that has no key, and has signed nothing, needs none.
    """
    if not _has_key():
        if ChipContent.objects.exists():
            text = "no key, though chips were signed: set SAFAR_PASSPORT_PKCS11_*"
            return ChipKeyState(False, text)
        return ChipKeyState(True, "no key: no chips are signed here")
    try:
        held = signing.signer(today)
    except DomainError as problem:
        return ChipKeyState(False, f"{_place()}: {problem}")
    except (OSError, ValueError) as problem:  # a file that cannot be read, or is no key
        return ChipKeyState(False, f"{_place()} cannot be read: {type(problem).__name__}")
    return _until(held, today)


def _has_key() -> bool:
    if settings.SAFAR_PASSPORT_PKCS11_MODULE:
        return True
    path = Path(settings.SAFAR_PASSPORT_FOLDER) / signing.KEY_FILE
    return bool(settings.SAFAR_PASSPORT_KEY_IN_FILE) and path.exists()


def _place() -> str:
    return "the device" if settings.SAFAR_PASSPORT_PKCS11_MODULE else "the key in a file"


def _until(held: signing.DocumentSigner, today: date) -> ChipKeyState:
    signs_until = held.signs_until
    left = (signs_until - today).days
    text = (
        f"{_place()} answers; it signs until {signs_until}, {left} days;"
        f" what it signs can be proved until {held.proves_until}"
    )
    if short := _not_covered(held, today):
        why = "too early for a document issued today of the kinds"
        return ChipKeyState(False, f"{text}, {why}: {', '.join(short)}")
    if left < WARN_DAYS:
        return ChipKeyState(False, f"{text}: have the next one certified now")
    return ChipKeyState(True, f"{text}, longer than any document issued today")


def _not_covered(held: signing.DocumentSigner, today: date) -> list[str]:
    """The kinds whose documents of today would outlive a certificate."""
    return [
        row.kind
        for row in PaperTerms.objects.all()
        if runs_out_on(today, None, max(row.years, row.years_child), 0) > held.proves_until
    ]
