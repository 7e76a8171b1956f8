"""How many hits there were, and how they were judged. Counts only: no traveller, no entry."""

from datetime import datetime

from django.db.models import Count

from safar.control.watchlist.models import Hit
from safar.core.permissions import Actor


def hits_by_status(actor: Actor, since: datetime, before: datetime) -> dict[str, int]:
    """Return the hits raised in a span of time, by `HitStatus`.

    A hit belongs to no post that this app knows: whoever sees single posts only gets none.
    """
    if not actor.nationwide:
        return {}
    raised = Hit.objects.filter(raised_at__gte=since, raised_at__lt=before).order_by()
    return dict(raised.values_list("status").annotate(count=Count("pk")))
