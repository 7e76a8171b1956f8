"""What the actions of visas and of passports write alike. Each runs inside one of those."""

from safar.control.applications.actions.fees import Money, record_fee
from safar.control.applications.actions.lists import ask_lists, ask_once_more, judge_listed
from safar.control.applications.actions.moves import written
from safar.control.applications.actions.papers import MOST_PAPERS, keep_paper, set_aside

__all__ = [
    "MOST_PAPERS",
    "Money",
    "ask_lists",
    "ask_once_more",
    "judge_listed",
    "keep_paper",
    "record_fee",
    "set_aside",
    "written",
]
