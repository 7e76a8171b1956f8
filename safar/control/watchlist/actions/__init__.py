"""Writes of the lists: lists, entries, imports, hits. Two people for whatever screens."""

from safar.control.watchlist.actions.entries import (
    decline_entry,
    lift_entry,
    propose_entry,
    propose_lifting,
    publish_entry,
)
from safar.control.watchlist.actions.hits import judge_hit, raise_hits, take_back_hit
from safar.control.watchlist.actions.imports import approve_import, decline_import, propose_import
from safar.control.watchlist.actions.lists import add_list

__all__ = [
    "add_list",
    "approve_import",
    "decline_entry",
    "decline_import",
    "judge_hit",
    "lift_entry",
    "propose_entry",
    "propose_import",
    "propose_lifting",
    "publish_entry",
    "raise_hits",
    "take_back_hit",
]
