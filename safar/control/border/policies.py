"""Who may do what to which record: each returns the reason why not, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import ReferralStatus, Verdict
from safar.control.border.models import Amendment, Inspection, Referral, SignOn
from safar.control.watchlist import queries as watchlist
from safar.control.watchlist.choices import Instruction
from safar.core.permissions import Actor

AGAINST_ADMISSION = (Instruction.REFUSE_ENTRY, Instruction.DETAIN)


def own_post(actor: Actor, target: Any) -> Any:
    """Only at a post where she serves."""
    code = target.post_id if hasattr(target, "post_id") else target.code
    return None if actor.sees_post(code) else _("You do not serve at this post.")


def own_booth(actor: Actor, target: SignOn | Inspection) -> Any:
    """Only in the booth that she is signed on to, and while she is."""
    sign_on = target if isinstance(target, SignOn) else target.sign_on
    if sign_on.officer_id != actor.user_id:
        return _("Another officer is signed on to this booth.")
    return _("You have signed off from this booth. Sign on again.") if sign_on.ended_at else None


def is_clear(actor: Actor, inspection: Inspection) -> Any:
    """Enter accepts what is clean and nothing else."""
    if inspection.verdict == Verdict.CLEAR:
        return None
    return _("This traveller is not clear. Give a reason, or send to second line.")


def not_held(actor: Actor, inspection: Inspection) -> Any:
    """A hold is for the second line; the first line cannot pass it."""
    if inspection.verdict == Verdict.HOLD:
        return _("The second line decides on this traveller. Press F4.")
    return None


def referral_at_own_post(actor: Actor, referral: Referral) -> Any:
    return own_post(actor, referral.inspection)


def taken_by_her(actor: Actor, referral: Referral) -> Any:
    """Only the officer who took the traveller decides."""
    if referral.status == ReferralStatus.TAKEN and referral.taken_by_id != actor.user_id:
        return _("Another officer of the second line has taken this traveller.")
    return None


def not_alone_against_an_entry(actor: Actor, referral: Referral) -> Any:
    """Who judged *the same person* does not admit against *refuse entry* or *detain* alone."""
    if watchlist.judged_same_by(referral.inspection_id, actor.user_id, AGAINST_ADMISSION):
        return _("You judged this to be the person. A second officer decides on the admission.")
    return None


def not_own_referral(actor: Actor, referral: Referral) -> Any:
    """A hold is passed by two officers: who sent the traveller does not admit her too."""
    if referral.referred_by_id == actor.user_id:
        return _("You sent this traveller yourself. Another officer decides on the admission.")
    return None


def second_person(actor: Actor, amendment: Amendment) -> Any:
    """Who proposed an amendment does not sign it."""
    if amendment.proposed_by_id == actor.user_id:
        return _("You proposed this. A second person decides on it.")
    return None


def not_own_crossing(actor: Actor, amendment: Amendment) -> Any:
    """Who recorded the crossing does not sign its amendment either."""
    if amendment.crossing.officer_id == actor.user_id:
        return _("You recorded this crossing. A second person decides on it.")
    return None
