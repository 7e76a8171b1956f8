"""When is somebody looked at before a flight, and what may be said of her fitness? Plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

# The check before departure: 24 to 72 hours (research/assistance.md, row 1.7).
EARLIEST = timedelta(hours=72)
LATEST = timedelta(hours=24)
TOO_EARLY, TOO_LATE = "too_early", "too_late"
# The words of `choices.py`; a test compares them.
FIT, FIT_WITH_NEEDS, HELD, NOT_FIT = "fit", "fit_with_needs", "held", "not_fit"
MAY_FLY = frozenset({FIT, FIT_WITH_NEEDS})
MAY_NOT_FLY = frozenset({HELD, NOT_FIT})
TO_BE_TREATED = frozenset({"class_a", "more_tests"})


@dataclass(frozen=True)
class FitnessFacts:
    """What is said of a journey: the word, its last day, when it is looked at again, what it needs."""

    fitness: str
    holds_until: date | None = None
    look_again_on: date | None = None
    needs: Collection[str] = ()
    escort: str = ""


def window(departs_at: datetime) -> tuple[datetime, datetime]:
    """The first and the last moment for the check before a flight, both of them in time, in UTC.

    Times carry their zone; hours are counted as they pass, whatever a clock is put back or forth.
    """
    leaves = departs_at.astimezone(UTC)
    return leaves - EARLIEST, leaves - LATEST


def fault_of_check(at: datetime, departs_at: datetime) -> str:
    """Why a check at this moment does not count for a flight: TOO_EARLY, TOO_LATE, or ""."""
    begins, ends = window(departs_at)
    moment = at.astimezone(UTC)
    if moment < begins:
        return TOO_EARLY
    return TOO_LATE if moment > ends else ""


def fault_of_fitness(said: FitnessFacts, today: date, last_outcome: str | None) -> tuple[str, str]:
    """What is wrong with what is said, and in which field; two empty words where nothing is.

    Args:
        last_outcome: of the last examination; None where nobody examined her yet.
    """
    if said.fitness in MAY_FLY:
        return _fault_of_fit(said, today, last_outcome)
    if said.fitness not in MAY_NOT_FLY:
        return "unknown", "fitness"
    if said.fitness == HELD and said.look_again_on is None:
        return "look_again_missing", "look_again_on"
    if said.look_again_on is not None and said.look_again_on < today:
        return "look_again_past", "look_again_on"
    return "", ""


def _fault_of_fit(said: FitnessFacts, today: date, last_outcome: str | None) -> tuple[str, str]:
    if last_outcome is None:
        return "not_examined", "fitness"
    if last_outcome in TO_BE_TREATED:
        return "treat_first", "fitness"
    if said.holds_until is None:
        return "until_missing", "holds_until"
    if said.holds_until < today:
        return "until_past", "holds_until"
    helped = bool(said.needs) or bool(said.escort)
    if said.fitness == FIT and helped:
        return "help_unsaid", "fitness"
    return ("no_help", "needs") if said.fitness == FIT_WITH_NEEDS and not helped else ("", "")


def told_of(fitness: str, needs: Collection[str], escort: str) -> tuple[bool, frozenset[str], str]:
    """What missions have to know of it: two of these that differ are a changed booking."""
    return fitness in MAY_NOT_FLY, frozenset(needs), escort
