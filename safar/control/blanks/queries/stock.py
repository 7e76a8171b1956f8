"""How many blanks are where, and does it add up? Counted from movements and from states."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from safar.control.blanks.choices import (
    LONGEST_ON_THE_WAY,
    BlankState,
    BoxState,
    MovementKind,
)
from safar.control.blanks.models import (
    Blank,
    BlankCount,
    BlankDestruction,
    BlankMovement,
    Box,
    BoxOpening,
)
from safar.control.blanks.rules.numbering import ranges
from safar.control.offices.models import IssuingOffice
from safar.control.offices.queries import held
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet

GONE: Final = (BlankState.ISSUED, BlankState.SPOILED, BlankState.DESTROYED)
Stock = tuple[str | None, str]
"""A holder (None: the central store) and a kind."""


@dataclass(frozen=True)
class Balance:
    """The stock of one kind at a holder (None: the central store). `misfits`: numbers whose state is not what
    their last movement made of them; they are wrong even where the sums agree.
    """

    holder: str | None
    kind: str
    received: int
    issued: int
    spoiled: int
    lost: int
    destroyed: int
    in_hand: int
    on_the_way: int = 0
    found: int = 0
    misfits: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Received, less all that is accounted for: zero, or somebody has to explain."""
        used = self.issued + self.spoiled + self.destroyed
        return self.received - used - self.lost - self.found - self.in_hand

    @property
    def is_right(self) -> bool:
        return not self.difference and not self.misfits


def balances() -> list[Balance]:
    """The stock of every kind at every holder that ever had any, the central store first."""
    states: dict[Stock, Counter[str]] = {}
    rows = Blank.objects.values_list("holder", "kind", "state").annotate(Count("pk"))
    for holder, kind, state, count in rows:
        states.setdefault((holder, kind), Counter())[state] = count
    received, misfits = _received(), _misfits()
    found = sorted({*states, *received}, key=lambda one: (one[0] is not None, one[0] or "", one[1]))
    return [
        _balance(one, received.get(one, 0), states.get(one, Counter()), misfits) for one in found
    ]


def _balance(
    stock: Stock, received: int, states: Counter[str], misfits: dict[Stock, list[str]]
) -> Balance:
    return Balance(
        holder=stock[0],
        kind=stock[1],
        received=received,
        issued=states[BlankState.ISSUED],
        spoiled=states[BlankState.SPOILED],
        lost=states[BlankState.LOST],
        destroyed=states[BlankState.DESTROYED],
        in_hand=states[BlankState.IN_HAND],
        on_the_way=states[BlankState.ON_THE_WAY],
        found=states[BlankState.FOUND],
        misfits=tuple(misfits.get(stock, ())),
    )


def _received() -> dict[Stock, int]:
    """What came into each hand by the movements: a blank that was lost on the way counts too."""
    with connection.cursor() as cursor:
        cursor.execute(RECEIVED)
        return {(holder, kind): count for holder, kind, count in cursor.fetchall()}


