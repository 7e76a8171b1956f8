"""A year of casework in a minute: the real actions, at the times when they would have been done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from unittest import mock

from django.utils import timezone

MORNING = time(10, 0)


@contextmanager
def on_day(day: date, hour: int = MORNING.hour) -> Iterator[datetime]:
    """Let what is done inside bear this day's time, in the installation's own zone.

    A day that is still to come is not gone to: the real present is the latest, also where one
    day is gone to from within another.
    """
    moment = timezone.make_aware(datetime.combine(day, time(hour, 0)))
    moment = min(moment, datetime.now(UTC))
    with mock.patch.object(timezone, "now", return_value=moment):
        yield moment
