"""How is an electronic visa sealed? JSON in a QR code, with the signer's certificate inside.

ICAO Technical Report “VDS-NC, Visible Digital Seal for non-constrained environments” 1.4: an
object `data` (`hdr` with type, version and issuing state, and `msg`) and an object `sig` (`alg`,
`cer` in base64url DER, `sigvl` in base64url r and s). Signed is the RFC 8785 form of `data`.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from safar.lib.seal.certificates import Certificate, read_certificate
from safar.lib.seal.errors import SealError
from safar.lib.seal.json_form import canonical, load
from safar.lib.seal.keys import Signer
from safar.lib.seal.signers import Known, Signers
from safar.lib.seal.tlv import LONGEST
from safar.lib.seal.verifying import Verdict

_ALGORITHMS: Final = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}
_LETTERS: Final = {"icao.visa": "V"}
SIGNED_ON: Final = "signed"
"""The name in `msg` under which Safar writes the day of sealing; VDS-NC itself has no such field."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A JSON seal, read. `country`: ICAO code of the issuing state. `signed`: the canonical bytes."""

    type: str
    version: int
    country: str
    message: Mapping[str, Any]
    algorithm: str
    certificate: Certificate | None
    signature: bytes
    signed: bytes
    raw: bytes

    @property
    def signed_on(self) -> date | None:
        """The day that `msg` says; None where it says none."""
        try:
            return date.fromisoformat(str(self.message.get(SIGNED_ON, "")))
        except ValueError:
            return None


def sign(
    message: Mapping[str, Any],
    signer: Signer,
    certificate: Certificate | None,
    *,
    type: str,
    signed_on: date,
    version: int = 1,
) -> bytes:
    """The JSON for a QR code, in its shortest form.

    `type`: such as `icao.visa`. Without `certificate` 400 bytes are saved, and only those can
    verify who hold it already. SealError where the signer's curve has no name in JSON (JOSE knows
    P-256, P-384 and P-521 only).
    """
    if signer.curve not in _ALGORITHMS:
        raise SealError("seal.cannot_write", reason=f"JSON seals have no name for {signer.curve}.")
    head = {"t": type, "v": version, "is": signer.country}
    data = {"hdr": head, "msg": {**message, SIGNED_ON: signed_on.isoformat()}}
    signature: dict[str, str] = {"alg": _ALGORITHMS[signer.curve]}
    if certificate is not None:
        signature["cer"] = base64.urlsafe_b64encode(certificate.der).decode()
    signature["sigvl"] = base64.urlsafe_b64encode(signer.sign(canonical(data))).decode()
    return canonical({"data": data, "sig": signature})


def decode(raw: bytes) -> Paper:
    """The seal in JSON; SealError `seal.*` for anything that is not one."""
    if not raw:
        raise SealError("seal.empty")
    if len(raw) > LONGEST:
        raise SealError("seal.too_long")
    whole = _object(load(raw))
    data, signature = _object(whole.get("data")), _object(whole.get("sig"))
    head, message = _object(data.get("hdr")), _object(data.get("msg"))
    try:
        signed = canonical(data)
    except SealError:
        raise SealError("seal.bad_json") from None
    certificate = signature.get("cer")
    return Paper(
        type=_text(head.get("t")),
        version=_number(head.get("v")),
        country=_text(head.get("is")),
        message=message,
        algorithm=_text(signature.get("alg")).replace(" ", ""),
        certificate=read_certificate(_bytes(certificate)) if certificate is not None else None,
        signature=_bytes(signature.get("sigvl")),
        signed=signed,
        raw=raw,
    )


def verify(paper: Paper | bytes, signers: Signers, *, on: date) -> Verdict:
    """The verdict on the day `on`, with the codes of `verifying`; never raises for bad bytes.

    The certificate inside proves nothing by itself: it must be one of `signers`, or signed by an
    authority that they trust. What is not dated is judged as if sealed on the day `on`.
    """
    try:
        read = decode(paper) if isinstance(paper, bytes) else paper
    except SealError as problem:
        return Verdict("seal.unreadable", {"why": problem.sentence}, problem=problem.code)
    found, code = _signer(read, signers)
    if found is None:
        return Verdict(code, _params(read, None, on))
    certificate = found.certificate
    right = _is_right(read, certificate)
    code = _judged(read, found, on) if right else "seal.altered"
    return Verdict(code, _params(read, found, on), None, certificate, right)


def _signer(paper: Paper, signers: Signers) -> tuple[Known | None, str]:
    if paper.certificate is not None:
        known = signers.accept(paper.certificate)
        return known, "" if known else "seal.untrusted_signer"
    for known in signers:
        if known.certificate.country == paper.country and _is_right(paper, known.certificate):
            return known, ""
    return None, "seal.unknown_signer"


def _is_right(paper: Paper, certificate: Certificate) -> bool:
    key = certificate.key
    if key is None or _ALGORITHMS.get(key.curve.name) != paper.algorithm:
        return False
    return key.is_right(paper.signature, paper.signed)


def _judged(paper: Paper, known: Known, on: date) -> str:
    certificate, day = known.certificate, paper.signed_on or on
    if certificate.country != paper.country:
        return "seal.foreign_signer"
    letter = _LETTERS.get(paper.type)
    if letter and not certificate.may_sign(letter):
        return "seal.wrong_use"
    if day > on:
        return "seal.future"
    if day > certificate.valid_until:
        return "seal.certificate_ended"
    if day < certificate.valid_from:
        return "seal.certificate_early"
    if known.revoked_on is not None and on >= known.revoked_on:
        return "seal.revoked" if day >= known.revoked_on else "seal.revoked_later"
    return "seal.sound" if on <= certificate.valid_until else "seal.sound_ended"


def _params(paper: Paper, known: Known | None, on: date) -> dict[str, str]:
    certificate = known.certificate if known else paper.certificate
    return {
        "signer": certificate.signer_id if certificate else paper.country,
        "reference": certificate.reference if certificate else "",
        "country": paper.country,
        "signed": str(paper.signed_on or on),
        "since": str(certificate.valid_from) if certificate else "",
        "until": str(certificate.valid_until) if certificate else "",
        "revoked": str(known.revoked_on or "") if known else "",
        "why": SealError("certificate.untrusted").sentence,
    }


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SealError("seal.bad_json")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 64:
        raise SealError("seal.bad_json")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise SealError("seal.bad_json")
    return value


def _bytes(value: Any) -> bytes:
    """base64url, with or without its padding; ordinary base64 is read too, as some issuers write."""
    if not isinstance(value, str):
        raise SealError("seal.bad_json")
    plain = value.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SealError("seal.bad_json") from None
