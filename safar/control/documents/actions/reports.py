"""Writes: a document is reported, a list of reports imported; a second person withdraws one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import Report
from safar.control.documents.models import ReportedDocument
from safar.control.documents.policies import not_own_report
from safar.control.documents.rules import in_standard_form, is_number
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import Actor
from safar.reference import queries as reference

STAGE = """
CREATE TEMPORARY TABLE documents_import (
    id uuid NOT NULL, line integer NOT NULL, issuer text NOT NULL, number text NOT NULL,
    report text NOT NULL, reference text NOT NULL
)
"""
COPY = "COPY documents_import (id, line, issuer, number, report, reference) FROM STDIN"
TWICE = """
SELECT max(line), min(line) FROM documents_import
GROUP BY issuer, number HAVING count(*) > 1 ORDER BY 1 LIMIT 1
"""
ADD = """
INSERT INTO documents_reporteddocument
    (id, issuer, number, report, reference, reported_at, reported_by_id, withdrawal_reason)
SELECT id, issuer, number, report, reference, %s, %s, '' FROM documents_import i
WHERE NOT EXISTS (
    SELECT FROM documents_reporteddocument w WHERE w.number = i.number AND w.issuer = i.issuer
    AND w.withdrawn_at IS NOT NULL AND w.reference = i.reference
)
ORDER BY line
ON CONFLICT (number, issuer) WHERE withdrawn_at IS NULL DO NOTHING
"""


@dataclass(frozen=True)
class Imported:
    """How many documents the file named, how many were added, how many were reported already."""

    read: int
    added: int

    @property
    def known(self) -> int:
        return self.read - self.added


@action("documents.report", policies=(role_suffices,))
def report(
    actor: Actor, target: None, *, issuer: str, number: str, kind: Report, reference_text: str
) -> ReportedDocument:
    """Reported a travel document lost, stolen or void

    Raises:
        RuleBroken: the issuer is none, or the number is no document's.
        InvalidMove: it is reported already.
    """
    state = reference.country(issuer)
    if state is None:
        raise RuleBroken(_("This is the code of no issuing state."), field="issuer")
    if not is_number(in_standard_form(number)):
        raise RuleBroken(_("A document number has letters A to Z and digits only."), field="number")
    reported = ReportedDocument(
        issuer=state.code,
        number=in_standard_form(number),
        report=kind,
        reference=reference_text,
        reported_at=timezone.now(),
        reported_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            reported.save(force_insert=True)
    except IntegrityError:
        raise InvalidMove(_("This document is reported already."), field="number") from None
    note(report=str(kind))
    return reported


@action("documents.withdraw", policies=(not_own_report,))
def withdraw(actor: Actor, target: ReportedDocument, *, reason: str) -> ReportedDocument:
    """Withdrew the report on a travel document."""
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    if target.withdrawn_at is not None:
        raise InvalidMove(_("This report was withdrawn already."))
    target.withdrawn_at = timezone.now()
    target.withdrawn_by_id = actor.user_id
    target.withdrawal_reason = reason
    target.save()
    return target


@action("documents.import_reports", policies=(role_suffices,))
def import_reports(
    actor: Actor, target: None, *, rows: Iterable[tuple[int, list[str]]]
) -> Imported:
    """Imported a list of reported documents, whole or not at all.

    Args:
        rows: line number, and issuer, number, report, reference, checked: see `files.reports`.

    Raises:
        RuleBroken: a row is wrong, or a document stands in the file twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        read = _staged(cursor, rows)
        cursor.execute(TWICE)
        if twice := cursor.fetchone():
            text = _("Line {line}: this document stands in line {first} too. Nothing was changed.")
            raise RuleBroken(text.format(line=twice[0], first=twice[1]), line=twice[0])
        cursor.execute(ADD, [timezone.now(), actor.user_id])
        done = Imported(read, cursor.rowcount)
        cursor.execute("DROP TABLE documents_import")
    note(read=done.read, added=done.added)
    return done


def _staged(cursor: Any, rows: Iterable[tuple[int, list[str]]]) -> int:
    count = 0
    with cursor.copy(COPY) as copy:
        for line, row in rows:
            copy.write_row((uuid7(), line, *row))
            count += 1
    return count
