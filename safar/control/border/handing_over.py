"""What the border tells the lists: who is inside, who came last month, how many were screened.

The lists stand below and know no crossing. Each function is the body of a task.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from safar.control.border.queries import inside
from safar.control.border.queries.facts import person_of
from safar.control.border.queries.inside import MONTH, YEAR, Crosser
from safar.control.border.queries.number_shapes import shapes_that_crossed
from safar.control.documents import actions as documents
from safar.control.travellers.read_document import ReadDocument
from safar.control.watchlist import actions as watchlist
from safar.control.watchlist import queries
from safar.control.watchlist.actions.rescreening import Inside
from safar.control.watchlist.models import Rescreening, ThresholdChange
from safar.control.watchlist.queries import Few, Match
from safar.control.watchlist.screening.replaying import Crossed, Replay
from safar.core.permissions import system

WORKER: Final = system("border worker")
TOLD_EVERY: Final = 20_000  # travellers between two words on how far it is
SAMPLE: Final = 2000  # crossings of last month that a threshold is tried on
SAMPLE_PART: Final = 100
REPLAY_PAGE: Final = 500  # travellers
REPLAY_FOR: Final = 600.0  # seconds; who has not passed until then is left out
REPLAY_TOLD: Final = 5.0  # seconds between two words on how far it is
COUNTED_ANEW: Final = timedelta(days=40)
COUNTED_FIRST: Final = timedelta(days=400)


def rescreen(key: UUID) -> None:
    """Compare those who are inside with the entries of a rescreening, and of all others that wait.

    Repeatable: what was reported before is not reported twice.
    """
    asked = queries.to_rescreen(key)
    if not asked:
        return
    since = timezone.now() - YEAR
    number = inside.seen_since(since)
    for work in asked:
        watchlist.start_rescreening(WORKER, work, travellers=number)
    few = Few([entry for work in asked for entry in work.entries])
    done, told, found = 0, 0, list[tuple[Inside, Match]]()
    for looked_at, crossers in inside.pages_inside(since):
        done += looked_at
        found += _alike(few, crossers)
        if done - told >= TOLD_EVERY:
            _report(asked, done, found)
            told, found = done, []
    _report(asked, done, found, ended=True)


def try_threshold(key: UUID) -> None:
    """Screen a sample of last month's crossings as if a proposed threshold were in force."""
    change = ThresholdChange.objects.filter(pk=key, status="proposed").first()
    if change is None or (change.sample or {}).get("ended"):
        return
    since = timezone.now() - MONTH
    number = inside.crossings_since(since)
    parts = _parts(inside.sample_since(since, SAMPLE)) or [[]]
    for place, part in enumerate(parts, start=1):
        watchlist.try_threshold(
            WORKER,
            change,
            people=[person_of(document) for document in part],
            travellers=number,
            begins=place == 1,
            ended=place == len(parts),
        )


def replay_import(key: UUID) -> None:
    """Try the entries of an import's dry run on those who crossed last month.

    Ends when its time is up, with those who passed until then, or when the import is decided on.
    Repeatable: each time it begins anew.
    """
    replay = queries.to_replay(key)
    if replay is None:
        return
    since = timezone.now() - MONTH
    tried, began = Replay(replay.run), time.monotonic()
    counts = {
        "entries": tried.entries,
        "tried": tried.tried,
        "travellers": inside.seen_since(since),
    }
    watchlist.report_replay(WORKER, replay, so_far={**counts, "done": 0, "stopped": 0})
    told = began
    for page in inside.pages_crossed(since, REPLAY_PAGE):
        tried.pass_by([_crossed(crosser) for crosser in page])
        now = time.monotonic()
        if now - began > REPLAY_FOR:
            break
        if now - told > REPLAY_TOLD:
            told, so_far = now, {"done": tried.tally.done, "stopped": tried.tally.stopped}
            if not watchlist.report_replay(WORKER, replay, so_far=so_far).is_open:
                return
    watchlist.report_replay(WORKER, replay, so_far=tried.so_far(), is_over=True)


def hand_over_traffic() -> None:
    """Tell the lists how many crossed on each day: the last weeks anew, or more the first time."""
    back = COUNTED_ANEW if queries.traffic_is_known() else COUNTED_FIRST
    first = timezone.localdate() - back
    days: dict[date, int] = inside.crossings_by_day(timezone.now() - back)
    whole = {day: number for day, number in days.items() if day > first}
    watchlist.hand_over_traffic(WORKER, None, days=whole)


def hand_over_shapes() -> None:
    """Tell `documents` which shapes the numbers have that crossed: counts alone, all anew."""
    documents.learn_shapes(WORKER, None, seen=shapes_that_crossed())


def _alike(few: Few, crossers: Iterable[Crosser]) -> list[tuple[Inside, Match]]:
    page = [(crosser, person_of(crosser.document)) for crosser in crossers]
    return [(_as_inside(crosser), match) for crosser, match in few.matches(page)]


def _crossed(crosser: Crosser) -> Crossed:
    document = crosser.document
    return Crossed(
        traveller_id=crosser.traveller_id,
        name=document.name_written or document.name,
        birth=str(document.birth or ""),
        citizenship=document.nationality,
        document=document.number,
        crossed_at=crosser.crossed_at,
        direction=crosser.direction,
        post=crosser.post,
        person=person_of(document),
    )


def _as_inside(crosser: Crosser) -> Inside:
    document = crosser.document
    return Inside(
        traveller_id=crosser.traveller_id,
        name=document.name_written or document.name,
        birth=str(document.birth or ""),
        citizenship=document.nationality,
        document=document.number,
        crossed_at=crosser.crossed_at,
        post=crosser.post,
    )


def _report(
    asked: Sequence[Rescreening],
    done: int,
    found: Sequence[tuple[Inside, Match]],
    *,
    ended: bool = False,
) -> None:
    for work in asked:
        wanted = set(work.entries) if found else set()
        mine = [(who, match) for who, match in found if match.entry_id in wanted]
        watchlist.report_inside(WORKER, work, done=done, found=mine, ended=ended)


def _parts(documents: Sequence[ReadDocument]) -> list[list[ReadDocument]]:
    return [
        list(documents[start : start + SAMPLE_PART])
        for start in range(0, len(documents), SAMPLE_PART)
    ]
