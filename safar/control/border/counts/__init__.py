"""Counts for the figures of headquarters and of a post. No answer here holds a person's key."""

from safar.control.border.counts.calendars import today
from safar.control.border.counts.crossings import (
    Selection,
    by_group,
    by_hour,
    by_post,
    refusals,
)
from safar.control.border.counts.posts import Silence, Waiting, heard_from, waiting
from safar.control.border.counts.stays import open_stays

__all__ = [
    "Selection",
    "Silence",
    "Waiting",
    "by_group",
    "by_hour",
    "by_post",
    "heard_from",
    "open_stays",
    "refusals",
    "today",
    "waiting",
]
