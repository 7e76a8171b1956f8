"""How an application may move: checked by one person, approved by another, then made."""

from safar.core.workflow import Workflow

APPLICATION = Workflow(
    "passports.application",
    "draft",
    {
        "submit": {"draft": "submitted"},
        "ask_more": {"submitted": "more_asked", "checked": "more_asked"},
        "answer": {"more_asked": "submitted"},
        "check": {"submitted": "checked"},
        "send_back": {"checked": "submitted"},
        "approve": {"checked": "approved"},
        "refuse": {"checked": "refused"},
        "revoke": {"approved": "cancelled"},
        "make": {"approved": "made"},
        "deliver": {"made": "delivered"},
        "cancel": {"made": "cancelled"},
        "withdraw": {
            "submitted": "withdrawn",
            "more_asked": "withdrawn",
            "checked": "withdrawn",
        },
    },
    terminal=frozenset({"refused", "withdrawn", "delivered", "cancelled"}),
)
