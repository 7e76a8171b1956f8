"""Have the lists changed since somebody was screened?"""

from datetime import datetime, timedelta
from typing import Final

from safar.control.watchlist.screening.listed_names import published

# A list is stamped before it is committed; an import may take that long in between.
COMMITS_WITHIN: Final = timedelta(minutes=10)


def lists_moved_since(moment: datetime) -> bool:
    """Whether any list may screen otherwise than at that moment; in doubt, yes."""
    return any(at is not None and at > moment - COMMITS_WITHIN for _id, _v, at, _t in published())
