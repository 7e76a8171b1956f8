"""`safar chip`: is this chip authentic, and what does a master list hold?"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from safar.lib.chip.errors import ChipError
from safar.lib.chip.finding import Finding
from safar.lib.chip.folder import read_file, read_folder, read_revoked, read_trust
from safar.lib.chip.master_list import LIMIT, MasterList, read_master_list
from safar.lib.chip.revocations import Revocations
from safar.lib.chip.trust import TrustedStates
from safar.lib.chip.verdict import ChipVerdict
from safar.lib.chip.verifying import verify

T = TypeVar("T")
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(name="chip")
def chip() -> None:
    """Chips of travel documents, and the certificates of states."""


@chip.command(name="verify")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--trust", multiple=True, type=_FILE, help="A state's certificate or a master list.")
@click.option("--revoked", multiple=True, type=_FILE, help="A state's revocation list.")
@click.option("--zone", help="The printed machine zone, its lines separated by commas.")
@click.option("--issued", type=_DAY, help="The printed date of issue, as 2026-11-22.")
@click.option("--on", "day", type=_DAY, help="The day of the inspection; today where left out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def verify_folder(
    folder: Path,
    trust: tuple[Path, ...],
    revoked: tuple[Path, ...],
    zone: str | None,
    issued: datetime | None,
    day: datetime | None,
    as_json: bool,
) -> None:
    """Judge what a reader took from a chip into DIR: EF.SOD, DG1.bin and so on.

    Exit status: 0 authentic, 1 not, or not to be judged, 2 wrong usage.
    """
    states, signed = _or_usage(lambda: read_trust(trust))
    lists = _or_usage(lambda: read_revoked(revoked, states))
    trusted = TrustedStates(states, (each for one in lists for each in one.revoked))
    for master in signed:
        _or_usage(partial(master.check_signer, trusted))
    files = _or_usage(lambda: read_folder(folder))
    on = day.date() if day else date.today()
    verdict = _or_usage(
        lambda: verify(
            files,
            trusted,
            on=on,
            printed=zone.split(",") if zone else None,
            issued=issued.date() if issued else None,
        )
    )
    verdict = replace(verdict, findings=(*verdict.findings, *_overdue(verdict, lists, on)))
    _print(json.dumps(as_dict(verdict)) if as_json else _told(verdict))
    sys.exit(0 if verdict.authentic else 1)


def _overdue(verdict: ChipVerdict, lists: list[Revocations], on: date) -> Iterator[Finding]:
    """A note where the newest list given of the signer's state was to be replaced before the day."""
    country = verdict.signer.country if verdict.signer else ""
    of_state = [each for each in lists if each.issuer.country == country]
    newest = max(of_state, key=lambda each: each.issued, default=None)
    if newest and newest.next and newest.is_overdue(on):
        params: dict[str, str | int] = {"country": country, "day": newest.next.isoformat()}
        yield Finding("chip.crl.overdue", "SOD", params)


@chip.command(name="list")
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def show_list(file: Path, as_json: bool) -> None:
    """Verify a master list and show its certificates; this trusts none of them.

    Exit status: 0 the list is rightly signed, 1 it is not or cannot be read, 2 wrong usage.
    """
    try:
        found = read_master_list(_read_list(file))
    except ChipError as error:
        _print(
            json.dumps({"code": error.code, "reason": error.sentence}) if as_json else str(error)
        )
        sys.exit(1)
    _print(json.dumps(list_as_dict(found)) if as_json else _list_told(found))


def _read_list(file: Path) -> bytes:
    try:
        return read_file(file, LIMIT)
    except OSError as problem:
        raise click.UsageError(f"Reading failed: {problem.strerror}.") from problem


def _or_usage(read: Callable[[], T]) -> T:
    """What was read; files that cannot be are wrong usage."""
    try:
        return read()
    except ChipError as error:
        raise click.UsageError(error.sentence) from error
    except OSError as problem:
        raise click.UsageError(f"Reading failed: {problem.strerror}.") from problem


def _print(text: str) -> None:
    """Print even where the terminal cannot show a sign."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding))


def as_dict(verdict: ChipVerdict) -> dict[str, object]:
    """A verdict as plain data; of the picture only its kind and size."""
    face, holder, issue = verdict.face, verdict.holder, verdict.issue
    return {
        "authentic": verdict.authentic,
        "outcome": verdict.outcome,
        "findings": [each.as_dict() for each in verdict.findings],
        "groups": dict(verdict.groups),
        "signer": verdict.signer.as_dict() if verdict.signer else None,
        "root": verdict.root.as_dict() if verdict.root else None,
        "zone": list(verdict.zone.lines) if verdict.zone else None,
        "face": {
            "media_type": face.media_type,
            "bytes": len(face.image),
            "width": face.width,
            "height": face.height,
        }
        if face
        else None,
        "full_name": holder.full_name if holder else None,
        "personal_number": holder.personal_number if holder else None,
        "birth": str(holder.birth) if holder and holder.birth else None,
        "authority": issue.authority if issue else None,
        "issued": str(issue.issued) if issue and issue.issued else None,
    }


_WORDS = {
    "authentic": "Authentic: the issuing state signed what is on this chip.",
    "doubtful": "Doubtful: the signature holds, but look at the findings.",
    "unjudged": "Cannot be judged: this proves nothing either way.",
    "refused": "Not authentic.",
}


def _told(verdict: ChipVerdict) -> str:
    rows = [_WORDS[verdict.outcome]]
    rows += [f"   {line}" for line in (verdict.zone.lines if verdict.zone else ())]
    rows += [f"   {name:<5} {state}" for name, state in verdict.groups.items()]
    if verdict.signer:
        rows.append(f"   signer  {verdict.signer.subject}")
    if verdict.root:
        rows.append(f"   state   {verdict.root.subject}")
    rows += [f"   - {each.sentence} [{each.code}]" for each in verdict.findings]
    return _shown(rows)


def _shown(rows: Iterable[str]) -> str:
    """Rows for a terminal: what a certificate says of itself must not steer it."""
    return "\n".join("".join(s if s.isprintable() else "?" for s in row) for row in rows)


def list_as_dict(found: MasterList) -> dict[str, object]:
    """A master list as plain data."""
    return {
        "signed_by": {
            "signer": found.signed_by.signer.as_dict(),
            "root": found.signed_by.root.as_dict(),
        },
        "count": len(found.certificates),
        "countries": found.countries,
        "certificates": [
            {**each.certificate.as_dict(), "proof": each.proof} for each in found.certificates
        ],
        "problems": [
            {
                "place": each.place,
                "code": each.code,
                "sentence": each.sentence,
                "subject": each.subject or None,
            }
            for each in found.problems
        ],
    }


def _list_told(found: MasterList) -> str:
    rows = [
        f"Signed by {found.signed_by.signer.subject}",
        f"   under {found.signed_by.root.subject}, {found.signed_by.root.fingerprint}",
        f"{len(found.certificates)} certificates of {len(found.countries)} states",
    ]
    for each in found.certificates:
        held = each.certificate
        rows.append(f"   {held.country} {held.first} {held.last} {each.proof:<11} {held.subject}")
    rows += [f"   - no. {each.place}: {each.sentence} [{each.code}]" for each in found.problems]
    return _shown(rows)
