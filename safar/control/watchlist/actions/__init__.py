"""Writes of the lists: lists, entries, imports, hits. Two people for whatever screens."""

from safar.control.watchlist.actions.changes import (
    decline_change,
    propose_change,
    publish_change,
)
from safar.control.watchlist.actions.entries import (
    decline_entry,
    lift_entry,
    propose_entry,
    propose_lifting,
    publish_entry,
)
from safar.control.watchlist.actions.hits import judge_hit, raise_hits, take_back_hit
from safar.control.watchlist.actions.import_work import fail_import, load_import, read_import
from safar.control.watchlist.actions.imports import (
    approve_import,
    choose_columns,
    decline_import,
    propose_import,
    restart_import,
)
from safar.control.watchlist.actions.lists import add_list
from safar.control.watchlist.actions.replays import give_up_work, report_replay
from safar.control.watchlist.actions.rescreening import (
    ask_for_today,
    report_inside,
    see_recent_crosser,
    start_rescreening,
)
from safar.control.watchlist.actions.reviews import review_entry
from safar.control.watchlist.actions.thresholds import (
    approve_threshold,
    decline_threshold,
    propose_threshold,
    try_threshold,
)
from safar.control.watchlist.actions.traffic import hand_over_traffic

__all__ = [
    "add_list",
    "approve_import",
    "approve_threshold",
    "ask_for_today",
    "choose_columns",
    "decline_change",
    "decline_entry",
    "decline_import",
    "decline_threshold",
    "fail_import",
    "give_up_work",
    "hand_over_traffic",
    "judge_hit",
    "lift_entry",
    "load_import",
    "propose_change",
    "propose_entry",
    "propose_import",
    "propose_lifting",
    "propose_threshold",
    "publish_change",
    "publish_entry",
    "raise_hits",
    "read_import",
    "report_inside",
    "report_replay",
    "restart_import",
    "review_entry",
    "see_recent_crosser",
    "start_rescreening",
    "take_back_hit",
    "try_threshold",
]
