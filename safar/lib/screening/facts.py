"""Which facts of a query and of many entities agree or contradict, for all of them at once?"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.partial_dates import PartialDate
from safar.lib.screening.columns import spread
from safar.lib.screening.entity import Birth, Query
from safar.lib.screening.folder import Arrays

Ints = NDArray[np.int64]
UNKNOWN, AGREES, DIFFERS = 0, 1, 2
# Codes of birth dates, the best first.
BIRTHS: Final = ("agrees", "as_known", "swapped", "digit", "near", "differs", "unknown")
APPROXIMATE_YEARS: Final = 3  # either way
_SEX_BITS: Final = {"F": 1, "M": 2}


@dataclass(frozen=True, slots=True)
class Compared:
    """For each entity: an index into BIRTHS, the row of the best birth, sex and citizenship."""

    births: Ints
    birth_rows: Ints
    sexes: Ints
    citizenships: Ints


def days(query: Query) -> list[int]:
    """The whole birth dates of a query as yyyymmdd, also with day and month swapped."""
    found = []
    for birth in query.births:
        date = birth.date
        if date.month and date.day and (date.month, date.day) != (1, 1):
            found.append(date.year * 10_000 + date.month * 100 + date.day)
            found.append(date.year * 10_000 + date.day * 100 + date.month)
    return found


def compare(arrays: Arrays, codes: list[str], entities: Ints, query: Query) -> Compared:
    """Every fact but documents for entities by their places."""
    births, rows = _births(arrays, entities, query.births)
    return Compared(
        births, rows, _sexes(arrays, entities, query), _citizenships(arrays, codes, entities, query)
    )


def _births(arrays: Arrays, entities: Ints, mine: tuple[Birth, ...]) -> tuple[Ints, Ints]:
    best = np.full(len(entities), BIRTHS.index("unknown"), np.int64)
    chosen = np.full(len(entities), -1, np.int64)
    rows, which = spread(arrays["birth_starts"], entities)
    if not mine or not len(rows):
        return best, chosen
    codes = np.min([_against(arrays, rows, birth) for birth in mine], axis=0)
    order = np.lexsort((rows, codes, which))
    first = np.unique(which[order], return_index=True)[1]
    best[which[order][first]] = codes[order][first]
    chosen[which[order][first]] = rows[order][first]
    return best, chosen


def _against(arrays: Arrays, rows: Ints, mine: Birth) -> Ints:
    """The code of each listed birth against one of the query."""
    date = arrays["births"][rows].astype(np.int64)
    date = np.where(date % 10_000 == 101, date - 101, date)  # 1 January stands for not known
    year, last = date // 10_000, arrays["birth_last"][rows].astype(np.int64)
    about = (arrays["birth_about"][rows] > 0) | mine.approximate
    own = _without_dummy_day(mine.date)
    own_last = mine.year_to or own.year
    spans = (last != year) | (own_last != own.year)
    distance = np.maximum(np.maximum(year - own_last, own.year - last), 0)
    full = own.is_full & (date % 100 > 0) & ~about & ~spans
    month = date // 100 % 100
    against = (month > 0) & bool(own.month) & (month != own.month) & ~spans & ~about
    code = np.select(
        [
            (distance == 0) & ~against,
            (distance <= np.where(about, APPROXIMATE_YEARS, 1)) & ~against,
        ],
        [BIRTHS.index("as_known"), BIRTHS.index("near")],
        BIRTHS.index("differs"),
    )
    return np.where(full, _full(date, own), code) if full.any() else code


def _full(date: Ints, own: PartialDate) -> Ints:
    """The code of whole dates, yyyymmdd, against a whole one."""
    number = own.year * 10_000 + (own.month or 0) * 100 + (own.day or 0)
    turned = own.year * 10_000 + (own.day or 0) * 100 + (own.month or 0)
    digits = sum((date // 10**place % 10 != number // 10**place % 10) for place in range(8))
    same_day = (date % 10_000 == number % 10_000) & (np.abs(date // 10_000 - own.year) == 1)
    return np.select(
        [date == number, date == turned, np.asarray(digits) == 1, same_day],
        [BIRTHS.index(code) for code in ("agrees", "swapped", "digit", "near")],
        BIRTHS.index("differs"),
    )


def _without_dummy_day(date: PartialDate) -> PartialDate:
    return PartialDate(date.year) if (date.month, date.day) == (1, 1) else date


def _sexes(arrays: Arrays, entities: Ints, query: Query) -> Ints:
    mine = sum(_SEX_BITS.get(sex, 0) for sex in query.sexes)
    theirs = arrays["sexes"][entities].astype(np.int64)
    if not mine:
        return np.zeros(len(entities), np.int64)
    return np.where(theirs == 0, UNKNOWN, np.where(theirs & mine, AGREES, DIFFERS))


def _citizenships(arrays: Arrays, codes: list[str], entities: Ints, query: Query) -> Ints:
    result = np.zeros(len(entities), np.int64)
    rows, which = spread(arrays["code_starts"], entities)
    if not query.citizenships or not len(rows):
        return result
    wanted = [place for place, code in enumerate(codes) if code in query.citizenships]
    same = np.isin(arrays["codes"][rows], wanted)
    result[which] = DIFFERS
    result[which[same]] = AGREES
    return result


def birth_at(arrays: Arrays, row: int) -> str:
    """A listed birth as a text to read."""
    date, last = int(arrays["births"][row]), int(arrays["birth_last"][row])
    year, month, day = date // 10_000, date // 100 % 100, date % 100
    partial = PartialDate(year, month or None, day or None)
    return str(Birth(partial, last if last > year else None, bool(arrays["birth_about"][row])))


def sexes_at(arrays: Arrays, entity: int) -> str:
    bits = int(arrays["sexes"][entity])
    return ", ".join(sex for sex, bit in _SEX_BITS.items() if bits & bit)


def codes_at(arrays: Arrays, codes: list[str], entity: int) -> str:
    """The citizenships of an entity as a text to read."""
    first, last = arrays["code_starts"][entity], arrays["code_starts"][entity + 1]
    found: list[Any] = arrays["codes"][first:last].tolist()
    return ", ".join(dict.fromkeys(codes[place] for place in found))
