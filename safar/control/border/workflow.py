"""What may follow on what: shifts, referrals, amendments."""

from safar.control.border.choices import AmendmentStatus, ReferralStatus, ShiftStatus
from safar.core.workflow import Workflow

SHIFT = Workflow(
    "border.shift",
    start=ShiftStatus.OPEN,
    moves={
        "hand_over": {ShiftStatus.OPEN: ShiftStatus.HANDED_OVER},
        "close": {ShiftStatus.OPEN: ShiftStatus.CLOSED},
        "take_over": {ShiftStatus.HANDED_OVER: ShiftStatus.CLOSED},
    },
    terminal=frozenset({ShiftStatus.CLOSED}),
)

REFERRAL = Workflow(
    "border.referral",
    start=ReferralStatus.WAITING,
    moves={
        "take": {ReferralStatus.WAITING: ReferralStatus.TAKEN},
        "return": {ReferralStatus.TAKEN: ReferralStatus.WAITING},
        "decide": {ReferralStatus.TAKEN: ReferralStatus.DECIDED},
        "set_aside": {
            ReferralStatus.WAITING: ReferralStatus.SET_ASIDE,
            ReferralStatus.TAKEN: ReferralStatus.SET_ASIDE,
        },
    },
    terminal=frozenset({ReferralStatus.DECIDED, ReferralStatus.SET_ASIDE}),
)

AMENDMENT = Workflow(
    "border.amendment",
    start=AmendmentStatus.PROPOSED,
    moves={
        "approve": {AmendmentStatus.PROPOSED: AmendmentStatus.APPROVED},
        "decline": {AmendmentStatus.PROPOSED: AmendmentStatus.DECLINED},
    },
    terminal=frozenset({AmendmentStatus.APPROVED, AmendmentStatus.DECLINED}),
)
