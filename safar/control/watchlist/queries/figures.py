"""A list's own figures: its entries by age and author, its hits, and how long they wait."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    QuerySet,
    Sum,
)
from django.db.models.functions import TruncMonth
from django.utils import timezone

from safar.control.watchlist.choices import HitStatus
from safar.control.watchlist.facts import in_force
from safar.control.watchlist.models import Hit, ListEntry, ScreenedDay, WatchList
from safar.core.permissions import Actor

DAYS: Final = 365
# Days since an entry came into force, up to but not including; the last has no end.
AGES: Final = (30, 90, 365, 3 * 365)
MOST_AUTHORS: Final = 12
MOST_SILENT: Final = 50


class Percentile(Aggregate):
    """A percentile of a duration, in the database."""

    function = "percentile_cont"
    output_field = DurationField()

    def __init__(self, expression: Any, *, share: float) -> None:
        self.template = f"percentile_cont({share}) WITHIN GROUP (ORDER BY %(expressions)s)"
        super().__init__(expression)


@dataclass(frozen=True)
class Figures:
    """Of one list, over the last DAYS days; `ages` in the order of AGES, one more at the end."""

    entries: int
    ages: tuple[int, ...]
    authors: list[tuple[str, int]]
    hits: dict[str, int]
    by_month: list[tuple[date, int, int]]  # first of the month, hits, judged different
    travellers: int
    counted_from: date | None
    hits_of_counted: int  # judged different on days whose travellers were counted
    median: timedelta | None
    ninetieth: timedelta | None
    silent: int

    @property
    def all_hits(self) -> int:
        return sum(self.hits.values())

    @property
    def false_alarms(self) -> int:
        return self.hits.get(HitStatus.DIFFERENT, 0)

    @property
    def false_per_thousand(self) -> float | None:
        """False alarms for a thousand travellers screened, over the days that were counted."""
        return self.hits_of_counted * 1000 / self.travellers if self.travellers else None


def figures(actor: Actor, watch_list: WatchList) -> Figures:
    today = timezone.localdate()
    now, since = timezone.now(), timezone.now() - timedelta(days=DAYS)
    standing = in_force(ListEntry.objects.visible_to(actor).filter(list=watch_list)).order_by()
    hits = Hit.objects.visible_to(actor).filter(entry__list=watch_list, raised_at__gte=since)
    hits = hits.order_by()
    days = ScreenedDay.objects.filter(day__gte=since.date())
    counted = days.aggregate(travellers=Sum("travellers"), first=Min("day"))
    begun = Counter(
        _band((today - day).days) for day in standing.values_list("in_force_from", flat=True)
    )
    authors = standing.values_list("proposed_by_name").annotate(number=Count("pk"))
    waits = hits.exclude(judged_at=None).aggregate(
        median=Percentile(_wait(), share=0.5), ninetieth=Percentile(_wait(), share=0.9)
    )
    false = hits.filter(status=HitStatus.DIFFERENT, raised_at__lte=now)
    if counted["first"]:
        false = false.filter(raised_at__date__gte=counted["first"])
    return Figures(
        entries=sum(begun.values()),
        ages=tuple(begun.get(band, 0) for band in range(len(AGES) + 1)),
        authors=list(authors.order_by("-number", "proposed_by_name")[:MOST_AUTHORS]),
        hits=dict(hits.values_list("status").annotate(number=Count("pk"))),
        by_month=_by_month(hits),
        travellers=counted["travellers"] or 0,
        counted_from=counted["first"],
        hits_of_counted=false.count(),
        silent=silent_entries(actor, watch_list).count(),
        **waits,
    )


def silent_entries(actor: Actor, watch_list: WatchList) -> QuerySet[ListEntry]:
    """Entries in force that never stopped anybody, the oldest first."""
    standing = in_force(ListEntry.objects.visible_to(actor).filter(list=watch_list))
    ever: QuerySet[Hit] = Hit.objects.filter(entry=OuterRef("pk"))
    return standing.filter(~Exists(ever)).order_by("in_force_from", "source_key")


def _band(days: int) -> int:
    return sum(days >= end for end in AGES)


def _wait() -> Any:
    return ExpressionWrapper(F("judged_at") - F("raised_at"), output_field=DurationField())


def _by_month(hits: QuerySet[Hit]) -> list[tuple[date, int, int]]:
    months: dict[date, list[int]] = {}
    rows = hits.annotate(month=TruncMonth("raised_at")).values_list("month", "status")
    for month, status, number in rows.annotate(number=Count("pk")):
        row = months.setdefault(month.date(), [0, 0])
        row[0] += number
        row[1] += number if status == HitStatus.DIFFERENT else 0
    return [(month, total, false) for month, (total, false) in sorted(months.items())]
