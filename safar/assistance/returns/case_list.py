"""The columns of returns in a list of cases, what may stand in them, and what they come to.

A list brings returns before their declaration, or those that are over: what lies between needs
each person's own written word, which no spreadsheet is. The database says the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.assistance.cases.case_list import texts_of
from safar.assistance.cases.case_list.cells import country
from safar.assistance.cases.case_words import plain
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.returns.choices import SENDING, Order
from safar.assistance.returns.models import ReturnFile, Scheme
from safar.assistance.returns.rules import is_homeland
from safar.assistance.returns.workflow import BEYOND_DECLARATION, RETURN
from safar.ui.forms import DateField

if TYPE_CHECKING:
    from safar.assistance.cases.models import CaseImportRow

COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "sending": ("sending state", "sending country", "направившее государство"),
    "reference": ("mission's reference", "mission reference", "номер миссии"),
    "scheme_code": ("scheme code", "код схемы"),
    "homeland": ("returns to", "homeland", "возвращается в"),
    "order": ("deportation order", "решение о депортации"),
    "arrived_on": ("arrived on", "arrived", "дата прибытия"),
}
ORDERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("", "unknown", "not asked", "not asked yet", "не спрашивали"), Order.UNKNOWN),
    **dict.fromkeys(("none", "no", "none stands", "нет", "жок"), Order.NONE),
    **dict.fromkeys(("stands", "yes", "one stands", "да", "есть", "бар"), Order.STANDS),
}
REFERRED_BEFORE: Final = gettext_lazy(
    "The mission referred this person before, under the same reference."
)
REFERENCE: Final = re.compile(r"[\w][\w ./-]{0,39}")
Refusal = tuple["CaseImportRow", str, str]
Key = tuple[str, str]


def check(texts: Mapping[str, str]) -> tuple[str, str] | None:
    """What is wrong with the texts of one line, by themselves: the field and a sentence."""
    if (state := texts.get("sending", "")) and country(state) not in SENDING:
        return "sending", _("No mission of this state refers people to us.")
    if (number := texts.get("reference", "")) and not REFERENCE.fullmatch(number):
        return "reference", _("A reference has up to 40 letters, figures, blanks, dots and dashes.")
    if (home := texts.get("homeland", "")) and not country(home):
        return "homeland", _("This is no country. Write its code or its name.")
    if plain(texts.get("order", "")) not in ORDERS:
        return "order", _("Write whether a deportation order stands: yes, no, or nothing.")
    return _check_day(texts.get("arrived_on", ""))


def _check_day(text: str) -> tuple[str, str] | None:
    try:
        day = day_of(text)
    except ValidationError:
        return "arrived_on", _("This is no date.")
    if day and day > timezone.localdate():
        return "arrived_on", _("This day lies ahead.")
    return None


def fits(cases: Sequence[Sequence["CaseImportRow"]]) -> Iterator[Refusal]:
    """What does not fit of each case: with the programme's law, and with what is on record."""
    schemes = schemes_by_code()
    wanted = {one.get("reference", "") for one in map(said_of, cases)} - {""}
    on_record = ReturnFile.objects.filter(mission_reference__in=wanted)
    taken: set[Key] = set(on_record.values_list("sending", "mission_reference"))
    for lines in cases:
        said, first = said_of(lines), lines[0]
        if differs := _differs(lines, said):
            yield differs
            continue
        why_not = (
            _why_not(said, first, schemes)
            or _why_no_state(said, first)
            or _why_not_home(said, lines)
            or _referred_before(said, schemes, first, taken)
        )
        if why_not:
            yield first, *why_not


def said_of(lines: Iterable["CaseImportRow"]) -> dict[str, str]:
    """What the lines of a case say together: each field where it is first filled in."""
    return together(texts_of(row) for row in lines)


