"""Is what was read back of a finished document what should be in it? Each mismatch has a code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from safar.lib import chip, mrz
from safar.lib.chip.groups import gather

FILES: Final = ("COM", "DG1", "DG2", "SOD")
_PERSON: Final = ("surname", "given_names", "birth", "sex", "nationality", "personal_number")
_DOCUMENT: Final = ("document_code", "issuer", "number", "expiry")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`code` with params for its sentence; `chip.*` are those of `safar.lib.chip`."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


def compare_zone(should: Sequence[str], read: str, *, today: date) -> list[Mismatch]:
    """The printed zone as a reader or a person gave it, sign by sign.

    `zone.unreadable`: no zone. `zone.person`: names of another person. `zone.fields`: other
    fields. `zone.check`: nothing but check digits.
    """
    if not read.strip():
        return [Mismatch("zone.missing")]
    found = mrz.read(read, today=today)
    if not found.fields:
        return [Mismatch("zone.unreadable")]
    if list(found.lines) == list(should):
        return []
    wanted = mrz.read(list(should), today=today)
    names = [
        name
        for name in (*_PERSON, *_DOCUMENT)
        if _raw(wanted, name) != _raw(found, name)
    ]  # fmt: skip
    if not names:
        return [Mismatch("zone.check")]
    code = "zone.person" if len(set(names) & set(_PERSON)) > 1 else "zone.fields"
    return [Mismatch(code, {"fields": ", ".join(names)})]


def _raw(reading: mrz.Reading, name: str) -> str:
    found = reading.fields.get(name)
    return found.raw if found else ""


def compare_chip(
    should: Mapping[str, bytes],
    read: Mapping[str, bytes],
    trusted: chip.TrustedStates,
    *,
    zone: Sequence[str],
    issued: date,
    today: date,
) -> list[Mismatch]:
    """The chip's files as they were read back: proved by their signature, and the ones written.

    `should` and `read` by the names that readers give (`EF.SOD`, `DG1.bin`).
    """
    try:
        wanted, given = gather(should)[0], gather(read)[0]
        verdict = chip.verify(read, trusted, on=today, printed=zone, issued=issued)
    except chip.ChipError as problem:
        return [Mismatch(problem.code, dict(problem.params))]
    missing = [_name(group) for group in FILES if group not in given]
    found = [Mismatch("chip.files", {"files": ", ".join(missing)})] if missing else []
    if verdict.outcome != "authentic":
        found += [Mismatch(one.code, dict(one.params)) for one in verdict.findings]
    return found + _others(wanted, given)


def _others(wanted: Mapping[str, bytes], given: Mapping[str, bytes]) -> list[Mismatch]:
    """Files that are whole perhaps, and another document's."""
    codes = {"DG1": "chip.other_zone", "DG2": "chip.other_face"}
    return [
        Mismatch(codes.get(group, "chip.other_file"), {"file": _name(group)})
        for group in FILES
        if group in given and given[group] != wanted.get(group)
    ]


def _name(group: str) -> str:
    return f"EF.{group}"
