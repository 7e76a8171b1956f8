"""The tables of the lists: lists and entries, identities, hits, imports."""

from safar.control.watchlist.models.hits import Hit, Judgement
from safar.control.watchlist.models.identities import EntryBirth, EntryDocument, EntryName
from safar.control.watchlist.models.imports import ImportFile, ImportRun
from safar.control.watchlist.models.lists import ListEntry, WatchList

__all__ = [
    "EntryBirth",
    "EntryDocument",
    "EntryName",
    "Hit",
    "ImportFile",
    "ImportRun",
    "Judgement",
    "ListEntry",
    "WatchList",
]