def _misfits() -> dict[Stock, list[str]]:
    found: dict[Stock, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(MISFITS)
        for holder, kind, number in cursor.fetchall():
            found.setdefault((holder, kind), []).append(number)
    return found


def boxes_in_doubt() -> dict[Stock, list[str]]:
    """Boxes that are locked, and those under a seal of which a blank went all the same.

    Not of one that was lost with its box: it is found and destroyed without the seal.
    """
    locked = Q(status=BoxState.LOCKED)
    lost = BlankMovement.objects.filter(blank=OuterRef("pk"), kind=MovementKind.LOST)
    gone = Blank.objects.filter(state__in=GONE, box=OuterRef("pk")).exclude(Exists(lost))
    used = Q(Exists(gone), status__in=(BoxState.SEALED, BoxState.ON_THE_WAY))
    found: dict[Stock, list[str]] = {}
    for box in Box.objects.filter(locked | used).order_by("number"):
        found.setdefault((box.holder_id, box.kind), []).append(box.number)
    return found


def late_on_the_way() -> dict[Stock, list[str]]:
    """What was sent too long ago and not acknowledged: boxes by number, loose blanks as ranges."""
    found: dict[Stock, list[str]] = {}
    loose: dict[Stock, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LATE, {"edge": timezone.now() - LONGEST_ON_THE_WAY})
        for holder, kind, box, number in cursor.fetchall():
            if box is None:
                loose.setdefault((holder, kind), []).append(number)
            elif box not in (boxes := found.setdefault((holder, kind), [])):
                boxes.append(box)
    for stock, numbers in loose.items():
        found.setdefault(stock, []).extend(_range(*pair) for pair in ranges(numbers))
    return found


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


# Ordered by number, so that ranges join; a box is named once, whatever of it is on the way.
LATE = """
SELECT blank.holder_id, blank.kind, box.number, blank.number FROM blanks_blank blank
LEFT JOIN blanks_box box ON box.id = blank.box_id
WHERE blank.state = 'on_the_way' AND NOT EXISTS (
    SELECT FROM blanks_blankmovement moved WHERE moved.blank_id = blank.id
        AND moved.kind = 'sent' AND moved.at >= %(edge)s)
ORDER BY blank.number
"""
RECEIVED = """
WITH moved AS (
    SELECT m.kind AS what, m.holder_id, m.blank_id, b.kind FROM blanks_blankmovement m
    JOIN blanks_blank b ON b.id = m.blank_id
)
SELECT NULL, kind, count(*) FILTER (WHERE what = 'received') - count(*) FILTER (WHERE what = 'sent')
    FROM moved GROUP BY kind
UNION ALL
SELECT holder_id, kind, count(DISTINCT blank_id) FROM moved
    WHERE holder_id IS NOT NULL AND what IN ('acknowledged', 'lost') GROUP BY holder_id, kind
"""
# The state that the last movement of a blank should have left it in; none at all is wrong too.
MISFITS = """
SELECT blank.holder_id, blank.kind, blank.number FROM blanks_blank blank
LEFT JOIN LATERAL (
    SELECT kind, holder_id FROM blanks_blankmovement moved
    WHERE moved.blank_id = blank.id ORDER BY at DESC, id DESC LIMIT 1
) last ON true
WHERE (CASE last.kind WHEN 'received' THEN 'in_hand' WHEN 'acknowledged' THEN 'in_hand'
        WHEN 'sent' THEN 'on_the_way' ELSE last.kind END) IS DISTINCT FROM blank.state
    OR last.holder_id IS DISTINCT FROM blank.holder_id
ORDER BY blank.number LIMIT 100
"""


def holders_of(actor: Actor) -> Sequence[IssuingOffice]:
    """The offices whose stock she keeps; headquarters keeps all."""
    rows = IssuingOffice.objects.filter(in_use=True).order_by("code")
    if actor.nationwide:
        return list(rows)
    return list(rows.filter(code__in=held(actor).values("office_id")))


def balances_for(actor: Actor) -> list[Balance]:
    """The balances of the holders that are hers to see."""
    mine = {office.pk for office in holders_of(actor)}
    return [row for row in balances() if actor.nationwide or row.holder in mine]


def on_the_way_to(office: IssuingOffice) -> list[tuple[str, str]]:
    """Loose numbers that wait to be acknowledged, as ranges."""
    rows = Blank.objects.filter(holder=office, state=BlankState.ON_THE_WAY, box=None)
    return ranges(rows.order_by("number").values_list("number", flat=True))


def last_counts() -> list[BlankCount]:
    """The last count of every kind at every holder."""
    rows = BlankCount.objects.order_by("holder_id", "kind", "-counted_at")
    rows = rows.distinct("holder_id", "kind")
    return list(rows.select_related("holder"))


def waiting_destructions(actor: Actor) -> list[BlankDestruction]:
    rows = BlankDestruction.objects.visible_to(actor).filter(status="proposed")
    mine = {office.pk for office in holders_of(actor)}
    return [
        row for row in rows.select_related("holder") if actor.nationwide or row.holder_id in mine
    ]


def movements_of(actor: Actor, number: str) -> list[BlankMovement]:
    """The life of one blank, first to last, as far as it was in hands that are hers to see.

    What the central store did with it is headquarters' to see; an office sees a blank from the
    day on which it was sent there.
    """
    rows = BlankMovement.objects.visible_to(actor).filter(blank__number=number.strip().upper())
    if not actor.nationwide:
        rows = rows.filter(holder__in=[office.pk for office in holders_of(actor)])
    return list(rows.order_by("at", "pk").select_related("holder"))


def boxes_of(actor: Actor) -> RecordQuerySet[Box]:
    """Every box of the holders that are hers to see, condemned ones too."""
    rows = Box.objects.visible_to(actor).select_related("holder")
    return rows if actor.nationwide else rows.filter(holder__in=holders_of(actor))


def boxes(actor: Actor) -> list[Box]:
    """The boxes in use that are hers to see, those that wait for somebody first."""
    seen = boxes_of(actor).exclude(status=BoxState.CONDEMNED)
    order = [BoxState.LOCKED, BoxState.ON_THE_WAY, BoxState.OPEN, BoxState.SEALED]
    return sorted(seen, key=lambda row: (order.index(BoxState(row.status)), row.number))


def open_openings(boxes: Sequence[Box]) -> dict[object, BoxOpening]:
    """The proposal to open each box that waits for a second person, by the box's key."""
    rows = BoxOpening.objects.filter(box__in=boxes, status="proposed").select_related("box")
    return {row.box_id: row for row in rows}


def kinds_in_reach(holder: str) -> frozenset[str]:
    """The kinds of blank of which an office has one in hand, loose or in an open box."""
    rows = Blank.objects.filter(
        Q(box=None) | Q(box__status=BoxState.OPEN), holder_id=holder, state=BlankState.IN_HAND
    )
    return frozenset(rows.order_by().values_list("kind", flat=True).distinct())


def state_of(number: str, kind: str) -> str | None:
    """How a blank of a kind stands; None where no such number was ever received."""
    return Blank.objects.filter(number=number, kind=kind).values_list("state", flat=True).first()
