"""Which certificates of states are in this file, and why can it not be read?"""

import hashlib
from dataclasses import dataclass
from typing import Final

from safar.control.documents.wording.chips import sentence
from safar.core.errors import RuleBroken
from safar.lib import chip

LARGEST: Final = 8 * 1024 * 1024  # bytes, as safar.lib.chip.master_list
SMALL: Final = 128 * 1024  # a larger file is no certificate


@dataclass(frozen=True)
class CertificateFile:
    """A file, read: nothing of it is trusted by that. `signed_by` is None for one certificate."""

    sha256: str
    size: int
    listed: tuple[chip.Listed, ...]
    problems: tuple[chip.Problem, ...] = ()
    signed_by: chip.SignedBy | None = None


def read_file(content: bytes, states: chip.TrustedStates) -> CertificateFile:
    """Read a master list whose own signature is right, or one certificate (DER or PEM).

    Raises:
        RuleBroken: it is neither, is wrongly signed, or by a signer whom one of the states revoked,
            or may sign no other certificate.
    """
    named = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    try:
        if (found := _certificate(content)) is not None:
            return CertificateFile(**named, listed=(found,))  # type: ignore[arg-type]
        read = chip.read_master_list(content)
        read.check_signer(states)
    except chip.ChipError as error:
        raise RuleBroken(
            sentence(error.code, error.params), field="file", reason=error.code
        ) from error
    return CertificateFile(**named, listed=read.certificates, problems=read.problems, signed_by=read.signed_by)  # type: ignore[arg-type]  # fmt: skip


def _certificate(content: bytes) -> chip.Listed | None:
    """The one certificate that a file is; None where it is something else.

    Raises:
        ChipError: a certificate that no state's certificate can be.
    """
    if len(content) > SMALL:
        return None
    try:
        found = chip.read_certificate(content)
    except chip.ChipError:
        return None
    if not found.country:
        raise chip.ChipError("chip.certificate.country")
    if not found.may_sign_certificates():
        raise chip.ChipError("chip.certificate.authority")
    _ = found.key
    if found.self_issued and found.was_issued_by(found):
        return chip.Listed(found, "self-signed")
    own = found.self_issued and found.authority_key_id in ("", found.key_id)
    if own and found.scheme is not None:
        raise chip.ChipError("chip.certificate.own")
    return chip.Listed(found, "unproved")
