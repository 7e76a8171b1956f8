"""Writes: a document is reported; a second person withdraws the report."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import Report
from safar.control.documents.models import ReportedDocument
from safar.control.documents.policies import not_own_report
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference


@action("documents.report", policies=(role_suffices,))
def report(
    actor: Actor, target: None, *, issuer: str, number: str, kind: Report, reference_text: str
) -> ReportedDocument:
    """Reported a travel document lost, stolen or void."""
    if reference.country(issuer) is None:
        raise RuleBroken(_("This is the code of no issuing state."), field="issuer")
    reported = ReportedDocument(
        issuer=issuer,
        number=number,
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
    if target.withdrawn_at is not None:
        raise InvalidMove(_("This report was withdrawn already."))
    target.withdrawn_at = timezone.now()
    target.withdrawn_by_id = actor.user_id
    target.withdrawal_reason = reason
    target.save()
    return target
