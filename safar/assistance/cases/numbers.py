"""The numbers of cases and of other bodies, and what a telephone number comes to."""

import re
import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import NumberOf
from safar.core.errors import RuleBroken

DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\u2043]")
CASE: Final = re.compile(r"([A-Z]{2,8}[ -]?[A-Z]{2,6})[ -]?([0-9]{2})[ -]?([0-9]{1,6})")
LONGEST_NUMBER: Final = 40
FORMS: Final = {
    NumberOf.UNHCR_FILE: (
        re.compile(r"([0-9]{3})-?([0-9]{2})([C-]?)([0-9]{5})"),
        _("A UNHCR file number looks like 123-45C67890, or 123-45-67890 since 2021."),
    ),
    NumberOf.UNHCR_PERSON: (
        re.compile(r"([0-9]{3})-?([0-9]{8})"),
        _("A UNHCR individual number looks like 123-00045678."),
    ),
}
FREE: Final = re.compile(r"(?=.*[0-9])[^\W_][\w./ -]*")


def case_number(office: str, prefix: str, year: int, sequence: int) -> str:
    """Return a case's number: `BIS-RTN-26-0044`, as people write it on paper and read it aloud."""
    return f"{office}-{prefix}-{year % 100:02d}-{sequence:04d}"


def phone_digits(value: str) -> str:
    """Return the last nine digits: the same telephone with and without its country's code."""
    return re.sub(r"[^0-9]", "", _western(value))[-9:]


def external_number(system: str, value: str) -> str:
    """Return another body's number as it is kept: in capitals, with the dashes where they belong.

    UNHCR files carry a C before the last five digits where they were registered before February
    2021, and a dash since (refugeemalaysia.org/support/unhcr-documents; the day differs by page,
    so both forms are taken whatever the date). Written together without either, the number is
    not taken: which of the two it was cannot be told. The individual number's form is the one
    that is used on cards; UNHCR publishes none. Any other body's number is free, with a digit.

    Raises:
        RuleBroken: the number has not the form of that body's numbers.
    """
    text = tidy_number(value)
    if known := FORMS.get(NumberOf(system)) if system in NumberOf.values else None:
        return _in_form(*known, text.replace(" ", ""))
    if not system.strip():
        raise RuleBroken(_("Say whose number this is."), field="system")
    if len(text) > LONGEST_NUMBER or not FREE.fullmatch(text):
        raise RuleBroken(
            _("A reference is of letters and digits, with at least one digit."), field="value"
        )
    return text


def number_forms(value: str) -> list[str]:
    """Return every way in which a number that somebody types may be kept."""
    text = tidy_number(value)
    bare = re.sub(r"[ -]", "", text)
    files = [f"{bare[:3]}-{bare[3:5]}-{bare[5:]}", f"{bare[:3]}-{bare[3:5]}C{bare[5:]}"]
    guesses = files if re.fullmatch(r"[0-9]{10}", bare) else []
    for form, _why in FORMS.values():
        if found := form.fullmatch(text.replace(" ", "")):
            guesses = [*guesses, _joined(found.groups())]
    return list(dict.fromkeys([text, *guesses]))


def tidy_number(value: str) -> str:
    """Return a number in capitals, with plain digits and dashes and single blanks."""
    return " ".join(DASHES.sub("-", _western(value)).upper().split())


def case_numbers(value: str) -> list[str]:
    """Return the case numbers that may be meant, by `bis rtn 26 44` too; nothing by other texts."""
    found = CASE.fullmatch(tidy_number(value))
    if not found:
        return []
    letters, year, sequence = found.groups()
    if (parts := re.split(r"[ -]", letters))[1:]:
        pairs = [(parts[0], parts[1])]
    else:  # written together: where the office ends is not known
        pairs = [(letters[:at], letters[at:]) for at in range(2, len(letters) - 1)]
    return [case_number(office, prefix, int(year), int(sequence)) for office, prefix in pairs]


def _in_form(form: re.Pattern[str], why: object, text: str) -> str:
    found = form.fullmatch(text)
    if not found or "" in found.groups():
        raise RuleBroken(why, field="value")
    return _joined(found.groups())


def _joined(parts: tuple[str, ...]) -> str:
    return f"{parts[0]}-{''.join(parts[1:])}"


def _western(text: str) -> str:
    """Digits of any script as 0-9: ۰۱۲ and ٠١٢ are typed here too."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)
