"""Writes: how many travellers the booths screened, handed over by the app that knows."""

from collections.abc import Mapping
from datetime import date

from safar.control.watchlist.models import ScreenedDay
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@action("watchlist.hand_over_traffic", policies=(role_suffices,))
def hand_over_traffic(actor: Actor, target: None, *, days: Mapping[date, int]) -> int:
    """Took over how many travellers were screened on which days; a day counted anew is replaced"""
    rows = [ScreenedDay(day=day, travellers=number) for day, number in days.items()]
    ScreenedDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["day"], update_fields=["travellers"]
    )
    note(days=len(rows))
    return len(rows)
