"""Which signers did a state revoke? Its certificate revocation list (ICAO Doc 9303-12 §7.1.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from asn1crypto import algos, core, x509

from safar.lib.chip import der
from safar.lib.chip.certificates import Certificate, day_of
from safar.lib.chip.errors import ChipError
from safar.lib.chip.keys import scheme_of
from safar.lib.chip.trust import Revoked

LIMIT: Final = 2 * 1024 * 1024
"""Bytes of a revocation list at most."""
_ENTRIES = 20_000
_TRIED = 60
_EXTENSIONS = 0xA0
_MOST_EXTENSIONS = 20
_TIMES = {0x17: core.UTCTime, 0x18: core.GeneralizedTime}


@dataclass(frozen=True, slots=True)
class Revocations:
    """A list whose signature is right. `next` is when a newer one is due, where it says so."""

    issuer: Certificate
    issued: date
    next: date | None
    serials: frozenset[str]

    @property
    def revoked(self) -> frozenset[Revoked]:
        """As `TrustedStates` takes them."""
        issuer = self.issuer
        return frozenset(Revoked(issuer.country, issuer.subject_name, one) for one in self.serials)

    def is_overdue(self, on: date) -> bool:
        """Whether a newer list was promised for before a day."""
        return self.next is not None and self.next < on


def read_revocations(data: bytes, states: Iterable[Certificate]) -> Revocations:
    """Read a revocation list (DER) and verify it with one of the states' certificates.

    Raises:
        ChipError: too large, broken, signed by none of the certificates, or only a part of what
            the state revoked: a critical extension says so (RFC 5280 §5.2, §5.3).
    """
    der.within(data, LIMIT, "The revocation list")
    rows = list(der.parts(der.whole(data, 0x30, "a revocation list").value, 3))
    if [row.tag for row in rows] != [0x30, 0x30, 0x03] or not rows[2].value.startswith(b"\x00"):
        raise ChipError("chip.der.shape", what="a revocation list")
    body = list(der.parts(rows[0].value, 7))
    if body and body[0].tag == 0x02:
        body = body[1:]
    if len(body) < 3 or [row.tag for row in body[:2]] != [0x30, 0x30]:
        raise ChipError("chip.der.shape", what="a revocation list")
    issuer = _issuer(rows, body[1], states)
    _refuse_part(body[3:])
    due = _day(body[3]) if len(body) > 3 and body[3].tag in _TIMES else None
    return Revocations(issuer, _day(body[2]), due, _serials(body[3:]))


def _issuer(rows: list[der.Part], name: der.Part, states: Iterable[Certificate]) -> Certificate:
    der.check(name.raw)
    der.check(rows[1].raw)
    with der.reading("a revocation list"):
        named = x509.Name.load(name.raw).hashable
        scheme = scheme_of(algos.SignedDigestAlgorithm.load(rows[1].raw))
    fitting = [each for each in states if each.subject_name == named]
    for state in fitting[:_TRIED]:
        try:
            state.key.check(scheme, rows[2].value[1:], rows[0].raw)
        except ChipError:
            continue
        return state
    raise ChipError("chip.crl.issuer")


def _day(found: der.Part) -> date:
    if found.tag not in _TIMES:
        raise ChipError("chip.der.shape", what="a date")
    with der.reading("a date"):
        return day_of(_TIMES[found.tag].load(found.raw).native)


def _refuse_part(rows: list[der.Part]) -> None:
    for row in rows:
        if row.tag == _EXTENSIONS:
            _refuse_critical(der.whole(row.value, 0x30, "the extensions").value)


def _refuse_critical(extensions: bytes) -> None:
    """A delta list, one of some reasons or kinds only, one of another issuer's certificates."""
    for extension in der.parts(extensions, _MOST_EXTENSIONS):
        said = list(der.parts(extension.value, 3))
        if len(said) == 3 and said[1].tag == 0x01 and said[1].value != b"\x00":
            raise ChipError("chip.crl.part")


def _serials(rows: list[der.Part]) -> frozenset[str]:
    """Serial numbers in hexadecimal; a list without entries leaves that part out."""
    listed = next((row for row in rows if row.tag == 0x30), None)
    if listed is None:
        return frozenset()
    return frozenset(_serial(entry) for entry in der.parts(listed.value, _ENTRIES))


def _serial(entry: der.Part) -> str:
    number = der.part(entry.value)
    if entry.tag != 0x30 or number.tag != 0x02 or not 1 <= len(number.value) <= 64:
        raise ChipError("chip.der.shape", what="a revocation list")
    day = der.part(entry.value, number.end)
    if day.end < len(entry.value):  # whose certificate it is may be said there: an indirect list
        _refuse_critical(der.part(entry.value, day.end).value)
    return f"{int.from_bytes(number.value, 'big', signed=True):x}"
