"""Which posts have been heard from, and what waits for a second person there?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from safar.control.border.choices import AmendmentStatus
from safar.control.border.counts.crossings import rows
from safar.control.border.models import Amendment
from safar.core.permissions import Actor
from safar.reference import queries as reference

EARLIER_WEEKS = 4
USUAL_WEEKS = 3  # of the four earlier ones, in the same hours of the same weekday
LOOK_BACK = timedelta(days=60)
HEARD = """
SELECT post,
    EXISTS (SELECT FROM border_crossing c
            WHERE c.post_id = post AND c.crossed_at > %(since)s AND c.crossed_at <= %(now)s),
    (SELECT count(*) FROM generate_series(1, %(weeks)s) AS week
     WHERE EXISTS (SELECT FROM border_crossing c
                   WHERE c.post_id = post
                       AND c.crossed_at > %(since)s - week * interval '7 days'
                       AND c.crossed_at <= %(now)s - week * interval '7 days')),
    (SELECT max(c.crossed_at) FROM border_crossing c
     WHERE c.post_id = post AND c.crossed_at > %(oldest)s AND c.crossed_at <= %(now)s)
FROM unnest(%(posts)s::text[]) AS post
"""


@dataclass(frozen=True)
class Silence:
    """Whether a post has a crossing in the last hours, and whether it usually has by now."""

    post: str
    is_heard: bool
    is_usually_heard: bool
    last_at: datetime | None

    @property
    def is_silent(self) -> bool:
        return self.is_usually_heard and not self.is_heard


@dataclass(frozen=True)
class Waiting:
    """Amendments of one kind at a post that wait for a second person."""

    post: str
    kind: str
    count: int
    oldest_at: datetime


def heard_from(actor: Actor, *, hours: int, now: datetime) -> list[Silence]:
    """Return for each post in sight whether it has a crossing in the last hours."""
    values = {
        "since": now - timedelta(hours=hours),
        "now": now,
        "weeks": EARLIER_WEEKS,
        "oldest": now - LOOK_BACK,
        "posts": [row.code for row in reference.posts_visible(actor)],
    }
    return [
        Silence(post, is_heard, weeks >= USUAL_WEEKS, last_at)
        for post, is_heard, weeks, last_at in rows(HEARD, values)
    ]


def waiting(actor: Actor) -> list[Waiting]:
    """Return the amendments that wait, by post and kind, the longest waiting first."""
    proposed = Amendment.objects.visible_to(actor).filter(status=AmendmentStatus.PROPOSED)
    groups = proposed.order_by().values_list("post_id", "kind")
    found = groups.annotate(count=Count("pk"), oldest=Min("proposed_at")).order_by("oldest")
    return [Waiting(*group) for group in found]