def together(texts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The same of their own texts alone."""
    said: dict[str, str] = {}
    for one in texts:
        said = {**one, **said}
    return said


def _differs(lines: Iterable["CaseImportRow"], said: Mapping[str, str]) -> Refusal | None:
    for row in lines:
        for name, text in texts_of(row).items():
            if plain(text) != plain(said[name]):
                return row, name, _("An earlier line of this case says something else.")
    return None


def _why_not(said: Mapping[str, str], first: "CaseImportRow", schemes: "Schemes") -> "Why":
    scheme = scheme_of(said.get("scheme_code") or first.scheme, first.opened_on, schemes)
    if scheme is None:
        return "scheme_code", _("Write the code of the mission's scheme, as Safar knows it.")
    if said.get("sending") and country(said["sending"]) != scheme.sending:
        return "sending", _("This scheme is another state's.")
    if not said.get("homeland"):
        return "homeland", _("Write to which country they return.")
    return None


def _why_not_home(said: Mapping[str, str], lines: Sequence["CaseImportRow"]) -> "Why":
    """Home is a country of the applicant; who is found by a number is looked at when written."""
    applicant = next(row for row in lines if row.role == MemberRole.APPLICANT)
    if applicant.citizenships and not is_homeland(
        country(said["homeland"]), applicant.citizenships
    ):
        return "homeland", _(
            "This is not the applicant's own country. The programme returns people home only."
        )
    if not applicant.citizenships and not applicant.number:
        return "citizenships", _("Write of which country the applicant is a citizen.")
    return None


def _why_no_state(said: Mapping[str, str], first: "CaseImportRow") -> "Why":
    status = first.status or RETURN.start
    if status in BEYOND_DECLARATION:
        return "status", _(
            "A list brings returns that are referred, in counselling, completed or ended. "
            "What lies between needs each person's written declaration: open it from the referral."
        )
    day = day_of(said.get("arrived_on", ""))
    if status not in RETURN.terminal:
        early = _("Who is referred or in counselling has not arrived yet.")
        return ("arrived_on", early) if day else None
    if status == "completed" and ORDERS[plain(said.get("order", ""))] == Order.STANDS:
        return "order", _("A deportation order stands: this was no voluntary return.")
    if status == "completed" and day is None:
        return "arrived_on", _("A return that is completed has the day of its arrival.")
    if day and not (first.opened_on or timezone.localdate()) <= day <= (first.closed_on or day):
        return "arrived_on", _("They arrived between the day it was opened and the day it ended.")
    return None


def _referred_before(
    said: Mapping[str, str], schemes: "Schemes", first: "CaseImportRow", taken: set[Key]
) -> "Why":
    """Whether the reference is on record, or stands in the list before. It is taken from now on."""
    scheme = scheme_of(said.get("scheme_code") or first.scheme, first.opened_on, schemes)
    key = (scheme.sending if scheme else "", said.get("reference", ""))
    if not key[1]:
        return None
    if key in taken:
        return "reference", str(REFERRED_BEFORE)
    taken.add(key)
    return None


Why = tuple[str, str] | None
Schemes = Mapping[str, Sequence[Scheme]]


def schemes_by_code() -> Schemes:
    """The versions of each scheme by its code, the newest first."""
    found: dict[str, list[Scheme]] = {}
    for scheme in Scheme.objects.order_by("-valid_from"):
        found.setdefault(plain(scheme.code), []).append(scheme)
    return found


def scheme_of(code: str, day: date | None, schemes: Schemes) -> Scheme | None:
    """The version that was in force when the case was opened; the oldest, where none was yet."""
    versions = schemes.get(plain(code), ())
    day = day or timezone.localdate()
    in_force = (one for one in versions if one.valid_from <= day)
    return next(in_force, versions[-1] if versions else None)


def day_of(text: str) -> date | None:
    """The day that is written; None where nothing is.

    Raises:
        ValidationError: it is no day.
    """
    found: date | None = DateField(required=False).clean(text)
    return found
