"""Which date of birth is meant by the way a ministry writes it?"""

import re
from typing import Final

from safar.control.watchlist.sources.words import checked
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth

ORDERS: Final = ("dmy", "mdy", "ymd")
_PARTS: Final = re.compile(r"\d+", re.ASCII)
_ISO: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?([ T].*)?", re.ASCII)
_SHAPE: Final = re.compile(
    r"\d{1,4}([-./ ]\d{1,4}){0,2}( ?(г|г\.|ж|ж\.))?([ T]00:00(:00)?)?", re.ASCII
)
_RUN: Final = re.compile(r"\d{8}", re.ASCII)
_ABOUT: Final = ("~", "около ", "ок. ", "примерно ", "about ", "circa ", "ca. ", "болжол менен ")


def read_birth(text: str, order: str = "dmy") -> Birth:
    """Read a date in an order of its parts; ISO 8601 is understood in any.

    A year alone, a month and a year, and 00 for what is not known make partial dates. A year of
    two digits is none: which century is meant nobody can say.

    Raises:
        ValueError: it is no such date.
    """
    text = " ".join(text.split())
    about = text.casefold().startswith(_ABOUT)
    if about:
        text = text[len(next(word for word in _ABOUT if text.casefold().startswith(word))) :]
    if _ISO.fullmatch(text):
        order = "ymd"
    elif not _SHAPE.fullmatch(text) and not _RUN.fullmatch(text):
        raise ValueError(text)
    return checked(_date(_parts(text, order), order), about=about)


def _parts(text: str, order: str) -> list[str]:
    if _RUN.fullmatch(text):
        cuts = (4, 6) if order == "ymd" else (2, 4)
        return [text[: cuts[0]], text[cuts[0] : cuts[1]], text[cuts[1] :]]
    return _PARTS.findall(text.split(" 00:00")[0].split("T")[0][:10])


def _date(parts: list[str], order: str) -> PartialDate:
    if len(parts) == 1:
        return PartialDate(_year(parts[0]))
    if len(parts) == 2:
        year, month = parts if order == "ymd" else reversed(parts)
        return PartialDate(_year(year), int(month) or None)
    day, month, year = (parts[order.index(letter)] for letter in "dmy")
    known_month = int(month) or None
    return PartialDate(_year(year), known_month, (int(day) or None) if known_month else None)


def _year(text: str) -> int:
    if len(text) != 4:
        raise ValueError(text)
    return int(text)
