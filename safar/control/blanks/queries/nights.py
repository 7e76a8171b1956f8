"""When was the stock last counted, where did it not add up, and which boxes are locked?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from safar.control.blanks.choices import BoxState
from safar.control.blanks.models import Blank, Box
from safar.control.blanks.queries.stock import last_counts, late_on_the_way

LATEST: Final = timedelta(hours=26)  # a night is missed when the last count is older


@dataclass(frozen=True)
class Night:
    """The last count of all stocks. `wrong`: offices whose stock does not add up; the central
    store is `store`. `late`: what is too long on the way now, as `office: range or box`.
    """

    counted_at: datetime | None
    wrong: tuple[str, ...]
    locked: tuple[str, ...]
    late: tuple[str, ...]
    has_stock: bool

    @property
    def is_missed(self) -> bool:
        """Whether there is anything to count, and the last night did not."""
        if not self.has_stock:
            return False
        return self.counted_at is None or timezone.now() - self.counted_at > LATEST

    @property
    def is_right(self) -> bool:
        return not (self.is_missed or self.wrong or self.locked or self.late)


def last_night() -> Night:
    """How the stock stood at its last count, and the boxes that are locked now."""
    counts = last_counts()
    locked = Box.objects.filter(status=BoxState.LOCKED).order_by("number")
    return Night(
        counted_at=max((count.counted_at for count in counts), default=None),
        wrong=tuple(sorted({c.holder_id or "store" for c in counts if not c.adds_up})),
        locked=tuple(locked.values_list("number", flat=True)),
        late=tuple(
            f"{holder or 'store'}: {one}"
            for (holder, _kind), told in sorted(late_on_the_way().items(), key=str)
            for one in told
        ),
        has_stock=Blank.objects.exists(),
    )
