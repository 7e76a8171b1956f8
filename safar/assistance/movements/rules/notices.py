"""What is a mission to be told next of a booking? Plain values in and out."""

from collections.abc import Iterable
from datetime import timedelta

ANSWER_WITHIN = timedelta(days=2)
OVER = {"departed": "departed", "arrived": "arrived"}


def next_kind(
    status: str, revision: int, told: Iterable[tuple[str, int]], *, addressed: bool = True
) -> str | None:
    """The kind of the next notice to one mission; None where it knows everything.

    Args:
        status: how the journey stands.
        revision: of the journey as it is now.
        told: kind and revision of each notice that the mission had.
        addressed: whether the mission still receives these people or meets them in transit.
    """
    had = list(told)
    kinds = {kind for kind, _revision in had}
    gone = status == "cancelled" or not addressed
    if not had:
        return None if gone else "new"
    if gone:
        return None if _last_was(had, "cancelled") else "cancelled"
    if _last_was(had, "cancelled") or max(number for _kind, number in had) < revision:
        return "changed"
    wanted = OVER.get(status)
    return wanted if wanted and wanted not in kinds else None


def _last_was(had: list[tuple[str, int]], kind: str) -> bool:
    return had[-1][0] == kind
