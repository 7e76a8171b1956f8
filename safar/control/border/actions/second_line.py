"""The second line: takes a traveller, judges each hit, decides."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.actions.deciding import (
    CrossingDetails,
    decide,
    flow_exit,
    record_crossing,
    refusal,
)
from safar.control.border.choices import ChipOutcome, DecisionKind, Line, ReferralStatus
from safar.control.border.models import ChipCheck, Decision, FlowExit, Referral
from safar.control.border.policies import (
    not_alone_against_an_entry,
    not_own_referral,
    referral_at_own_post,
    taken_by_her,
)
from safar.control.border.workflow import REFERRAL
from safar.control.watchlist import queries as watchlist
from safar.core.action import action
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor


@action("border.take_referral", policies=(referral_at_own_post,))
def take_referral(actor: Actor, target: Referral) -> Referral:
    """Took a traveller for a second-line check."""
    if target.status == ReferralStatus.TAKEN and target.taken_by_id == actor.user_id:
        return target  # a second press of the same key
    if target.status == ReferralStatus.TAKEN:
        raise InvalidMove(_("Another officer of the second line has taken this traveller."))
    REFERRAL.move(target, "take")
    target.taken_at = timezone.now()
    target.taken_by_id = actor.user_id
    target.save()
    return target


@action("border.return_referral", policies=(referral_at_own_post, taken_by_her))
def return_referral(actor: Actor, target: Referral) -> Referral:
    """Gave a traveller back to the second line's queue."""
    REFERRAL.move(target, "return")
    target.taken_at, target.taken_by = None, None
    target.save()
    return target


@action(
    "border.admit_referred",
    policies=(
        referral_at_own_post,
        taken_by_her,
        not_own_referral,
        not_alone_against_an_entry,
    ),
)
def admit_referred(
    actor: Actor, target: Referral, *, key: UUID, details: CrossingDetails, reason: str
) -> Referral:
    """Admitted a traveller in second line."""
    if watchlist.open_hits(target.inspection_id):
        raise RuleBroken(_("Judge every likeness first: the same person, or a different one."))
    if not reason.strip() and _chip_was_refused(target):
        raise RuleBroken(
            _("The chip is not what a state signed. Write why she is admitted all the same."),
            field="reason",
        )
    decision = decide(
        actor,
        target.inspection,
        key=key,
        kind=DecisionKind.ADMIT,
        reason=reason,
        line=Line.SECOND,
    )
    record_crossing(actor, decision, details)
    return _close(target)


def _chip_was_refused(referral: Referral) -> bool:
    """By the last look at it: it may have been misread before."""
    last = ChipCheck.objects.filter(inspection_id=referral.inspection_id).first()
    return last is not None and last.outcome == ChipOutcome.REFUSED


@action("border.refuse_referred", policies=(referral_at_own_post, taken_by_her))
def refuse_referred(
    actor: Actor, target: Referral, *, key: UUID, grounds: list[str], reason: str = ""
) -> Decision:
    """Refused entry in second line."""
    decision = refusal(
        actor, target.inspection, key=key, grounds=grounds, reason=reason, line=Line.SECOND
    )
    _close(target)
    return decision


@action("border.set_aside_referral", policies=(referral_at_own_post,))
def set_aside_referral(actor: Actor, target: Referral) -> Referral:
    """Set a referred traveller aside: nothing was decided."""
    REFERRAL.move(target, "set_aside")
    target.save()
    return target


@action(
    "border.leave_flow_referred",
    policies=(referral_at_own_post,),
    audited=False,
)
def leave_flow_referred(actor: Actor, target: Referral) -> FlowExit:
    """A referred traveller left the ordinary flow, whatever the lists say.

    Seen from outside she was set aside, as travellers are who turn back by themselves.
    """
    set_aside_referral(actor, target)
    return flow_exit(target.inspection.post_id, None)


def _close(referral: Referral) -> Referral:
    REFERRAL.move(referral, "decide")
    referral.save()
    return referral
