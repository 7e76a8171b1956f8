"""Which entries and exits make one visit, and which have lost their other half?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from safar.lib.stay.counting import Visit

Direction = Literal["entry", "exit"]
Movement = tuple[date, Direction, str]

IRREGULARITIES: Final = {
    "two_entries": "Two entries in a row, on {first} and {on}: no exit between them is on record",
    "open_entry": "Entry on {on}: no exit is on record",
    "exit_alone": "Exit on {on}: no entry before it is on record",
}


@dataclass(frozen=True, slots=True)
class Irregularity:
    """One gap in the record: what, the identifiers of the movements, and days for the sentence."""

    code: str
    ids: tuple[str, ...]
    params: dict[str, date]

    @property
    def sentence(self) -> str:
        """The gap in English."""
        days = {name: f"{day.day} {day:%b %Y}" for name, day in self.params.items()}
        return IRREGULARITIES[self.code].format(**days)


@dataclass(frozen=True, slots=True)
class Paired:
    """Visits in order, and the gaps found while pairing."""

    visits: tuple[Visit, ...]
    irregularities: tuple[Irregularity, ...]


def visits(movements: Iterable[Movement], *, arriving: bool = False) -> Paired:
    """Pair movements, each (day, "entry" or "exit", identifier), into visits.

    Movements of one day must come in the order in which they happened. With `arriving` the
    person stands at an entry lane, so an entry still open is a gap in the record and not a stay.
    """
    made: list[Visit] = []
    gaps: list[Irregularity] = []
    entry: tuple[date, str] | None = None
    for on, direction, key in sorted(movements, key=lambda movement: movement[0]):
        if direction == "entry":
            if entry:
                gaps.append(_two_entries(entry, on, key))
                made.append(Visit(entry[0], entry[0], assumed=True))
            entry = (on, key)
        elif entry:
            made.append(Visit(entry[0], on))
            entry = None
        else:
            gaps.append(Irregularity("exit_alone", (key,), {"on": on}))
            made.append(Visit(on, on, assumed=True))
    if entry and arriving:
        gaps.append(Irregularity("open_entry", (entry[1],), {"on": entry[0]}))
        made.append(Visit(entry[0], entry[0], assumed=True))
    elif entry:
        made.append(Visit(entry[0]))
    return Paired(tuple(made), tuple(gaps))


def _two_entries(entry: tuple[date, str], on: date, key: str) -> Irregularity:
    return Irregularity("two_entries", (entry[1], key), {"first": entry[0], "on": on})
