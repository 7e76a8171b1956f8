"""How old is somebody on a day, and in which band of the reports is she counted?"""

from datetime import date

from safar.lib.partial_dates import PartialDate

# UNHCR's bands of its standard tables: the last has no end.
BANDS: tuple[tuple[int, int | None], ...] = ((0, 4), (5, 11), (12, 17), (18, 59), (60, None))
UNKNOWN = -1
ADULT_FARE_FROM = 12  # IATA: a child's fare until the twelfth birthday
OF_AGE = 18


def age_on(birth: PartialDate | None, day: date) -> int | None:
    """Completed years on a day, as far as the date of birth is known.

    Of a birth month or day that nobody knows it is taken that the birthday was. None where
    nothing is known.
    """
    if birth is None:
        return None
    born = (birth.month, birth.day)
    known = tuple(part for part in born if part is not None)
    return day.year - birth.year - ((day.month, day.day)[: len(known)] < known)


def youngest_on(birth: PartialDate | None, day: date) -> int | None:
    """The youngest that she may be on a day, never below 0. None where nothing is known."""
    if birth is None:
        return None
    return max(0, age_on(PartialDate.of(birth.latest()), day) or 0)


def is_child(birth: PartialDate | None, day: date) -> bool:
    """Whether she may be under age on a day. Of whom nothing is known it is taken that she is."""
    youngest = youngest_on(birth, day)
    return youngest is None or youngest < OF_AGE


def band_of(age: int | None) -> int:
    """The number of the band in BANDS; UNKNOWN where no age is known."""
    if age is None:
        return UNKNOWN
    return sum(1 for _from, to in BANDS if to is not None and age > to)


def band_name(number: int) -> str:
    low, high = BANDS[number]
    return f"{low}+" if high is None else f"{low}–{high}"
