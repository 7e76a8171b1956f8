"""How an application may move: prepared by one person, decided by another."""

from safar.core.workflow import Workflow

APPLICATION = Workflow(
    "visas.application",
    "draft",
    {
        "submit": {"draft": "submitted"},
        "ask_more": {"submitted": "more_asked", "prepared": "more_asked"},
        "answer": {"more_asked": "submitted"},
        "prepare": {"submitted": "prepared"},
        "send_back": {"prepared": "submitted"},
        "grant": {"prepared": "granted"},
        "refuse": {"prepared": "refused"},
        "issue": {"granted": "issued"},
        "withdraw": {
            "submitted": "withdrawn",
            "more_asked": "withdrawn",
            "prepared": "withdrawn",
        },
    },
    terminal=frozenset({"refused", "withdrawn", "issued"}),
)
