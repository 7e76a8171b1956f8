"""How entries, hits and imports may move."""

from safar.core.workflow import Workflow

ENTRY = Workflow(
    "watchlist.entry",
    "proposed",
    {
        "publish": {"proposed": "published"},
        "decline": {"proposed": "declined", "lifting": "published"},
        "propose_lifting": {"published": "lifting"},
        "lift": {"lifting": "lifted"},
        "end": {"published": "ended", "lifting": "ended"},
        "return": {"ended": "published"},  # its source names the person again
    },
    terminal=frozenset({"declined", "lifted"}),
)

CHANGE = Workflow(
    "watchlist.change",
    "proposed",
    {"publish": {"proposed": "published"}, "decline": {"proposed": "declined"}},
    terminal=frozenset({"published", "declined"}),
)

HIT = Workflow(
    "watchlist.hit",
    "new",
    {
        "take": {"new": "in_review"},
        "judge_same": {"new": "same", "in_review": "same"},
        "judge_different": {"new": "different", "in_review": "different"},
        "leave_open": {"new": "in_review", "in_review": "in_review"},
        "take_back": {"same": "in_review", "different": "in_review"},
    },
    terminal=frozenset(),
)

IMPORT = Workflow(
    "watchlist.import",
    "reading",
    {
        "ask_columns": {"reading": "mapping"},
        "choose_columns": {"mapping": "reading"},
        "read": {"reading": "prepared"},
        "agree": {"prepared": "loading"},
        "load": {"loading": "loaded"},
        "fail": {"reading": "failed", "loading": "failed"},
        "read_again": {"failed": "reading"},
        "load_again": {"failed": "loading"},
        "decline": {"mapping": "declined", "prepared": "declined", "failed": "declined"},
    },
    terminal=frozenset({"loaded", "declined"}),
)
