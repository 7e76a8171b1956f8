"""Which key signs chips here, and does the state stand behind it?

The key in a file is for demonstrations and tests; a state's key lives in a device (PKCS #11). The
certificate lies beside it; it counts if a state certificate signed it that two people trust
(`documents`).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from safar.control.documents.queries import HeldStates
from safar.core.errors import RuleBroken, Unavailable
from safar.lib import chip
from safar.lib.chip.chain import judge_chain
from safar.lib.seal import SealError, Signer, read_certificate
from safar.lib.seal.key_place import KeyHolder, KeyPlace, plain

KEY_FILE: Final = "document-signer.pem"
CERTIFICATE_FILE: Final = "document-signer.der"
NO_KEY = _("There is no key that signs chips here. Its keeper has to set it up first.")
NO_CERTIFICATE = _("No certificate belongs to the key that signs chips.")
ENDED = _("The key that signs chips may sign from {first} to {last} only. Its keeper renews it.")
NO_STATE = _("No state certificate that two people trust stands behind the key that signs chips.")
TOO_SHORT = _(
    "This document would be valid until {day}, and the certificate of the key that signs chips ends"
    " on {last}: no border could prove the chip after that. Its keeper has a key certified for"
    " longer, or headquarters issues this kind for fewer years."
)
STATE_TOO_SHORT = _(
    "This document would be valid until {day}, and the state certificate behind the key that signs"
    " chips ends on {last}: no border could prove the chip after that. The state issues a new one."
)

_key = KeyHolder()


@dataclass(frozen=True)
class DocumentSigner:
    """The key that signs today, its certificate, and the state's certificate that stands behind it."""

    key: Signer
    certificate: chip.Certificate
    state: chip.Certificate

    @property
    def signs_until(self) -> date:
        """The last day on which the key may sign."""
        return _days_of(self.certificate)[1]

    @property
    def proves_until(self) -> date:
        """The last day on which what it signs can be proved: both certificates must be valid then
        (ICAO Doc 9303-12 §4.1).
        """
        return min(self.certificate.last, self.state.last)

    def refuse_unless_proved_until(self, day: date) -> None:
        """Raise RuleBroken where a document that is valid until a day would outlive a certificate."""
        if self.certificate.last < day:
            raise RuleBroken(TOO_SHORT.format(day=day, last=self.certificate.last))
        if self.state.last < day:
            raise RuleBroken(STATE_TOO_SHORT.format(day=day, last=self.state.last))


def forget() -> None:
    """Ask file and device anew: after a change of either, and between tests."""
    _key.forget()


def signer(today: date) -> DocumentSigner:
    """The document signer of this state, for chips that are made today.

    Raises:
        Unavailable: no key, no certificate of it, its time is over, or no trusted state
            certificate stands behind it.
    """
    try:
        place = _place()
        der = _certificate()
        held = chip.read_certificate(der)
        _refuse_unless_its_own(der, _key.public_key(place))
        _refuse_unless_in_time(held, today)
        state = _trusted_state_of(held)
        return DocumentSigner(_key.signer(place, read_certificate(der)), held, state)
    except (SealError, chip.ChipError) as problem:
        raise Unavailable(
            _("The key that signs chips: {why}").format(why=problem.sentence)
        ) from None


def _certificate() -> bytes:
    path = Path(settings.SAFAR_PASSPORT_FOLDER) / CERTIFICATE_FILE
    if not path.is_file():
        raise Unavailable(NO_CERTIFICATE)
    return path.read_bytes()


def _refuse_unless_its_own(der: bytes, public: ec.EllipticCurvePublicKey) -> None:
    try:
        named = x509.load_der_x509_certificate(der).public_key()
    except (ValueError, TypeError):
        raise Unavailable(NO_CERTIFICATE) from None
    if not isinstance(named, ec.EllipticCurvePublicKey) or plain(named) != plain(public):
        raise Unavailable(NO_CERTIFICATE)


def _refuse_unless_in_time(held: chip.Certificate, today: date) -> None:
    first, last = _days_of(held)
    if not first <= today <= last:
        raise Unavailable(ENDED.format(first=first, last=last))


def _days_of(held: chip.Certificate) -> tuple[date, date]:
    """Within the certificate's dates, and within those of the private key where it gives them."""
    first = max(day for day in (held.first, held.usage[0]) if day)
    return first, min(day for day in (held.last, held.usage[1]) if day)


def _trusted_state_of(held: chip.Certificate) -> chip.Certificate:
    root, said = judge_chain(held, HeldStates())
    if root is None or said:
        raise Unavailable(NO_STATE)
    return root


def _place() -> KeyPlace:
    path = Path(settings.SAFAR_PASSPORT_FOLDER) / KEY_FILE
    module = settings.SAFAR_PASSPORT_PKCS11_MODULE
    if not module and not (settings.SAFAR_PASSPORT_KEY_IN_FILE and path.is_file()):
        raise Unavailable(NO_KEY)
    return KeyPlace(
        path,
        module=module,
        token=settings.SAFAR_PASSPORT_PKCS11_TOKEN,
        key=settings.SAFAR_PASSPORT_PKCS11_KEY,
        pin_file=settings.SAFAR_PASSPORT_PKCS11_PIN_FILE,
    )
