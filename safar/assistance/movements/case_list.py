"""The columns of movements in a list of cases, what may stand in them, and what they come to.

A list brings movements that nobody has a seat for yet, or those that are over. Who is booked or
on the way has steps, papers and a journey that no spreadsheet shows: that is done page by page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.assistance.cases.case_list import texts_of
from safar.assistance.cases.case_list.cells import country
from safar.assistance.cases.case_words import plain
from safar.assistance.movements.choices import ReferredBy
from safar.assistance.movements.models import MovementFile, MovementScheme
from safar.assistance.movements.workflow import MOVEMENT
from safar.ui.forms import DateField

if TYPE_CHECKING:
    from safar.assistance.cases.models import CaseImportRow

COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "destination": ("destination", "goes to", "страна назначения"),
    "town": ("town there", "destination town", "город назначения"),
    "departs_from": ("leaves from", "departs from", "страна выезда"),
    "scheme": ("scheme code", "код схемы"),
    "referred_by": ("referred by", "кем направлено"),
    "sponsor": ("sponsor", "спонсор"),
    "reference": ("state reference", "state's reference", "номер принимающего государства"),
    "accepted_on": ("accepted on", "дата решения"),
    "departed_on": ("left on", "departed on", "дата выезда"),
    "arrived_on": ("arrived on", "arrived", "дата прибытия"),
}
OF_ONE: Final = frozenset({"departed_on", "arrived_on"})  # each member's own
DAYS: Final = ("accepted_on", "departed_on", "arrived_on")
LONGEST: Final = {"town": 80, "sponsor": 120}
REFERENCE: Final = re.compile(r"[\w][\w ./-]{0,39}")
REFERRERS: Final[Mapping[str, str]] = {
    "unhcr": ReferredBy.UNHCR, "увкб": ReferredBy.UNHCR, "увкб оон": ReferredBy.UNHCR,
    "state": ReferredBy.STATE, "embassy": ReferredBy.STATE, "государство": ReferredBy.STATE,
    "the receiving state": ReferredBy.STATE, "посольство": ReferredBy.STATE,
    "family": ReferredBy.FAMILY, "the family there": ReferredBy.FAMILY, "семья": ReferredBy.FAMILY,
    "self": ReferredBy.SELF, "themselves": ReferredBy.SELF, "сами": ReferredBy.SELF,
}  # fmt: skip
TAKEN: Final = gettext_lazy("This reference of the receiving state belongs to a case already.")
EARLY, OVER = frozenset({"referred", "preparing"}), MOVEMENT.terminal

Refusal = tuple["CaseImportRow", str, str]
Why = tuple[str, str] | None
Key = tuple[str, str]


def check(texts: Mapping[str, str]) -> Why:
    """What is wrong with the texts of one line, by themselves: the field and a sentence."""
    for name in ("destination", "departs_from"):
        if (text := texts.get(name, "")) and not country(text):
            return name, _("This is no country. Write its code or its name.")
    for name, most in LONGEST.items():
        if len(texts.get(name, "")) > most:
            return name, _("This is longer than %(most)s letters.") % {"most": most}
    if (number := texts.get("reference", "")) and not REFERENCE.fullmatch(number):
        return "reference", _("A reference has up to 40 letters, figures, blanks, dots and dashes.")
    if (text := texts.get("referred_by", "")) and plain(text) not in REFERRERS:
        return "referred_by", _("Write UNHCR, state, family or self.")
    return next(filter(None, (_check_day(name, texts.get(name, "")) for name in DAYS)), None)


def _check_day(name: str, text: str) -> Why:
    try:
        day = day_of(text)
    except ValidationError:
        return name, _("This is no date.")
    if day and day > timezone.localdate():
        return name, _("This day lies ahead.")
    return None


Schemes = Mapping[str, Sequence[MovementScheme]]


def schemes_by_code() -> Schemes:
    """The versions of each scheme by its code, the newest first."""
    found: dict[str, list[MovementScheme]] = {}
    for scheme in MovementScheme.objects.prefetch_related("steps").order_by("-valid_from"):
        found.setdefault(plain(scheme.code), []).append(scheme)
    return found


def scheme_of(code: str, day: date | None, schemes: Schemes) -> MovementScheme | None:
    """The version that was in force when the case was opened; the oldest, where none was yet."""
    versions = schemes.get(plain(code), ())
    in_force = (one for one in versions if one.valid_from <= (day or timezone.localdate()))
    return next(in_force, versions[-1] if versions else None)


def day_of(text: str) -> date | None:
    """The day that is written; None where nothing is.

    Raises:
        ValidationError: it is no day.
    """
    found: date | None = DateField(required=False).clean(text)
    return found


def together(texts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """What the lines of a case say of the case: each field where it is first filled in."""
    said: dict[str, str] = {}
    for one in texts:
        said = {**{name: text for name, text in one.items() if name not in OF_ONE}, **said}
    return said


@dataclass
class Known:
    """What a list is compared with. References are taken as the list goes on."""

    schemes: Schemes = field(default_factory=schemes_by_code)
    taken: set[Key] = field(default_factory=set)


def fits(cases: Sequence[Sequence["CaseImportRow"]]) -> Iterator[Refusal]:
    """What does not fit of each case: with itself, the schemes, and what is on record."""
    said_of = [together(texts_of(row) for row in lines) for lines in cases]
    wanted = {said.get("reference", "") for said in said_of} - {""}
    on_record = MovementFile.objects.filter(state_reference__in=wanted)
    known = Known(taken=set(on_record.values_list("destination", "state_reference")))
    for lines, said in zip(cases, said_of, strict=True):
        if differs := _differs(lines, said):
            yield differs
        elif why_not := _why_not_case(said, lines[0], known) or _why_no_state(said, lines):
            yield lines[0], *why_not
        elif wrong := _why_no_day(said, lines):
            yield wrong
        elif why_not := _why_taken(said, known):
            yield lines[0], *why_not


def _differs(lines: Iterable["CaseImportRow"], said: Mapping[str, str]) -> Refusal | None:
    for row in lines:
        for name, text in texts_of(row).items():
            if name not in OF_ONE and plain(text) != plain(said[name]):
                return row, name, _("An earlier line of this case says something else.")
    return None


def _why_not_case(said: dict[str, str], first: "CaseImportRow", known: Known) -> Why:
    """Whether scheme, destination and country of departure make a movement."""
    scheme = scheme_of(said.get("scheme") or first.scheme, first.opened_on, known.schemes)
    if scheme is None:
        return "scheme", _("Write the code of the scheme, as Safar knows it.")
    to = country(said.get("destination", "")) or scheme.destination
    if not to:
        return "destination", _("Write to which country they go.")
    if scheme.destination and to != scheme.destination:
        return "destination", _("This scheme is another state's.")
    if not said.get("departs_from"):
        return "departs_from", _("Write from which country they leave.")
    if country(said["departs_from"]) == to:
        return "departs_from", _("They would leave from where they go to.")
    if not said.get("referred_by"):
        return "referred_by", _("Write who referred them: UNHCR, state, family or self.")
    said["to"] = to
    return None


def _why_no_state(said: Mapping[str, str], lines: Sequence["CaseImportRow"]) -> Why:
    status = lines[0].status or MOVEMENT.start
    left = any(row.own.get("departed_on") for row in lines)
    if status not in EARLY | OVER:
        return "status", _(
            "A list brings movements that are referred or before departure, or that are over. "
            "Who is booked or on the way is entered page by page: papers and tickets belong to it."
        )
    if status != "arrived" and left:
        return "departed_on", _("Whoever left has arrived: write that as the state of the case.")
    if status == "arrived" and not left:
        return "departed_on", _("Of a family that arrived, somebody has the day of departure.")
    accepted = day_of(said.get("accepted_on", ""))
    if status == "preparing" and accepted is None:
        return "accepted_on", _("Write when they were accepted: their steps are due from then.")
    if status in ("referred", "not_accepted") and accepted:
        return "accepted_on", _("This family was not accepted, by the state of its case.")
    return None


def _why_no_day(said: Mapping[str, str], lines: Sequence["CaseImportRow"]) -> Refusal | None:
    """Whether the days follow one another: accepted, opened, left, arrived, closed."""
    first, accepted = lines[0], day_of(said.get("accepted_on", ""))
    begun, ended = first.opened_on or timezone.localdate(), first.closed_on
    for row in lines:
        texts = texts_of(row)
        left, arrived = (day_of(texts.get(name, "")) for name in ("departed_on", "arrived_on"))
        if arrived and not left:
            return row, "arrived_on", _("Who did not leave has not arrived.")
        if left and arrived and arrived < left:
            return row, "arrived_on", _("They would arrive before they left.")
        if left and not begun <= left <= (ended or left):
            return (
                row,
                "departed_on",
                _("They left between the day the case was opened and the day it was closed."),
            )
        if left and accepted and left < accepted:
            return row, "departed_on", _("They would leave before they were accepted.")
    return None


def _why_taken(said: Mapping[str, str], known: Known) -> Why:
    """Whether the reference is on record, or stands in the list before. It is taken from now on."""
    key = (said["to"], said.get("reference", ""))
    if not key[1]:
        return None
    if key in known.taken:
        return "reference", str(TAKEN)
    known.taken.add(key)
    return None
