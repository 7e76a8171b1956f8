"""May this seal be believed on this day? One verdict with a code, a sentence and a weight.

ICAO Doc 9303-13 §6: signer known and trusted, certificate in force when the seal was made,
signature right. That the sticker is the one that was sealed (and not a copy on another page) is
for the booth to see: zone, passport number, photo and register.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from safar.lib.seal.certificates import Certificate
from safar.lib.seal.errors import SealError
from safar.lib.seal.reading import Seal, parse
from safar.lib.seal.signers import Known, Signers

BROKEN: Final = 100
"""Weights from here on make a seal unsound."""

VERDICTS: Final[dict[str, tuple[int, str]]] = {
    "seal.sound": (0, "The seal is sound."),
    "seal.sound_ended": (
        10,
        "The seal is sound. The signer's certificate ended on {until}; it was in force then.",
    ),
    "seal.revoked_later": (
        60,
        "The signature is right and dated before the signer was revoked on {revoked}."
        " The date is the signer's own word: compare with the register.",
    ),
    "seal.revoked": (100, "The signer was revoked on {revoked}, and this was sealed on {signed}."),
    "seal.certificate_ended": (
        100,
        "This was sealed on {signed}, after the signer's certificate ended on {until}.",
    ),
    "seal.certificate_early": (
        100,
        "This was sealed on {signed}, before the signer's certificate began on {since}.",
    ),
    "seal.future": (100, "The seal bears a date that is still to come: {signed}."),
    "seal.unknown_signer": (100, "The signer {signer} with certificate {reference} is not known."),
    "seal.untrusted_signer": (100, "The signer {signer} is not believed. {why}"),
    "seal.foreign_signer": (
        100,
        "The signer {signer} belongs to another state than the one that issued this ({country}).",
    ),
    "seal.wrong_use": (100, "The signer {signer} may not seal documents of this kind."),
    "seal.altered": (100, "What the seal says was altered, or it is a forgery."),
    "seal.unreadable": (100, "{why}"),
}
_LETTERS: Final = {"5D01": "V"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be thought of a seal.

    `weight`: 0 sound, 10 a note, 60 doubtful, 100 not to be believed (as of findings of zones).
    `signature`: whether it is right; None where no key was there to tell. `problem`: the code of
    a SealError where the bytes could not be read. Of several faults the gravest word is said:
    an altered seal is altered, whatever its dates say.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    seal: Seal | None = None
    certificate: Certificate | None = None
    signature: bool | None = None
    problem: str = ""

    @property
    def weight(self) -> int:
        return VERDICTS[self.code][0]

    @property
    def sound(self) -> bool:
        return self.weight < BROKEN

    @property
    def sentence(self) -> str:
        return VERDICTS[self.code][1].format_map(self.params)


def verify(seal: Seal | bytes, signers: Signers, *, on: date) -> Verdict:
    """The verdict on the day `on`; never raises for anything that the bytes may hold."""
    try:
        read, wrong = parse(seal) if isinstance(seal, bytes) else (seal, None)
    except SealError as problem:
        return _unreadable(problem)
    known = signers.find(read.header)
    if known is None:
        return _without_key(read, signers)
    key = known.certificate.key
    right = key is not None and key.is_right(read.signature, read.signed)
    if right and wrong:
        return _unreadable(wrong, read, known.certificate)
    code = _judged(read, known, on) if right else "seal.altered"
    return Verdict(code, _params(read, known), read, known.certificate, right)


def _unreadable(
    problem: SealError, seal: Seal | None = None, certificate: Certificate | None = None
) -> Verdict:
    right = True if seal else None
    why = {"why": problem.sentence}
    return Verdict("seal.unreadable", why, seal, certificate, right, problem.code)


def _without_key(seal: Seal, signers: Signers) -> Verdict:
    refused = signers.why_refused(seal.header)
    code = "seal.untrusted_signer" if refused else "seal.unknown_signer"
    why = {"why": refused.sentence} if refused else {}
    return Verdict(code, _params(seal, None) | why, seal)


def _judged(seal: Seal, known: Known, on: date) -> str:
    """What is to be said of a seal whose signature is right."""
    certificate, signed_on = known.certificate, seal.header.signed_on
    wrong = _wrong_signer(seal, certificate) or _wrong_time(seal, certificate, on)
    if wrong:
        return wrong
    if known.revoked_on is not None and on >= known.revoked_on:
        return "seal.revoked" if signed_on >= known.revoked_on else "seal.revoked_later"
    return "seal.sound" if on <= certificate.valid_until else "seal.sound_ended"


def _wrong_signer(seal: Seal, certificate: Certificate) -> str:
    if certificate.country != seal.header.country:
        return "seal.foreign_signer"
    letter = _LETTERS.get(seal.header.kind, "")
    return "seal.wrong_use" if letter and not certificate.may_sign(letter) else ""


def _wrong_time(seal: Seal, certificate: Certificate, on: date) -> str:
    head = seal.header
    if head.signed_on > on:
        return "seal.future"
    if head.signed_on > certificate.valid_until:
        return "seal.certificate_ended"
    return "seal.certificate_early" if head.signed_on < certificate.valid_from else ""


def _params(seal: Seal, known: Known | None) -> dict[str, str]:
    head = seal.header
    params = {
        "signer": head.signer_id,
        "reference": head.reference,
        "country": head.country,
        "signed": str(head.signed_on),
    }
    if known is not None:
        params |= {
            "since": str(known.certificate.valid_from),
            "until": str(known.certificate.valid_until),
            "revoked": str(known.revoked_on or ""),
        }
    return params
