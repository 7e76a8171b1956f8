"""What does a zone say, and does it hold together? The way in is `read`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from safar.lib.mrz import repair
from safar.lib.mrz.catalogue import WEIGHTS
from safar.lib.mrz.draft import Draft
from safar.lib.mrz.fields import add_fields
from safar.lib.mrz.formats import Format, recognise
from safar.lib.mrz.lines import normalise
from safar.lib.mrz.reading import Finding, Reading, Repair
from safar.lib.mrz.shape import padded, shape_findings


def read(source: str | Sequence[str], *, today: date | None = None) -> Reading:
    """Read a zone from text or lines; never raises for text, whatever is in it.

    Lower case, surrounding spaces, control signs of wedge readers, lines run together and
    Cyrillic keyboard layouts are understood and noted; misread signs are only offered as a
    `repair`. `today` decides centuries and expiry, and is the computer's day by default.
    """
    today = today or date.today()
    lines, notes = normalise(source)
    form = recognise(lines)
    if form is None:
        return _misshapen(lines, notes, today)
    reading = _parse(form, lines, notes, today)
    return reading if reading.sound else _with_repair(reading, form, today)


def _parse(
    form: Format, lines: tuple[str, ...], notes: tuple[Finding, ...], today: date
) -> Reading:
    draft = Draft(form, lines, today)
    if notes:
        draft.findings.extend(notes)
    add_fields(draft)
    return draft.reading()


def _misshapen(lines: tuple[str, ...], notes: tuple[Finding, ...], today: date) -> Reading:
    findings = (*shape_findings(lines), *notes)
    reading = Reading(None, False, lines, {}, findings)
    mended = padded(lines) if lines else None
    form = recognise(mended) if mended else None
    if mended is None or form is None:
        return reading
    return _offer(reading, mended, _parse(form, mended, (), today))


def _with_repair(reading: Reading, form: Format, today: date) -> Reading:
    """Offer the first set of lines that is sound, else the class repair if it mends anything."""
    lines = reading.lines
    classed = repair.by_class(form, repair.without_filler_letters(form, lines))
    best = _parse_any(classed, today)
    if not best.sound and any(fault.code == "mrz.check.number" for fault in best.faults):
        best = _number_mended(form, classed, today) or best
    if best.lines == lines or len(best.faults) >= len(reading.faults):
        return reading
    return _offer(reading, best.lines, best)


def _number_mended(form: Format, lines: tuple[str, ...], today: date) -> Reading | None:
    """The only reading that is sound with one sign of the number swapped, else with two.

    Several sound ones are none: a guess between them would be ours, not the officer's.
    """
    for count in (1, 2):
        variants = repair.number_variants(form, lines, count)
        sound = [found for rows in variants if (found := _parse_any(rows, today)).sound]
        if sound:
            return sound[0] if len(sound) == 1 else None
    return None


def _parse_any(lines: tuple[str, ...], today: date) -> Reading:
    form = recognise(lines)
    return _parse(form, lines, (), today) if form else Reading(None, False, lines, {}, ())


def _offer(reading: Reading, lines: tuple[str, ...], mended: Reading) -> Reading:
    changes = repair.changes(reading.lines, lines)
    offered = Finding("mrz.repair.offered", "", {"count": len(changes)})
    findings = sorted((*reading.findings, offered), key=lambda found: -WEIGHTS[found.code])
    return replace(reading, findings=tuple(findings), repair=Repair(lines, changes, mended.sound))
