"""What the booths are told of a document, in the transaction that ended it.

Whoever may cancel a passport reports it by that: the permission to report any document is not
needed.
"""

from dataclasses import replace
from uuid import UUID

from safar.control.documents import actions as documents
from safar.control.documents.choices import Report
from safar.control.documents.models import ReportedDocument
from safar.control.passports.models.passports import Passport
from safar.control.passports.queries.making import is_reported
from safar.core import node
from safar.core.permissions import Actor


def report(actor: Actor, passport: Passport, kind: Report) -> UUID | None:
    """Report a document; the report's key, or None where somebody has reported it before."""
    if is_reported(passport):
        return None
    told = documents.report(
        _lent(actor, "documents.report"),
        None,
        issuer=node.country(),
        number=passport.number,
        kind=kind,
        reference_text=f"passports {passport.number}",
    )
    return told.pk


def report_void(actor: Actor, passport: Passport) -> UUID | None:
    return report(actor, passport, Report.VOID)


def withdraw(actor: Actor, key: UUID, *, reason: str) -> None:
    """Withdraw a report, as another person than the one who made it."""
    held = ReportedDocument.objects.get(pk=key)
    if held.withdrawn_at is None:
        documents.withdraw(_lent(actor, "documents.withdraw"), held, reason=reason)


def _lent(actor: Actor, permission: str) -> Actor:
    return replace(actor, permissions=actor.permissions | {permission})
