"""What do the data groups hold, whether or not it is what was signed?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from safar.lib.chip.details import Holder, Issue, read_holder, read_issue
from safar.lib.chip.errors import ChipError
from safar.lib.chip.face import Face, read_face
from safar.lib.chip.finding import Finding, because
from safar.lib.chip.groups import cut
from safar.lib.chip.zone import judge_zone
from safar.lib.mrz import Reading

T = TypeVar("T")


@dataclass(slots=True)
class Contents:
    """The files cut to their own bytes, and what was read of them."""

    files: dict[str, bytes]
    findings: list[Finding] = field(default_factory=list)
    zone: Reading | None = None
    face: Face | None = None
    holder: Holder | None = None
    issue: Issue | None = None


def read_contents(given: Mapping[str, bytes], on: date) -> Contents:
    """Read DG1, DG2, DG11 and DG12; what cannot be read is a finding."""
    found = Contents({})
    for group, data in given.items():
        _cut(found, group, data)
    if "DG1" in found.files or "DG1" not in given:
        found.zone, said = judge_zone(found.files.get("DG1"), on)
        found.findings += said
    found.face = _try(found, "chip.face.broken", "DG2", read_face)
    found.holder = _try(found, "chip.details.broken", "DG11", read_holder)
    found.issue = _try(found, "chip.details.broken", "DG12", read_issue)
    _compare_births(found)
    return found


def _cut(found: Contents, group: str, data: bytes) -> None:
    try:
        raw, more = cut(group, data)
    except ChipError as error:
        code = "chip.sod.broken" if group == "SOD" else "chip.group.broken"
        found.findings.append(because(code, group, error))
        return
    found.files[group] = raw
    if more:
        found.findings.append(Finding("chip.trailing", group, {"group": group}))


def _try(found: Contents, code: str, group: str, read: Callable[[bytes], T]) -> T | None:
    if group not in found.files:
        return None
    try:
        return read(found.files[group])
    except ChipError as error:
        found.findings.append(because(code, group, error))
        return None


def _compare_births(found: Contents) -> None:
    first = found.zone.birth if found.zone else None
    second = found.holder.birth if found.holder else None
    if first and second and not first.agrees(second):
        params: dict[str, str | int] = {"first": str(first), "second": str(second)}
        found.findings.append(Finding("chip.dg11.birth", "DG11", params))
