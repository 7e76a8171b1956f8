"""The nightly balance of blank stickers: kept for ever, and loud where it is not zero."""

from django.db import connection
from django.utils import timezone

from safar.control.visas.models import BlankCount
from safar.control.visas.queries.stock import balances
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@action("visas.count_blanks", policies=(role_suffices,))
def count_blanks(actor: Actor, target: None) -> list[BlankCount]:
    """Counted the blank stickers of every holder; a difference stands in the audit."""
    with connection.cursor() as cursor:  # what is moved while we count would look like a theft
        cursor.execute("LOCK TABLE visas_stickerblank IN SHARE ROW EXCLUSIVE MODE")
    now = timezone.now()
    counts = [
        BlankCount(
            holder_id=balance.holder,
            day=timezone.localdate(now),
            received=balance.received,
            issued=balance.issued,
            spoiled=balance.spoiled,
            lost=balance.lost,
            destroyed=balance.destroyed,
            in_hand=balance.in_hand,
            difference=balance.difference,
            numbers=list(balance.misfits),
            counted_at=now,
        )
        for balance in balances()
    ]
    BlankCount.objects.bulk_create(counts)
    wrong = [row for row in counts if row.difference or row.numbers]
    note(holders=len(counts), wrong=[row.holder_id or "store" for row in wrong])
    return counts
