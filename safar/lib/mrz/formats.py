"""Where does each field stand? (ICAO Doc 9303-4 to 9303-7; the French card: decree 55-1397)"""

from dataclasses import dataclass, field
from typing import Final

Place = tuple[int, int, int]
"""Line, first column, column after the last; from 0."""


@dataclass(frozen=True, slots=True)
class Format:
    """One layout. `composite` lists the places under the last check digit, in order."""

    name: str
    rows: int
    width: int
    letters: str
    places: dict[str, Place]
    checks: dict[str, tuple[int, int]]
    composite: tuple[Place, ...] = ()
    long_number: bool = False
    cuts: dict[str, slice] = field(init=False)
    check_cuts: dict[str, int] = field(init=False)
    composite_cuts: tuple[slice, ...] = field(init=False)

    def __post_init__(self) -> None:
        cuts = {name: self._cut(place) for name, place in self.places.items()}
        object.__setattr__(self, "cuts", cuts)
        checks = {name: line * self.width + column for name, (line, column) in self.checks.items()}
        object.__setattr__(self, "check_cuts", checks)
        object.__setattr__(self, "composite_cuts", tuple(map(self._cut, self.composite)))

    def _cut(self, place: Place) -> slice:
        line, start, end = place
        return slice(line * self.width + start, line * self.width + end)


TD1: Final = Format(
    "TD1",
    3,
    30,
    "IAC",
    {
        "document_code": (0, 0, 2),
        "issuer": (0, 2, 5),
        "number": (0, 5, 14),
        "personal_number": (0, 15, 30),
        "birth": (1, 0, 6),
        "sex": (1, 7, 8),
        "expiry": (1, 8, 14),
        "nationality": (1, 15, 18),
        "optional": (1, 18, 29),
        "name": (2, 0, 30),
    },
    {"number": (0, 14), "birth": (1, 6), "expiry": (1, 14), "composite": (1, 29)},
    ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    long_number=True,
)
TD2: Final = Format(
    "TD2",
    2,
    36,
    "IAC",
    {
        "document_code": (0, 0, 2),
        "issuer": (0, 2, 5),
        "name": (0, 5, 36),
        "number": (1, 0, 9),
        "nationality": (1, 10, 13),
        "birth": (1, 13, 19),
        "sex": (1, 20, 21),
        "expiry": (1, 21, 27),
        "personal_number": (1, 28, 35),
    },
    {"number": (1, 9), "birth": (1, 19), "expiry": (1, 27), "composite": (1, 35)},
    ((1, 0, 10), (1, 13, 20), (1, 21, 35)),
    long_number=True,
)
TD3: Final = Format(
    "TD3",
    2,
    44,
    "P",
    {
        "document_code": (0, 0, 2),
        "issuer": (0, 2, 5),
        "name": (0, 5, 44),
        "number": (1, 0, 9),
        "nationality": (1, 10, 13),
        "birth": (1, 13, 19),
        "sex": (1, 20, 21),
        "expiry": (1, 21, 27),
        "personal_number": (1, 28, 42),
    },
    {
        "number": (1, 9),
        "birth": (1, 19),
        "expiry": (1, 27),
        "personal_number": (1, 42),
        "composite": (1, 43),
    },
    ((1, 0, 10), (1, 13, 20), (1, 21, 43)),
)


def _visa(name: str, width: int) -> Format:
    """Visas have no composite digit, and none on the optional data (ICAO Doc 9303-7 §4.2)."""
    return Format(
        name,
        2,
        width,
        "V",
        {
            "document_code": (0, 0, 2),
            "issuer": (0, 2, 5),
            "name": (0, 5, width),
            "number": (1, 0, 9),
            "nationality": (1, 10, 13),
            "birth": (1, 13, 19),
            "sex": (1, 20, 21),
            "expiry": (1, 21, 27),
            "optional": (1, 28, width),
        },
        {"number": (1, 9), "birth": (1, 19), "expiry": (1, 27)},
    )


MRV_A: Final = _visa("MRV-A", 44)
MRV_B: Final = _visa("MRV-B", 36)

FRENCH_ID: Final = Format(
    "FRENCH-ID",
    2,
    36,
    "I",
    {
        "document_code": (0, 0, 2),
        "issuer": (0, 2, 5),
        "surname": (0, 5, 30),
        "optional": (0, 30, 36),
        "number": (1, 0, 12),
        "given_names": (1, 13, 27),
        "birth": (1, 27, 33),
        "sex": (1, 34, 35),
    },
    {"number": (1, 12), "birth": (1, 33), "composite": (1, 35)},
    ((0, 0, 36), (1, 0, 35)),
)

FORMATS: Final = {form.name: form for form in (TD1, TD2, TD3, MRV_A, MRV_B, FRENCH_ID)}
"""Name → layout."""

SHAPES: Final = {(3, 30), (2, 36), (2, 44)}
"""Rows and width of every zone that is read."""


def recognise(lines: tuple[str, ...]) -> Format | None:
    """The format of lines whose number and width fit one; None for any other shape."""
    widths = {len(line) for line in lines}
    shape = (len(lines), widths.pop()) if len(widths) == 1 else (0, 0)
    visa = bool(lines) and lines[0].startswith("V")
    if shape == (2, 44):
        return MRV_A if visa else TD3
    if shape == (2, 36):
        if visa:
            return MRV_B
        # TD2 has the last letter of the nationality where the French card has a check digit
        french = lines[0].startswith("IDFRA") and lines[1][12].isdigit()
        return FRENCH_ID if french else TD2
    return TD1 if shape == (3, 30) else None
