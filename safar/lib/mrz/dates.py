"""Which day do six digits of a zone mean? Birth lies in the past; expiry near today."""

from datetime import date

from safar.lib.partial_dates import PartialDate


def birth_date(raw: str, today: date) -> tuple[PartialDate | None, str]:
    """The latest possible day that is not in the future, and a finding's code or an empty text.

    Unknown parts are `<` (ICAO Doc 9303-3 §4.8); some issuers write 00, which is taken as unknown
    and said; 000000 tells no year either. A person over 100 gets the wrong century: nothing in two digits can tell.
    """
    if raw.isdigit() and raw != "000000":
        year, month, day = int(raw[:2]), int(raw[2:4]), int(raw[4:])
        if month and day:
            return _latest_past(year, month, day, today), ""
        known = _latest_past(year, month or None, None, today)
        return known, "mrz.birth.zeros" if known else ""
    if raw in ("<<<<<<", "000000"):
        return None, "mrz.birth.unknown"
    return _partial(raw, today)


def _partial(raw: str, today: date) -> tuple[PartialDate | None, str]:
    year, month, day = raw[:2], raw[2:4], raw[4:]
    if not all(part == "<<" or part.isdigit() for part in (year, month, day)):
        return None, ""
    if not _believable(month, 12) or not _believable(day, 31):
        return None, ""
    if year == "<<":
        return None, "mrz.birth.unknown"
    # a day without its month cannot be kept: the year is what is known
    known_month = int(month) if month != "<<" else None
    known = _latest_past(int(year), known_month, None, today)
    return known, "mrz.birth.partial" if known else ""


def _believable(part: str, most: int) -> bool:
    return part == "<<" or 1 <= int(part) <= most


def _latest_past(year: int, month: int | None, day: int | None, today: date) -> PartialDate | None:
    century = today.year - today.year % 100
    for candidate in (century + year, century - 100 + year):
        try:
            birth = PartialDate(candidate, month, day)
        except ValueError:
            continue  # 29 February may exist in one century only
        if birth.earliest() <= today:
            return birth
    return None


def expiry_date(raw: str, today: date) -> date | None:
    """The day within fifty years of today; None where there is no such day."""
    if not raw.isdigit():
        return None
    year = today.year - today.year % 100 + int(raw[:2])
    if year > today.year + 50:
        year -= 100
    elif year <= today.year - 50:
        year += 100
    try:
        return date(year, int(raw[2:4]), int(raw[4:]))
    except ValueError:
        return None
