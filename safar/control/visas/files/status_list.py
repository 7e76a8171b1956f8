"""The list of visas as one file: what it says, and whether it is whole and from whom it claims.

JSON lines: a head (format, version, origin, time, count, SHA-256 of the body), the body, and a
last line with the signature of a seal signer over the head. Posts believe nothing unsigned.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.control.visas.choices.issued import ListedAs
from safar.core import node
from safar.core.errors import RuleBroken
from safar.lib.seal import Known, SealError, Signer, Signers, read_certificate

FORMAT: Final = "safar visa list 1"
LARGEST: Final = 200_000_000  # bytes
_BROKEN = _("This file is no list of visas, or it is damaged.")
_UNSIGNED = _("Nobody whom this post trusts has signed this list.")
_DOMAIN: Final = b"safar visa list\n"  # so that no signature of a seal can stand in for one


@dataclass(frozen=True)
class Listed:
    """A number that must not pass, why, and since when."""

    number: str
    listed_as: str
    since: date | None


@dataclass(frozen=True)
class StatusList:
    """A version of the list. `certificates`: DER of signers, with the day of their revocation."""

    version: int
    origin: str
    made_at: datetime
    numbers: Sequence[Listed]
    certificates: Sequence[tuple[bytes, date | None]]
    sha256: str = ""


def write(status: StatusList, signer: Signer, certificate: bytes) -> bytes:
    """The file, signed; `certificate` is the signer's, in DER."""
    body = b"".join(_line(row) for row in _rows(status))
    head = _line(
        {
            "format": FORMAT,
            "version": status.version,
            "origin": status.origin,
            "made_at": status.made_at.isoformat(),
            "rows": len(status.numbers),
            "sha256": hashlib.sha256(body).hexdigest(),
        }
    )
    signature = {
        "certificate": certificate.hex(),
        "signature": signer.sign(_DOMAIN + head).hex(),
    }
    return head + body + _line(signature)


def read(data: bytes, signers: Signers, *, today: date) -> StatusList:
    """The list in a file.

    Raises:
        RuleBroken: it is damaged, or signed by nobody whom `signers` hold, or who was revoked.
    """
    if len(data) > LARGEST:
        raise RuleBroken(_BROKEN, field="file")
    try:
        head_line, body, last = _parts(data)
        head, signature = json.loads(head_line), json.loads(last)
        _refuse_unsigned(head_line, signature, signers, today)
        if head["format"] != FORMAT or head["sha256"] != hashlib.sha256(body).hexdigest():
            raise RuleBroken(_BROKEN, field="file")
        return _status(head, [json.loads(line) for line in body.splitlines()])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise RuleBroken(_BROKEN, field="file") from None


def _rows(status: StatusList) -> Iterable[dict[str, Any]]:
    for row in status.numbers:
        yield {"n": row.number, "as": row.listed_as, "since": _day(row.since)}
    for der, revoked in status.certificates:
        yield {"certificate": der.hex(), "revoked": _day(revoked)}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, separators=(",", ":")).encode() + b"\n"


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    end_of_head = data.index(b"\n") + 1
    start_of_last = data.rindex(b"\n", 0, len(data) - 1) + 1
    if start_of_last < end_of_head:
        raise ValueError
    return data[:end_of_head], data[end_of_head:start_of_last], data[start_of_last:]


def _refuse_unsigned(head: bytes, said: dict[str, Any], signers: Signers, today: date) -> None:
    """The signer's certificate comes along, so that a post takes a list from a new key too.

    Of this state's signers of visas alone: another state's, and a signer of passports, are known
    to a post for what they seal, not for what must not pass here.
    """
    try:
        certificate = read_certificate(bytes.fromhex(said["certificate"]))
    except SealError:
        raise RuleBroken(_UNSIGNED, field="file") from None
    known = signers.accept(certificate)
    if known is None or known.certificate.key is None or not _in_force(known, today):
        raise RuleBroken(_UNSIGNED, field="file")
    if certificate.country != node.country() or not certificate.may_sign("V"):
        raise RuleBroken(_UNSIGNED, field="file")
    if not known.certificate.key.is_right(bytes.fromhex(said["signature"]), _DOMAIN + head):
        raise RuleBroken(_UNSIGNED, field="file")


def _in_force(known: Known, today: date) -> bool:
    revoked = known.revoked_on is not None and known.revoked_on <= today
    return not revoked and known.certificate.valid_from <= today <= known.certificate.valid_until


def _status(head: dict[str, Any], rows: list[dict[str, Any]]) -> StatusList:
    return StatusList(
        version=int(head["version"]),
        origin=str(head["origin"])[:40],
        made_at=datetime.fromisoformat(head["made_at"]),
        numbers=[
            Listed(str(row["n"])[:9], ListedAs(row["as"]).value, _read_day(row["since"]))
            for row in rows
            if "n" in row
        ],
        certificates=[
            (bytes.fromhex(row["certificate"]), _read_day(row["revoked"]))
            for row in rows
            if "certificate" in row
        ],
        sha256=str(head["sha256"]),
    )


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
