"""Which certificates does a master list hold, and who signed it? (ICAO Doc 9303-12 §9)

Reading decides nothing: whom to trust is for two people, with these facts before them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from safar.lib.chip import der
from safar.lib.chip.certificates import LIMIT as CERTIFICATE_LIMIT
from safar.lib.chip.certificates import Certificate, read_certificate
from safar.lib.chip.errors import ChipError
from safar.lib.chip.signed import Signed, read_signed
from safar.lib.chip.trust import TrustedStates

KIND: Final = "2.23.136.1.1.2"
SIGNER_PURPOSE: Final = "2.23.136.1.1.3"
LIMIT: Final = 8 * 1024 * 1024
"""Bytes of a master list at most."""
_CERTIFICATES = 2_000
_WORK = 2_500
_SLOW = 25

Proof = Literal["self-signed", "link", "unproved"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate of a list: it signed itself, or another of the same state in the list did.

    `unproved`: its issuer is not in the list.
    """

    certificate: Certificate
    proof: Proof


@dataclass(frozen=True, slots=True)
class Problem:
    """A certificate that was left out: its place in the list (from 1), and why."""

    place: int
    code: str
    sentence: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who signed the list; `root` came with the list and vouches for it only if it is trusted."""

    signer: Certificate
    root: Certificate


@dataclass(frozen=True, slots=True)
class MasterList:
    """A list whose own signature is right; `problems` are the certificates that were refused."""

    signed_by: SignedBy
    certificates: tuple[Listed, ...]
    problems: tuple[Problem, ...]

    @property
    def countries(self) -> dict[str, int]:
        """Country → certificates, in the order of the alphabet."""
        return dict(sorted(Counter(each.certificate.country for each in self.certificates).items()))

    def check_signer(self, states: TrustedStates) -> None:
        """Refuse a list whose signer, or the certificate behind it, its state has revoked.

        Raises:
            ChipError: it has, as far as that is known.
        """
        by = self.signed_by
        if states.has_revoked(by.signer) or states.has_revoked(by.root):
            raise ChipError("chip.list.revoked")


class NotOwn(ChipError):
    """A certificate that claims its own signature, wrongly."""


class Work:
    """How many signatures are still verified for one list: a hostile one would ask for days."""

    def __init__(self, left: int = _WORK) -> None:
        self.left = left

    def issued(self, issuer: Certificate, found: Certificate) -> bool:
        """Whether `issuer` signed `found`.

        Raises:
            ChipError: the list has asked for too much.
        """
        try:
            self.left -= _SLOW if issuer.key.slow else 1
        except ChipError:
            return False
        if self.left < 0:
            raise ChipError("chip.list.costly")
        return found.was_issued_by(issuer)


def read_master_list(data: bytes) -> MasterList:
    """Read a master list and verify its signature, its signer and each certificate in it.

    Raises:
        ChipError: too large, broken, not a master list, wrongly signed, signed by somebody who
            may not, or by a signer whose state's certificate did not come with it.
    """
    der.within(data, LIMIT, "The master list")
    signed = read_signed(data)
    if signed.kind != KIND:
        raise ChipError("chip.list.kind", kind=signed.kind)
    signer = _checked_signer(signed)
    read, problems = _read_all(_raw_certificates(signed.content))
    work = Work()
    root = _root_of(signer, work, [found for _, found in read], signed.readable())
    listed, refused = _prove_all(read, work)
    if not listed:
        raise ChipError("chip.list.empty")
    problems = sorted(problems + refused, key=lambda each: each.place)
    return MasterList(SignedBy(signer, root), tuple(listed), tuple(problems))


def _checked_signer(signed: Signed) -> Certificate:
    signer = signed.certificate()
    if signer is None:
        raise ChipError("chip.cms.certificate")
    signed.check(signer)
    if SIGNER_PURPOSE not in signer.purposes:
        raise ChipError("chip.list.purpose")
    return signer


def _root_of(signer: Certificate, work: Work, *sources: Iterable[Certificate]) -> Certificate:
    """The signer's state certificate, in the list or beside it."""
    for source in sources:
        for found in source:
            if found.country != signer.country or not found.may_sign_certificates():
                continue
            if found.fingerprint != signer.fingerprint and work.issued(found, signer):
                return found
    raise ChipError("chip.list.chain")


def _raw_certificates(content: bytes) -> list[bytes]:
    rows = list(der.parts(der.whole(content, 0x30, "a master list").value, 3))
    if len(rows) != 2 or rows[0].tag != 0x02 or rows[1].tag != 0x31:
        raise ChipError("chip.der.shape", what="a master list")
    return [part.raw for part in der.parts(rows[1].value, _CERTIFICATES)]


def _read_all(raws: Sequence[bytes]) -> tuple[list[tuple[int, Certificate]], list[Problem]]:
    read: list[tuple[int, Certificate]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for place, raw in enumerate(raws, start=1):
        try:
            found = read_certificate(der.within(raw, CERTIFICATE_LIMIT, "The certificate"))
            _check_fit(found, seen)
        except ChipError as error:
            problems.append(Problem(place, error.code, error.sentence))
        else:
            seen.add(found.fingerprint)
            read.append((place, found))
    return read, problems


def _check_fit(found: Certificate, seen: set[str]) -> None:
    """Refuse what no state's certificate is, and keys that nothing could be verified with."""
    if found.fingerprint in seen:
        raise ChipError("chip.certificate.twice")
    if not found.country:
        raise ChipError("chip.certificate.country")
    if not found.may_sign_certificates():
        raise ChipError("chip.certificate.authority")
    _ = found.key


def _prove_all(
    read: Sequence[tuple[int, Certificate]], work: Work
) -> tuple[list[Listed], list[Problem]]:
    by_country: dict[str, list[Certificate]] = defaultdict(list)
    for _, found in read:
        by_country[found.country].append(found)
    listed: list[Listed] = []
    problems: list[Problem] = []
    for place, found in read:
        try:
            listed.append(Listed(found, _prove(found, by_country[found.country], work)))
        except NotOwn as error:
            problems.append(Problem(place, error.code, error.sentence, found.subject))
    return listed, problems


def _prove(found: Certificate, others: Iterable[Certificate], work: Work) -> Proof:
    """Who signed a state's certificate: itself, an older key of the state, or nobody here.

    Raises:
        NotOwn: it says by its key identifiers that it signed itself, and did not.
        ChipError: the list has asked for too much.
    """
    if found.self_issued and work.issued(found, found):
        return "self-signed"
    own = found.authority_key_id in ("", found.key_id)
    if found.self_issued and own and found.scheme is not None:
        raise NotOwn("chip.certificate.own")
    for other in others:
        named = not found.authority_key_id or other.key_id == found.authority_key_id
        if named and other is not found and work.issued(other, found):
            return "link"
    return "unproved"
