"""Certificates of states, by state and one by one, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.documents.files.certificates import CertificateFile
from safar.control.documents.queries import StateCount, known_certificates
from safar.control.documents.wording.chips import sentence
from safar.lib.chip.states import COUNTRIES
from safar.reference import queries as reference


@dataclass(frozen=True)
class StateLine:
    """A state, and how many of its certificates count."""

    country: str
    name: str
    trusted: int
    waiting: int
    distrusted: int
    says: str


@dataclass(frozen=True)
class DryRun:
    """What a file would put forward, if it was handed in."""

    is_list: bool
    signed_by: str
    root: str
    root_sha256: str
    read: int
    fresh: int
    known: int
    states: tuple[tuple[str, int], ...]
    problems: tuple[tuple[int, str, str], ...]


def state_of(country: str) -> str:
    """The name of the state whose certificates bear these two letters."""
    code = next((issuer for issuer, pairs in COUNTRIES.items() if country in pairs), "")
    found = reference.country(code) if code else None
    return str(found.name) if found else country


def state_lines(counts: Iterable[StateCount]) -> list[StateLine]:
    """Each state of which something is held; those that are trusted first, then by name."""
    lines = [_line(row) for row in counts]
    return sorted(lines, key=lambda line: (not line.trusted, not line.waiting, line.name))


def states_without(counts: Iterable[StateCount]) -> list[str]:
    """The names of all other states of the world: their chips cannot be judged."""
    held = {row.country for row in counts}
    known = {row.code for row in reference.countries()}
    codes = {pairs[0] for issuer, pairs in COUNTRIES.items() if issuer in known} - held
    return sorted(map(state_of, codes))


def _line(row: StateCount) -> StateLine:
    text = ngettext("%d certificate is trusted", "%d certificates are trusted", row.trusted)
    none = _("No certificate of this state is trusted: its chips cannot be judged")
    says = text % row.trusted if row.trusted else none
    name = state_of(row.country)
    return StateLine(row.country, name, row.trusted, row.waiting, row.distrusted, says)


def dry_run(read: CertificateFile) -> DryRun:
    """A file as it was read, beside what is held already. Nothing is kept of it."""
    fingerprints = [each.certificate.fingerprint for each in read.listed]
    known = len(known_certificates(fingerprints))
    count: dict[str, int] = {}
    for each in read.listed:
        country = each.certificate.country
        count[country] = count.get(country, 0) + 1
    signed = read.signed_by
    return DryRun(
        is_list=signed is not None,
        signed_by=signed.signer.subject if signed else "",
        root=signed.root.subject if signed else "",
        root_sha256=signed.root.fingerprint if signed else fingerprints[0],
        read=len(fingerprints) + len(read.problems),
        fresh=len(fingerprints) - known,
        known=known,
        states=tuple(sorted((state_of(code), number) for code, number in count.items())),
        problems=problems([{"place": p.place, "code": p.code, "subject": p.subject, "sentence": p.sentence} for p in read.problems]),
    )  # fmt: skip


def problems(rows: Iterable[dict[str, object]]) -> tuple[tuple[int, str, str], ...]:
    """The certificates of a list that were left out: place, name, why."""
    return tuple(
        (int(str(row["place"])), str(row["subject"]), _why(str(row["code"]), str(row["sentence"])))
        for row in rows
    )


def _why(code: str, english: str) -> str:
    """The reason in the page's language; in English, where it holds values that were not kept."""
    try:
        return sentence(code, {})
    except KeyError:
        return english


def in_pairs(fingerprint: str) -> str:
    """A fingerprint as people compare it: in groups of four signs."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
