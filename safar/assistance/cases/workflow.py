"""Which moves are there? A referral's, a notice's of a withdrawn consent, an erasure's, a list's."""

from typing import Final

from safar.core.workflow import Workflow

REFERRAL: Final = Workflow(
    "cases.referral",
    start="draft",
    moves={
        "send": {"draft": "sent"},
        "receive": {"sent": "received"},
        "accept": {"sent": "accepted", "received": "accepted"},
        "decline": {"sent": "declined", "received": "declined"},
        "begin": {"accepted": "in_service"},
        "complete": {"accepted": "completed", "in_service": "completed"},
        "not_complete": {"accepted": "not_completed", "in_service": "not_completed"},
        "withdraw": {
            "draft": "withdrawn",
            "sent": "withdrawn",
            "received": "withdrawn",
            "accepted": "withdrawn",
            "in_service": "withdrawn",
        },
        "expire": {
            "draft": "expired",
            "sent": "expired",
            "received": "expired",
            "accepted": "expired",
        },
    },
    terminal=frozenset({"declined", "completed", "not_completed", "withdrawn", "expired"}),
)
OPEN: Final = frozenset(REFERRAL.moves["withdraw"])  # what a withdrawal of consent still reaches
# What partners tell us, in the order in which it is offered.
ANSWERS: Final = ("receive", "accept", "decline", "begin", "complete", "not_complete")

NOTICE: Final = Workflow(
    "cases.withdrawal_notice",
    start="due",
    moves={"send": {"due": "sent"}, "acknowledge": {"sent": "acknowledged"}},
    terminal=frozenset({"acknowledged"}),
)

ERASURE: Final = Workflow(
    "cases.erasure",
    start="proposed",
    moves={"approve": {"proposed": "approved"}, "decline": {"proposed": "declined"}},
    terminal=frozenset({"approved", "declined"}),
)

CASE_IMPORT: Final = Workflow(
    "cases.case_import",
    start="reading",
    moves={
        "read": {"reading": "ready"},
        "confirm": {"ready": "loading"},
        "load": {"loading": "loaded"},
        "fail": {"reading": "failed", "loading": "failed"},
        "drop": {"reading": "dropped", "ready": "dropped", "failed": "dropped"},
    },
    terminal=frozenset({"loaded", "dropped"}),
)
