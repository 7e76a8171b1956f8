"""The tables of the lists: lists and entries, identities, hits, imports."""

from safar.control.watchlist.models.changes import EntryChange, EntryPhoto, EntryReview
from safar.control.watchlist.models.hits import Hit, Judgement
from safar.control.watchlist.models.identities import EntryBirth, EntryDocument, EntryName
from safar.control.watchlist.models.imports import (
    ImportFile,
    ImportPiece,
    ImportProgress,
    ImportRun,
    SourceMapping,
)
from safar.control.watchlist.models.lists import ListEntry, WatchList
from safar.control.watchlist.models.replays import ImportReplay
from safar.control.watchlist.models.rescreens import MOST_ENTRIES, RecentCrosser, Rescreening
from safar.control.watchlist.models.thresholds import ScreenedDay, ThresholdChange

__all__ = [
    "MOST_ENTRIES",
    "EntryBirth",
    "EntryChange",
    "EntryDocument",
    "EntryName",
    "EntryPhoto",
    "EntryReview",
    "Hit",
    "ImportFile",
    "ImportPiece",
    "ImportProgress",
    "ImportReplay",
    "ImportRun",
    "Judgement",
    "ListEntry",
    "RecentCrosser",
    "Rescreening",
    "ScreenedDay",
    "SourceMapping",
    "ThresholdChange",
    "WatchList",
]
