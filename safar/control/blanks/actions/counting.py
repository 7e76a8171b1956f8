"""The nightly balance of blanks: kept for ever, and loud where it is not zero.

Loud too where something was sent long ago and nobody acknowledged it: it is in no hand meanwhile.
"""

from django.db import connection
from django.utils import timezone

from safar.control.blanks.models import BlankCount
from safar.control.blanks.queries.stock import balances, boxes_in_doubt, late_on_the_way
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@action("blanks.count", policies=(role_suffices,))
def count_blanks(actor: Actor, target: None) -> list[BlankCount]:
    """Counted the blanks of every holder, kind by kind; a difference stands in the audit."""
    with connection.cursor() as cursor:  # what is moved while we count would look like a theft
        cursor.execute("LOCK TABLE blanks_blank IN SHARE ROW EXCLUSIVE MODE")
    now, doubtful, late = timezone.now(), boxes_in_doubt(), late_on_the_way()
    counts = [
        BlankCount(
            holder_id=balance.holder,
            kind=balance.kind,
            day=timezone.localdate(now),
            received=balance.received,
            issued=balance.issued,
            spoiled=balance.spoiled,
            lost=balance.lost,
            found=balance.found,
            destroyed=balance.destroyed,
            in_hand=balance.in_hand,
            difference=balance.difference,
            numbers=list(balance.misfits),
            boxes=doubtful.get((balance.holder, balance.kind), []),
            on_the_way=balance.on_the_way,
            late=late.get((balance.holder, balance.kind), []),
            counted_at=now,
        )
        for balance in balances()
    ]
    BlankCount.objects.bulk_create(counts)
    wrong = [row for row in counts if not row.is_right]
    note(holders=len(counts), wrong=[f"{row.holder_id or 'store'} {row.kind}" for row in wrong])
    return counts
