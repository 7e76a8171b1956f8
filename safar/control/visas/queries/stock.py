"""How many blank stickers are where, and does it add up? Counted from movements and from states."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count

from safar.control.visas.choices_issued import BlankState
from safar.control.visas.models import (
    BlankCount,
    BlankDestruction,
    BlankMovement,
    Consulate,
    ConsulatePlacement,
    StickerBlank,
)
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Balance:
    """The stock of a holder (None: the central store). `misfits`: numbers whose state is not what
    their last movement made of them; they are wrong even where the sums agree.
    """

    holder: str | None
    received: int
    issued: int
    spoiled: int
    lost: int
    destroyed: int
    in_hand: int
    on_the_way: int = 0
    misfits: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Received, less all that is accounted for: zero, or somebody has to explain."""
        accounted = self.issued + self.spoiled + self.lost + self.destroyed + self.in_hand
        return self.received - accounted

    @property
    def is_right(self) -> bool:
        return not self.difference and not self.misfits


def balances() -> list[Balance]:
    """The stock of every holder that ever had any, the central store first."""
    states: dict[Any, Counter[str]] = {}
    for holder, state, count in StickerBlank.objects.values_list("holder", "state").annotate(
        Count("pk")
    ):
        states.setdefault(holder, Counter())[state] = count
    received, misfits = _received(), _misfits()
    holders = {None, *states, *received}
    return [
        _balance(holder, received.get(holder, 0), states.get(holder, Counter()), misfits)
        for holder in sorted(holders, key=lambda code: (code is not None, code or ""))
    ]


def _balance(
    holder: str | None, received: int, states: Counter[str], misfits: dict[Any, list[str]]
) -> Balance:
    return Balance(
        holder=holder,
        received=received,
        issued=states[BlankState.ISSUED],
        spoiled=states[BlankState.SPOILED],
        lost=states[BlankState.LOST],
        destroyed=states[BlankState.DESTROYED],
        in_hand=states[BlankState.IN_HAND],
        on_the_way=states[BlankState.ON_THE_WAY],
        misfits=tuple(misfits.get(holder, ())),
    )


def _received() -> dict[Any, int]:
    """What came into each hand by the movements: a blank that was lost on the way counts too."""
    with connection.cursor() as cursor:
        cursor.execute(RECEIVED)
        return dict(cursor.fetchall())


def _misfits() -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(MISFITS)
        for holder, number in cursor.fetchall():
            found.setdefault(holder, []).append(number)
    return found


RECEIVED = """
SELECT NULL, count(*) FILTER (WHERE kind = 'received') - count(*) FILTER (WHERE kind = 'sent')
    FROM visas_blankmovement
UNION ALL
SELECT holder_id, count(DISTINCT blank_id) FROM visas_blankmovement moved
    WHERE holder_id IS NOT NULL AND kind IN ('acknowledged', 'lost') GROUP BY holder_id
"""
# The state that the last movement of a blank should have left it in; none at all is wrong too.
MISFITS = """
SELECT blank.holder_id, blank.number FROM visas_stickerblank blank
LEFT JOIN LATERAL (
    SELECT kind, holder_id FROM visas_blankmovement moved
    WHERE moved.blank_id = blank.id ORDER BY at DESC, id DESC LIMIT 1
) last ON true
WHERE (CASE last.kind WHEN 'received' THEN 'in_hand' WHEN 'acknowledged' THEN 'in_hand'
        WHEN 'sent' THEN 'on_the_way' ELSE last.kind END) IS DISTINCT FROM blank.state
    OR last.holder_id IS DISTINCT FROM blank.holder_id
ORDER BY blank.number LIMIT 100
"""


def holders_of(actor: Actor) -> Sequence[Consulate]:
    """The consulates whose stock she keeps; headquarters keeps all."""
    rows = Consulate.objects.filter(in_use=True).order_by("code")
    if actor.nationwide:
        return list(rows)
    placed = ConsulatePlacement.objects.filter(user_id=actor.user_id or "", ended_at=None)
    return list(rows.filter(code__in=placed.values("consulate_id")))


def balances_for(actor: Actor) -> list[Balance]:
    """The balances of the holders that are hers to see."""
    mine = {consulate.pk for consulate in holders_of(actor)}
    return [row for row in balances() if actor.nationwide or row.holder in mine]


def on_the_way_to(consulate: Consulate) -> list[tuple[str, str]]:
    """Numbers that wait to be acknowledged, as ranges."""
    rows = StickerBlank.objects.filter(holder=consulate, state=BlankState.ON_THE_WAY)
    return ranges(rows.order_by("number").values_list("number", flat=True))


def ranges(numbers: Sequence[str] | Any) -> list[tuple[str, str]]:
    """Consecutive numbers joined: [("KG000001", "KG000020"), …]."""
    found: list[tuple[str, str]] = []
    for number in numbers:
        if found and _next(found[-1][1]) == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _next(number: str) -> str:
    letters = number.rstrip("0123456789")
    digits = number[len(letters) :]
    return f"{letters}{int(digits or 0) + 1:0{len(digits)}d}"


def last_counts() -> list[BlankCount]:
    """The last count of every holder."""
    rows = BlankCount.objects.order_by("holder_id", "-counted_at").distinct("holder_id")
    return list(rows.select_related("holder"))


def waiting_destructions(actor: Actor) -> list[BlankDestruction]:
    rows = BlankDestruction.objects.visible_to(actor).filter(status="proposed")
    mine = {consulate.pk for consulate in holders_of(actor)}
    return [
        row for row in rows.select_related("holder") if actor.nationwide or row.holder_id in mine
    ]


def movements_of(number: str) -> list[BlankMovement]:
    """The life of one blank, first to last."""
    rows = BlankMovement.objects.filter(blank__number=number.strip().upper()).order_by("at", "pk")
    return list(rows.select_related("holder", "visa"))
