"""How does a person type a date, and by which templates is a form drawn?"""

import re
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from safar.lib.partial_dates import PartialDate

# No earlier year is asked for. It also catches DDMMYY and YYYYMMDD: read as MMYYYY or DDMMYYYY,
# both give a year before 1232.
FIRST_YEAR = 1850

_TWO = r"(?:\d\d|\d | \d|  |XX|xx|<<)"
_UP_TO_TWO = r"(?:\d{1,2}| {1,2}|XX|xx|<<)"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        # 1984-05-17, 1984-05, 1984
        r"(?P<year>\d{4})(?:[-./ ](?P<month>\d{1,2})(?:[-./ ](?P<day>\d{1,2}))?)?",
        # 17051984, 00001984, 051984; two spaces, XX or << stand for what is not known
        rf"(?P<day>{_TWO})?(?P<month>{_TWO})(?P<year>\d{{4}})",
        # 17.05.1984, 7/5/1984, 00.05.1984, 05.1984
        rf"(?:(?P<day>{_UP_TO_TWO})[-./ ])?(?P<month>{_UP_TO_TWO})[-./ ](?P<year>\d{{4}})",
    )
)

_ERRORS: dict[str, Any] = {
    "shape": _("Write the date as day, month and year, for example 17.05.1984."),
    "partial_shape": _(
        "Write the date as day, month and year, for example 17.05.1984, "
        "with 00 for a day or a month that is not known."
    ),
    "no_such_month": _("There are only twelve months. Write the day first, then the month."),
    "no_such_day": _("There is no such day in that month."),
    "month_missing": _("The day is there, but the month is not. Write both, or the year alone."),
    "year": _("Write the year with four digits, for example 1984."),
    "incomplete": _("The day and the month are needed too, for example 17.05.1984."),
}


class Renderer(TemplatesSetting):
    """The setting `FORM_RENDERER`. Needs `django.forms` among the apps, for the plain boxes."""

    form_template_name = "ui/components/form.html"
    field_template_name = "ui/components/field.html"
    own_widgets: ClassVar = {
        "django/forms/widgets/radio.html": "ui/components/choices.html",
        "django/forms/widgets/checkbox_select.html": "ui/components/choices.html",
    }

    def get_template(self, template_name: str) -> Any:
        return super().get_template(self.own_widgets.get(template_name, template_name))


class DateInput(forms.TextInput):
    """One box for the whole date: no picker, no drop-down lists, nothing remembered."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"class": "w-m mono", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__({**own, **(attrs or {})})


class DateField(forms.Field):
    """A whole date, typed as DDMMYYYY, DD.MM.YYYY, DD/MM/YYYY or ISO 8601. Gives a `date`."""

    widget = DateInput
    default_error_messages = _ERRORS

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        if not str(value).strip():
            return None
        read = _read(str(value), self.error_messages, "shape")
        if not read.is_full:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return read.earliest()

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d.%m.}{value.year:04d}" if isinstance(value, date) else value


class PartialDateField(forms.Field):
    """A date of which only the year must be known. Gives a `PartialDate`.

    Beside the shapes of `DateField`: MMYYYY, YYYY, and 00, two spaces or XX for a part that is
    not known (ICAO Doc 9303-3 §4.8).
    """

    widget = DateInput
    default_error_messages = _ERRORS

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return PartialDate.of(value)
        if not str(value).strip():
            return None
        return _read(str(value), self.error_messages, "partial_shape")

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, PartialDate) else value


def typed(value: PartialDate) -> str:
    """The date as a person here writes it: 17.05.1984, 05.1984 or 1984."""
    known = (value.day, value.month)
    return "".join(f"{part:02d}." for part in known if part is not None) + f"{value.year:04d}"


def _read(text: str, messages: dict[str, Any], shape: str) -> PartialDate:
    tries = (each.fullmatch(way) for way in (text, text.strip()) for each in _SHAPES)
    found = next(filter(None, tries), None)
    if found is None:
        raise ValidationError(messages[shape], code=shape)
    year, month, day = int(found["year"]), _part(found["month"]), _part(found["day"])
    wrong = _what_is_wrong(year, month, day)
    if wrong is not None:
        raise ValidationError(messages[wrong], code=wrong)
    try:
        return PartialDate(year, month, day)
    except ValueError:
        raise ValidationError(messages["no_such_day"], code="no_such_day") from None


def _part(text: str | None) -> int | None:
    """The number of a day or a month; None where 00, spaces or XX stand for it."""
    return int((text or "").strip(" xX<") or 0) or None


def _what_is_wrong(year: int, month: int | None, day: int | None) -> str | None:
    if month is not None and month > 12:
        return "no_such_month"
    if year < FIRST_YEAR:
        return "year"
    return "month_missing" if day is not None and month is None else None
