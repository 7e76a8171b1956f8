"""Writes: a run of stolen blanks is reported; a second person withdraws the report."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import Int8Range

from safar.control.documents.actions.turns import one_at_a_time
from safar.control.documents.choices import SPAN
from safar.control.documents.models import ReportedBatch
from safar.control.documents.policies import not_own_report
from safar.control.documents.queries import batch_between
from safar.control.documents.rules import in_standard_form, span_of
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference


@action("documents.report_batch", policies=(role_suffices,))
def report_batch(
    actor: Actor,
    target: None,
    *,
    issuer: str,
    kind: str,
    first: str,
    last: str,
    reference_text: str,
) -> ReportedBatch:
    """Reported a batch of stolen blanks; every booth holds their numbers from now on

    Raises:
        RuleBroken: the issuer is none, or the numbers make no run.
        InvalidMove: the same run is reported already.
    """
    state = reference.country(issuer)
    if state is None:
        raise RuleBroken(_("This is the code of no issuing state."), field="issuer")
    issuer = state.code
    first, last = in_standard_form(first), in_standard_form(last)
    try:
        begin, end = span_of(first, last)
    except ValueError as error:
        raise RuleBroken(SPAN[str(error)], field="last") from None
    one_at_a_time("batches")
    if batch_between(issuer, first, last):
        raise InvalidMove(_("This batch is reported already."), field="first")
    batch = ReportedBatch.objects.create(
        issuer=issuer,
        kind=kind,
        first=first,
        last=last,
        prefix=begin.prefix,
        width=begin.width,
        serials=Int8Range(begin.serial, end.serial + 1),
        reference=reference_text,
        reported_at=timezone.now(),
        reported_by_id=actor.user_id,
    )
    note(issuer=issuer, blanks=batch.blanks)
    return batch


@action("documents.withdraw_batch", policies=(not_own_report,))
def withdraw_batch(actor: Actor, target: ReportedBatch, *, reason: str) -> ReportedBatch:
    """Withdrew the report on a batch of stolen blanks"""
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    if target.withdrawn_at is not None:
        raise InvalidMove(_("This report was withdrawn already."))
    target.withdrawn_at = timezone.now()
    target.withdrawn_by_id = actor.user_id
    target.withdrawal_reason = reason.strip()[:200]
    target.save()
    return target
