"""Which certificates may be believed, and when? The signers that a post knows, held in memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from safar.lib.seal.certificates import (
    Certificate,
    read_certificates,
    refuse_unless_issued_by,
)
from safar.lib.seal.errors import SealError
from safar.lib.seal.header import Header

Name = tuple[str, int]
"""Signer id and serial number: `KGVS`, 26. Leading zeros of a reference do not count."""


@dataclass(frozen=True, slots=True)
class Known:
    """A trusted signer. `revoked_on`: the first day on which nothing new of it is believed."""

    certificate: Certificate
    revoked_on: date | None = None


class Refused(NamedTuple):
    """A certificate that was not taken in, and why (a code of `errors`)."""

    signer_id: str
    serial: int
    code: str
    sentence: str


class Signers:
    """Signers by name. Ended and revoked ones stay, so that what they sealed can be verified.

    Built once and then only read: safe to share among threads.
    """

    def __init__(
        self,
        certificates: Iterable[Certificate] = (),
        refused: Mapping[Name, Refused] | None = None,
        authorities: Sequence[Certificate] = (),
        revoked: Mapping[Name, date] | None = None,
        declined: Iterable[Certificate] = (),
    ) -> None:
        """`certificates` are believed as they are: `of` is the way to have them looked at."""
        self._certificates = {(one.signer_id, one.serial): one for one in certificates}
        self._refused = dict(refused or {})
        self._authorities = tuple(authorities)
        self._revoked = dict(revoked or {})
        self._declined = tuple(declined)
        self._declined_bodies = frozenset(map(_body, self._declined))

    @classmethod
    def of(
        cls,
        certificates: Iterable[bytes | Certificate],
        authorities: Iterable[bytes | Certificate],
        revoked: Mapping[Name, date] | None = None,
        declined: Iterable[bytes | Certificate] = (),
    ) -> "Signers":
        """Signers whose path to one of the trusted state authorities is right.

        `declined`: those that are believed in no case, whoever stands behind them.

        DER or PEM, each with any number of certificates. Those that fail are kept by name as
        refused, so that a verdict can say so; a broken file raises SealError.
        """
        trusted = [one for part in authorities for one in _read(part)]
        believed: dict[Name, Certificate] = {}
        refused: dict[Name, Refused] = {}
        for certificate in (one for part in certificates for one in _read(part)):
            name = (certificate.signer_id, certificate.serial)
            try:
                _refuse_another(believed.get(name), certificate)
                refuse_unless_issued_by(certificate, trusted)
            except SealError as problem:
                refused[name] = Refused(*name, problem.code, problem.sentence)
            else:
                believed[name] = certificate
        never = [one for part in declined for one in _read(part)]
        return cls(believed.values(), refused, trusted, revoked, never)

    def revoke(self, name: Name, on: date) -> "Signers":
        """The same signers with one revoked from that day on, whether it is known yet or not."""
        revoked = {**self._revoked, name: on}
        held = self._certificates.values()
        return Signers(held, self._refused, self._authorities, revoked, self._declined)

    def find(self, header: Header) -> Known | None:
        """The signer that the head of a seal names."""
        name = name_of(header)
        certificate = self._certificates.get(name) if name else None
        return self._known(certificate) if certificate else None

    def _known(self, certificate: Certificate) -> Known:
        return Known(certificate, self._revoked.get((certificate.signer_id, certificate.serial)))

    def accept(self, certificate: Certificate) -> Known | None:
        """A certificate that came with a seal: known already, or signed by a trusted authority.

        None where its name is known under another key, no authority stands behind it, or it was
        declined.
        """
        there = self._certificates.get((certificate.signer_id, certificate.serial))
        if there is not None:
            return self._known(there) if there.der == certificate.der else None
        if _body(certificate) in self._declined_bodies:
            return None
        try:
            refuse_unless_issued_by(certificate, self._authorities)
        except SealError:
            return None
        return self._known(certificate)

    def why_refused(self, header: Header) -> Refused | None:
        """Why the named signer is not believed, where a certificate of it is there."""
        name = name_of(header)
        return self._refused.get(name) if name else None

    @property
    def refused(self) -> tuple[Refused, ...]:
        return tuple(self._refused.values())

    def __iter__(self) -> Iterator[Known]:
        return map(self._known, self._certificates.values())

    def __len__(self) -> int:
        return len(self._certificates)


def name_of(header: Header) -> Name | None:
    """The signer's name in a head; None where the reference is no hex number."""
    try:
        return header.signer_id, int(header.reference, 16)
    except ValueError:
        return None


def _read(part: bytes | Certificate) -> list[Certificate]:
    return [part] if isinstance(part, Certificate) else read_certificates(part)


def _body(certificate: Certificate) -> bytes:
    """What its authority signed: the signature itself can be written in two ways (r, s and r, -s)."""
    return bytes(certificate.parsed["tbs_certificate"].dump())


def _refuse_another(there: Certificate | None, certificate: Certificate) -> None:
    if there is not None and there.der != certificate.der:
        raise SealError("certificate.duplicate")
