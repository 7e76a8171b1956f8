"""What would another threshold have meant on last month's traffic?"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from safar.control.watchlist.choices import ChangeStatus, HitKind, HitStatus
from safar.control.watchlist.models import Hit, ThresholdChange, WatchList
from safar.core.permissions import Actor

MONTH: Final = timedelta(days=30)


@dataclass(frozen=True)
class Outlook:
    """Hits of last month by name, and those that would not have been; from what was recorded."""

    hits: int
    fewer: int
    fewer_same: int
    fewer_different: int

    @property
    def fewer_open(self) -> int:
        return self.fewer - self.fewer_same - self.fewer_different


@dataclass(frozen=True)
class Trial:
    """What screening a sample of last month's travellers anew gave, and for the whole month."""

    screened: int
    travellers: int
    before: int
    after: int
    ended: bool
    failed: bool = field(default=False, kw_only=True)  # its work ended its process again and again
    alike: list[Any]  # [number of the entry, score], those that only one threshold stops

    @property
    def more(self) -> int:
        return max(0, self.after - self.before)

    @property
    def more_a_month(self) -> int:
        """About how many more a month; the sample's share, carried to all travellers."""
        return round(self.more * self.travellers / self.screened) if self.screened else 0


def outlook(watch_list: WatchList, after: float) -> Outlook:
    """Return what of last month's hits a threshold would have left out, and how they were judged."""
    recent = Hit.objects.filter(
        entry__list=watch_list, kind=HitKind.NAME, raised_at__gte=timezone.now() - MONTH
    )
    fewer = Q(score__lt=after)
    found = recent.order_by().aggregate(
        hits=Count("pk"),
        fewer=Count("pk", filter=fewer),
        fewer_same=Count("pk", filter=fewer & Q(status=HitStatus.SAME)),
        fewer_different=Count("pk", filter=fewer & Q(status=HitStatus.DIFFERENT)),
    )
    return Outlook(**found)


def trial(change: ThresholdChange) -> Trial | None:
    return Trial(**change.sample) if change.sample else None


def threshold_proposal(actor: Actor, watch_list: WatchList) -> ThresholdChange | None:
    """The threshold that waits for a second person."""
    return thresholds(actor, watch_list).filter(status=ChangeStatus.PROPOSED).first()


def thresholds(actor: Actor, watch_list: WatchList) -> QuerySet[ThresholdChange]:
    return ThresholdChange.objects.visible_to(actor).filter(list=watch_list)
