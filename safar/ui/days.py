"""How is a day written on a page or a paper: with the month as the language writes it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

SMALL_MONTHS = frozenset({"ru", "ky"})  # `11 ноя 2026`; Django's short names begin with a capital


def written(day: date, form: str) -> str:
    """A day in a form of Django's (`j M Y`), for sentences and papers; a page has `|date`."""
    return small(date_format(day, form), form)


def small(text: str, form: str) -> str:
    """A date that begins with its day, in small letters where months are written so."""
    language = (get_language() or "").partition("-")[0]
    return text.lower() if form.startswith("j") and language in SMALL_MONTHS else text
