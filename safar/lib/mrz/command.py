"""`safar mrz`: what do these zones say, for people at a terminal and for machines?"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import click

from safar.lib.mrz.parsing import read
from safar.lib.mrz.reading import Finding, Reading
from safar.lib.mrz.stream import Block, blocks

_SHOWN = (
    "document_code",
    "issuer",
    "number",
    "nationality",
    "surname",
    "given_names",
    "birth",
    "sex",
    "expiry",
    "personal_number",
    "optional",
)


@click.command(name="mrz")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each document.")
def mrz(file: BinaryIO, as_json: bool) -> None:
    """Read machine readable zones from FILE, or from what is typed or piped.

    One document for each block of lines, with an empty line between two blocks; or JSON lines:
    objects with a key "lines" (a list of lines, or one text).

    Exit status: 0 all zones are sound, 1 one is not or there is none, 2 wrong usage.
    """
    try:
        count, unsound = _answer(file, as_json=as_json)
    except OSError as problem:
        raise click.ClickException(f"Reading or writing failed: {problem.strerror}.") from problem
    if not count:
        click.echo("There was nothing to read: no machine readable zone came.", err=True)
    if unsound or not count:
        sys.exit(1)


def _answer(file: BinaryIO, *, as_json: bool) -> tuple[int, int]:
    """Print each reading; how many there were, and how many of them were not sound."""
    count = unsound = 0
    for reading in _readings(blocks(file)):
        count += 1
        unsound += not reading.sound
        _print(json.dumps(as_dict(reading)) if as_json else table(reading, count))
    return count, unsound


def _readings(found: Iterable[Block]) -> Iterator[Reading]:
    for block in found:
        if block.problem:
            yield Reading(None, False, (), {}, (Finding(block.problem, "", {}),))
        else:
            yield read(block.text)


def _print(text: str) -> None:
    """Print even where the terminal cannot show a sign."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding))


def as_dict(reading: Reading) -> dict[str, object]:
    """A reading as plain data: everything that the table shows, and the places of the fields."""
    return {
        "sound": reading.sound,
        "reason": " ".join(finding.sentence for finding in reading.faults) or None,
        "format": reading.format,
        "lines": list(reading.lines),
        **{name: reading.value(name) or None for name in _SHOWN},
        "issued": str(reading.issued) if reading.issued else None,
        "fields": {
            name: {key: value for key, value in field._asdict().items() if key != "name"}
            for name, field in reading.fields.items()
        },
        "findings": [
            {
                "code": finding.code,
                "field": finding.field or None,
                "weight": finding.weight,
                "sentence": finding.sentence,
                "params": finding.params,
            }
            for finding in reading.findings
        ],
        "check_positions": [position._asdict() for position in reading.check_positions],
        "repair": _repair(reading),
    }


def _repair(reading: Reading) -> dict[str, object] | None:
    repair = reading.repair
    if repair is None:
        return None
    return {
        "lines": list(repair.lines),
        "sound": repair.sound,
        "changes": [change._asdict() for change in repair.changes],
    }


def table(reading: Reading, number: int) -> str:
    """A reading for people: a line for each field, then the findings."""
    verdict = "sound" if reading.sound else "not sound"
    rows = [f"{number}. {reading.format or 'no zone'}: {verdict}"]
    rows += [f"   {line}" for line in reading.lines[:5]]
    for field in reading.fields.values():
        check = {
            "right": "check right",
            "wrong": "check WRONG",
            "absent": "check left out",
        }
        label = field.name.replace("_", " ")
        rows.append(
            f"   {label:<16} {field.value or '-':<32} {check.get(field.check, '')}".rstrip()
        )
    rows += [f"   - {finding.sentence} [{finding.code}]" for finding in reading.findings]
    if reading.repair:
        rows += [f"   perhaps: {line}" for line in reading.repair.lines]
    return "\n".join(rows) + "\n"
