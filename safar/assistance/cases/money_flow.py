"""How an approval, a payment and a purchase move, and where they end."""

from typing import Final

from safar.core.workflow import Workflow

APPROVAL: Final = Workflow(
    "cases.approval",
    start="open",
    moves={
        "grant": {"open": "granted"},
        "decline": {"open": "declined"},
        "withdraw": {"open": "withdrawn", "granted": "withdrawn"},
    },
    terminal=frozenset({"granted", "declined", "withdrawn"}),
)
# A payment is approved when all but its release is signed, and released when all is.
PAYMENT: Final = Workflow(
    "cases.payment",
    start="planned",
    moves={
        "approve": {"planned": "approved"},
        "release": {"approved": "released"},
        "pay": {"released": "paid"},
        "reconcile": {"paid": "reconciled"},
        "cancel": {"planned": "cancelled", "approved": "cancelled", "released": "cancelled"},
        "give_back": {"paid": "returned", "reconciled": "returned"},
    },
    terminal=frozenset({"reconciled", "cancelled", "returned"}),
)
PURCHASE: Final = Workflow(
    "cases.purchase",
    start="quoting",
    moves={
        "choose": {"quoting": "chosen", "chosen": "chosen"},
        "order": {"chosen": "ordered"},
        "deliver": {"ordered": "delivered"},
        "check": {"delivered": "checked"},
        "cancel": {"quoting": "cancelled", "chosen": "cancelled", "ordered": "cancelled"},
    },
    terminal=frozenset({"checked", "cancelled"}),
)
