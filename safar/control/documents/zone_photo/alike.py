"""Which sign must it have been, where a place of the zone holds digits or letters alone?"""

from typing import Final

DIGITS: Final = str.maketrans("ODQGILZSBTA", "00061125874")
LETTERS: Final = str.maketrans("01256834", "OIZSGBBA")
_DIGITS: Final = {
    30: {0: (14,), 1: (*range(7), *range(8, 15), 29)},
    36: {1: (9, *range(13, 20), *range(21, 28), 35)},
    44: {1: (9, *range(13, 20), *range(21, 28), 43)},
}
"""Signs to the line → line → places that hold digits (ICAO Doc 9303-4 to 9303-6 §4.2)."""
_LETTERS: Final = {
    30: {0: (0, 2, 3, 4), 1: (15, 16, 17), 2: tuple(range(30))},
    36: {0: (0, *range(2, 36)), 1: (10, 11, 12)},
    44: {0: (0, *range(2, 44)), 1: (10, 11, 12)},
}


def put_right(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Letters read where only digits stand, and digits where only letters do, as their likes."""
    size = len(lines[0])
    if size == 36 and lines[0].startswith("IDFRA") and lines[1][12].isdigit():
        return lines  # the French card of before 2021 has names where others have dates
    letters = dict(_LETTERS[size])
    if lines[0].startswith("PNRUS"):
        letters[0] = (0, 2, 3, 4)  # digits stand for letters in the names of internal passports
    return tuple(
        _swapped(
            _swapped(line, _DIGITS[size].get(row, ()), DIGITS),
            letters.get(row, ()), LETTERS,
        )
        for row, line in enumerate(lines)
    )  # fmt: skip


def _swapped(line: str, places: tuple[int, ...], table: dict[int, int]) -> str:
    return "".join(
        sign.translate(table) if place in places else sign for place, sign in enumerate(line)
    )
