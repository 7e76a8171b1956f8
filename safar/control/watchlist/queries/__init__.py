"""Reads of the lists: screening, what was judged, and the pages of list managers."""

from safar.control.watchlist.first_line import FirstLine, for_first_line
from safar.control.watchlist.queries.changes import (
    change_waiting,
    differences_of,
    photo_of,
    photo_of_change,
)
from safar.control.watchlist.queries.figures import (
    MOST_SILENT,
    Figures,
    figures,
    silent_entries,
)
from safar.control.watchlist.queries.hits import (
    HitRecord,
    Wanted,
    cleared_entries,
    decisive,
    hit_record,
    hits_of_inspection,
    hits_of_traveller,
    hits_to_read,
    judged_same_by,
    judgements,
    new_hits,
    open_hits,
    opened_hits,
    reasons_of,
    traveller_mark,
)
from safar.control.watchlist.queries.imports import (
    import_run,
    imports,
)
from safar.control.watchlist.queries.lists import (
    age_of_lists,
    entries,
    list_of,
    lists,
    open_entry,
    open_numbered,
    to_decide,
)
from safar.control.watchlist.queries.looks import (
    LOOKS,
    entry_for_looks,
    looked_at_looks,
    looks,
    may_read_looks,
)
from safar.control.watchlist.queries.movement import lists_moved_since
from safar.control.watchlist.queries.replays import opened_replay, replay_of, to_replay
from safar.control.watchlist.queries.rescreens import (
    last_rescreening,
    recent_crossers,
    to_know,
    to_rescreen,
    traffic_is_known,
)
from safar.control.watchlist.queries.reviews import (
    owners,
    review_queue,
    reviews_of,
    waiting,
)
from safar.control.watchlist.queries.thresholds import (
    outlook,
    threshold_proposal,
    thresholds,
    trial,
)
from safar.control.watchlist.rules import Person, Reason
from safar.control.watchlist.screening.answers import Match, screen
from safar.control.watchlist.screening.reverse import Few

__all__ = [
    "LOOKS",
    "MOST_SILENT",
    "Few",
    "Figures",
    "FirstLine",
    "HitRecord",
    "Match",
    "Person",
    "Reason",
    "Wanted",
    "age_of_lists",
    "change_waiting",
    "cleared_entries",
    "decisive",
    "differences_of",
    "entries",
    "entry_for_looks",
    "figures",
    "for_first_line",
    "hit_record",
    "hits_of_inspection",
    "hits_of_traveller",
    "hits_to_read",
    "import_run",
    "imports",
    "judged_same_by",
    "judgements",
    "last_rescreening",
    "list_of",
    "lists",
    "lists_moved_since",
    "looked_at_looks",
    "looks",
    "may_read_looks",
    "new_hits",
    "open_entry",
    "open_hits",
    "open_numbered",
    "opened_hits",
    "opened_replay",
    "outlook",
    "owners",
    "photo_of",
    "photo_of_change",
    "reasons_of",
    "recent_crossers",
    "replay_of",
    "review_queue",
    "reviews_of",
    "screen",
    "silent_entries",
    "threshold_proposal",
    "thresholds",
    "to_decide",
    "to_know",
    "to_replay",
    "to_rescreen",
    "traffic_is_known",
    "traveller_mark",
    "trial",
    "waiting",
]
