"""Does the chip's machine zone hold, agree with the printed one, and name the signer's state?"""

from collections.abc import Sequence
from datetime import date

from safar.lib.chip.certificates import Certificate
from safar.lib.chip.errors import ChipError
from safar.lib.chip.finding import Finding, because
from safar.lib.chip.groups import read_zone
from safar.lib.chip.states import stands_for
from safar.lib.mrz import Reading, read

Printed = str | Sequence[str] | Reading


def judge_zone(data: bytes | None, on: date) -> tuple[Reading | None, list[Finding]]:
    """DG1 read as a machine zone; its own faults are named in one finding."""
    if data is None:
        return None, [Finding("chip.dg1.missing", "DG1", {})]
    try:
        zone = read(read_zone(data), today=on)
    except ChipError as error:
        return None, [because("chip.group.broken", "DG1", error)]
    if zone.sound:
        return zone, []
    why = " ".join(fault.sentence for fault in zone.faults)
    codes = " ".join(fault.code for fault in zone.faults)
    return zone, [Finding("chip.mrz.unsound", "DG1", {"why": why, "why_code": codes})]


def compare_printed(zone: Reading, printed: Printed, on: date) -> list[Finding]:
    """The chip's zone against the printed one, sign by sign.

    Where the printed zone is unsound it was probably misread, and that is said instead.
    """
    other = printed if isinstance(printed, Reading) else read(printed, today=on)
    if other.lines == zone.lines:
        return []
    names = [
        name.replace("_", " ")
        for name in zone.fields
        if name not in other.fields or zone.fields[name].raw != other.fields[name].raw
    ]
    fields = ", ".join(names) or "check digits"
    code = "chip.mrz.differs" if other.sound else "chip.mrz.misread"
    return [Finding(code, "DG1", {"fields": fields})]


def compare_country(zone: Reading, signer: Certificate) -> list[Finding]:
    """The issuing state in the zone against the country of the signer's certificate."""
    stands = stands_for(signer.country, zone.issuer) if signer.country else None
    params: dict[str, str | int] = {
        "issuer": zone.issuer or "?",
        "country": signer.country or "?",
    }
    if stands is None:
        return [Finding("chip.country.unlisted", "DG1", params)]
    return [] if stands else [Finding("chip.country.differs", "DG1", params)]
