"""Whom does this revocation list name, is it signed by a trusted state, and is it whole?"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from asn1crypto import crl, pem
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.wording.chips import sentence
from safar.core.errors import RuleBroken
from safar.lib import chip
from safar.lib.chip.revocations import LIMIT

LARGEST: Final = 3 * 1024 * 1024  # bytes of a file: PEM makes a list longer by a third
TOLERANCE: Final = timedelta(hours=1)  # by which a state's clock may be ahead
NO_LIST = _("This is no certificate revocation list, or it is damaged.")


@dataclass(frozen=True)
class RevocationFile:
    """A list whose signature is right; `issuer` is one of the states it was read with."""

    sha256: str
    issuer: chip.Certificate
    issued_at: datetime
    due_at: datetime | None
    serials: tuple[str, ...]


def read_revocation_file(content: bytes, states: Iterable[chip.Certificate]) -> RevocationFile:
    """Read a whole revocation list, DER or PEM, signed by one of the states' certificates.

    Raises:
        RuleBroken: it is none, damaged, signed by none of them, only a part, or dated in the
            future.
    """
    if len(content) > LARGEST:
        raise RuleBroken(_("The file is larger than 3 MB: it is no revocation list."), field="file")
    data = _unarmoured(content)
    try:
        read = chip.read_revocations(data, states)
        issued_at, due_at = _moments(data)
    except chip.ChipError as error:
        said = sentence(error.code, error.params)
        raise RuleBroken(said, field="file", reason=error.code) from error
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise RuleBroken(NO_LIST, field="file") from error
    if issued_at > timezone.now() + TOLERANCE:
        raise RuleBroken(_("The list says that it was issued in the future."), field="file")
    sha256 = hashlib.sha256(data).hexdigest()
    return RevocationFile(sha256, read.issuer, issued_at, due_at, tuple(sorted(read.serials)))


def _unarmoured(content: bytes) -> bytes:
    """The list itself.

    Raises:
        RuleBroken: what says it is PEM is none.
    """
    if content.lstrip()[:10] != b"-----BEGIN":
        return content
    try:
        return bytes(pem.unarmor(content)[2])[: LIMIT + 1]
    except (ValueError, TypeError) as error:
        raise RuleBroken(NO_LIST, field="file") from error


def _moments(data: bytes) -> tuple[datetime, datetime | None]:
    """When the list was issued and when the next one is due, of a list that was read before."""
    body: Any = crl.CertificateList.load(data)["tbs_cert_list"]
    due = body["next_update"].native
    return _in_utc(body["this_update"].native), _in_utc(due) if due else None


def _in_utc(moment: object) -> datetime:
    if not isinstance(moment, datetime):
        raise TypeError("a date")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
