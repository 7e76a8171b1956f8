"""Agreeing to what a colleague prepared: one person acts once, whoever prepared it included.

No role, no setting and no order of steps lets anybody act twice on the same subject; the
database refuses it as well (`approval_one_person_acts_once`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import money_flow, signatures
from safar.assistance.cases.choices.money import ApprovalStatus, StepDecision, StepKind
from safar.assistance.cases.models import Approval, ApprovalStep, Case
from safar.assistance.cases.policies import acted_before, in_sight, still_open
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor, require
from safar.core.workflow import NOT_NOW

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Follow = Callable[[Actor, Approval, str], None]


@dataclass(frozen=True)
class Subject:
    """A kind of record that waits for agreement.

    Args:
        code: what approvals keep, and the relation from the approval to the subject.
        follow: what becomes of the subject after each step, with the reason of a refusal.
        page: the URL name of the subject's page, with its key.
    """

    code: str
    name: "StrOrPromise"
    follow: Follow
    page: str


_SUBJECTS: dict[str, Subject] = {}


def register(subject: Subject) -> Subject:
    """Make a kind of subject known; the module of its actions does so when it is loaded."""
    _SUBJECTS[subject.code] = subject
    return subject


def subject_of(approval: Approval) -> Subject:
    return _SUBJECTS[approval.subject]


def prepare(
    actor: Actor,
    case: Case,
    *,
    subject: str,
    amount: Decimal | None = None,
    currency: str = "",
    comment: str = "",
) -> Approval:
    """Write an approval with its preparer's own step; for use inside the action that prepares.

    Raises:
        RuleBroken: no thresholds are declared for the currency.
    """
    rules = signatures.in_force()
    needs = rules.needs(amount, currency)
    approval = Approval.objects.create(
        case=case,
        subject=_SUBJECTS[subject].code,
        needs=list(needs),
        waits_for=needs[0],
        amount=amount,
        currency=currency,
        rule=rules.source,
    )
    _step(actor, approval, StepKind.PREPARE, comment)
    return approval


@action("cases.verify", policies=(in_sight, still_open, acted_before))
def verify(actor: Actor, approval: Approval, *, comment: str = "") -> Approval:
    """Sign that the facts and papers behind it are right."""
    return _sign(actor, approval, StepKind.VERIFY, comment)


@action("cases.approve", policies=(in_sight, still_open, acted_before))
def approve(actor: Actor, approval: Approval, *, comment: str = "") -> Approval:
    """Agree to what a colleague prepared."""
    return _sign(actor, approval, StepKind.APPROVE, comment)


@action("cases.authorise", policies=(in_sight, still_open, acted_before))
def authorise(actor: Actor, approval: Approval, *, comment: str = "") -> Approval:
    """Agree to an amount that needs one person more."""
    return _sign(actor, approval, StepKind.AUTHORISE, comment)


@action("cases.release", policies=(in_sight, still_open, acted_before))
def release(actor: Actor, approval: Approval, *, comment: str = "") -> Approval:
    """Let what others prepared and agreed to be paid out."""
    return _sign(actor, approval, StepKind.RELEASE, comment)


SIGN = {
    StepKind.VERIFY: verify,
    StepKind.APPROVE: approve,
    StepKind.AUTHORISE: authorise,
    StepKind.RELEASE: release,
}


@action("cases.decline", policies=(in_sight, acted_before))
def decline(actor: Actor, approval: Approval, *, reason: str) -> Approval:
    """Decline what a colleague prepared, at the step that is one's own to sign.

    Raises:
        NotAllowed: the step that it waits for is not hers.
        RuleBroken: no reason.
    """
    kind = StepKind(approval.waits_for) if approval.waits_for else None
    if kind is None:
        raise InvalidMove(NOT_NOW, status=approval.status)
    require(actor, f"cases.{kind}")
    _step(actor, approval, kind, _given(reason), StepDecision.DECLINED)
    return _ended(actor, approval, "decline", reason)


@action("cases.withdraw", policies=(in_sight,))
def withdraw(actor: Actor, approval: Approval, *, reason: str) -> Approval:
    """Take back what was prepared, also when all have agreed, as long as nothing came of it.

    Raises:
        InvalidMove: it was declined or withdrawn, or what it was for has been done.
        RuleBroken: no reason.
    """
    return _ended(actor, approval, "withdraw", _given(reason))


def _sign(actor: Actor, approval: Approval, kind: StepKind, comment: str) -> Approval:
    if approval.waits_for != kind:
        raise InvalidMove(NOT_NOW, move=str(kind), status=approval.status)
    _step(actor, approval, kind, comment)
    left = approval.needs[approval.needs.index(kind) + 1 :]
    approval.waits_for = left[0] if left else ""
    if not left:
        money_flow.APPROVAL.move(approval, "grant")
    approval.save()
    subject_of(approval).follow(actor, approval, "")
    note(subject=approval.subject, left=len(left))
    return approval


def _ended(actor: Actor, approval: Approval, move: str, reason: str) -> Approval:
    money_flow.APPROVAL.move(approval, move)
    approval.waits_for = ""
    approval.save()
    subject_of(approval).follow(actor, approval, reason)
    note(subject=approval.subject)
    return approval


def _step(
    actor: Actor,
    approval: Approval,
    kind: StepKind,
    comment: str,
    decision: StepDecision = StepDecision.AGREED,
) -> None:
    ApprovalStep.objects.create(
        approval=approval,
        kind=kind,
        decision=decision,
        comment=comment.strip(),
        acted_at=timezone.now(),
        person_id=actor.person_id,
    )


def _given(reason: str) -> str:
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    return reason.strip()


def is_refused(approval: Approval) -> bool:
    return approval.status in (ApprovalStatus.DECLINED, ApprovalStatus.WITHDRAWN)
