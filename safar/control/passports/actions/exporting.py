"""The numbers of documents that must not be honoured, for other systems: numbers, never names.

Neither the holder nor the kind is in it: that somebody holds a refugee's paper is told to nobody.
"""

from typing import Final

from django.utils import timezone

from safar.control.passports.choices.making import REPORTS, CancelGround
from safar.control.passports.models.passports import Cancellation
from safar.core import node
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor

HEAD: Final = ("issuer", "number", "report", "reported_on", "valid_until")


@action("passports.export_lost", policies=(role_suffices,))
def export_lost(actor: Actor, target: None) -> list[tuple[str, ...]]:
    """Exported the numbers of the cancelled documents, without names and kinds"""
    rows = Cancellation.objects.visible_to(actor).filter(withdrawn_at=None)
    found = rows.select_related("passport").order_by("passport__number")
    lines: list[tuple[str, ...]] = [
        (
            node.country(),
            ended.passport.number,
            str(REPORTS[CancelGround(ended.ground)]),
            timezone.localdate(ended.cancelled_at).isoformat(),
            ended.passport.expires_on.isoformat(),
        )
        for ended in found
    ]
    note(count=len(lines))
    return lines
