"""Could this person be here, given where the same document was a while ago?"""

from collections.abc import Iterator

from safar.control.border.rules.facts import Facts
from safar.control.border.rules.findings import Finding

FASTEST_KMH = 800  # block speed of an airliner: nobody travels faster from post to post
POSITION_ERROR_KM = 10  # two posts whose positions are good to 5 km each
TWICE_MINUTES = 30


def movement_findings(facts: Facts) -> Iterator[Finding]:
    last = facts.last
    if last is None:
        return
    minutes = max(0, round((facts.now - last.at).total_seconds() / 60))
    if last.post == facts.post:
        if last.direction == facts.direction and minutes < TWICE_MINUTES:
            yield Finding("movement.twice", {"minutes": minutes, "direction": last.direction})
    elif facts.km_from_last is not None and minutes < least_minutes(facts.km_from_last):
        yield Finding(
            "movement.impossible",
            {"minutes": minutes, "post": last.post, "km": round(facts.km_from_last)},
        )


def least_minutes(km: float) -> float:
    """Return the shortest time between two posts this far apart, in minutes."""
    return max(0.0, km - POSITION_ERROR_KM) / FASTEST_KMH * 60
