"""Is a document number of a series, issued in its time; and where does it stand in a batch?"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from safar.control.documents.rules.catalogue import Remark
from safar.control.documents.rules.series import Series, years_on

_NUMBERED: Final = re.compile(r"([A-Z0-9]*?)([0-9]{1,18})", re.ASCII)
MOST_BLANKS: Final = 10_000_000
"""Blanks of one batch at the most: more is a slip of the pen."""


class Numbered(NamedTuple):
    """A number as a place in a run: what stands before the last digits, how many, their value."""

    prefix: str
    width: int
    serial: int


def numbered(number: str) -> Numbered | None:
    """Split a number for a look-up in batches; None where it does not end in digits.

    At most 18 digits count: a database keeps them as one whole number.
    """
    found = _NUMBERED.fullmatch(number)
    return Numbered(found[1], len(found[2]), int(found[2])) if found else None


def span_of(first: str, last: str) -> tuple[Numbered, Numbered]:
    """Return both ends of a batch of blanks, which are counted by their last digits.

    Raises:
        ValueError: the numbers do not belong to one run, or are not in order; a sentence.
    """
    begin, end = numbered(first), numbered(last)
    if begin is None or end is None:
        raise ValueError("Both numbers end in digits.")
    if (begin.prefix, begin.width) != (end.prefix, end.width):
        raise ValueError("Both numbers have the same letters and the same length.")
    if end.serial < begin.serial:
        raise ValueError("The first number comes before the last.")
    if end.serial - begin.serial >= MOST_BLANKS:
        raise ValueError("A batch has ten million blanks at the most.")
    return begin, end


def of_series(
    number: str, issued: date | None, expires: date | None, known: Sequence[Series], today: date
) -> Iterator[Remark]:
    """Say whether a number is of a series that the state issued at the time.

    `known`: the state's series of this kind. Without a day of issue, the day of expiry and the
    longest term bound it. What is not known stops nobody.
    """
    fitting = [one for one in known if one.numbers(number)]
    if known and not fitting:
        yield Remark("document.number_unusual", {"number": number})
        return
    if not fitting or any(_in_time(one, issued, expires, today) for one in fitting):
        return
    sure = all(one.is_sure for one in fitting)
    since = min((one.since for one in fitting if one.since), default=None)
    until = max((one.until for one in fitting if one.until), default=None)
    yield Remark(
        "document.series_period" if sure else "document.series_unusual",
        {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""},
    )


def _in_time(one: Series, issued: date | None, expires: date | None, today: date) -> bool:
    earliest, latest = issued, issued
    if issued is None:
        longest = one.longest
        earliest = _before(expires, longest) if expires and longest else None
        latest = min(today, expires - timedelta(days=1)) if expires else today
    begun = one.since is None or latest is None or latest >= one.since
    ended = one.until is not None and earliest is not None and earliest > one.until
    return begun and not ended


def _before(expires: date, longest: int) -> date | None:
    """The first day on which a document that runs to a day can have been issued."""
    if expires.year - longest < 1:
        return None
    return years_on(expires, -longest)
