"""Whom does a worker look for: by any spelling, by a number, or by the end of a telephone?

Only people and cases in sight are found, counted or hinted at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import Script
from safar.assistance.cases.models import (
    Case,
    CaseMember,
    Contact,
    ExternalNumber,
    Person,
    PersonName,
)
from safar.assistance.cases.name_keys import Part, consonants, parts_of, script_of
from safar.assistance.cases.numbers import case_numbers, number_forms, phone_digits
from safar.assistance.cases.queries import people
from safar.core.permissions import Actor
from safar.lib.names import likeness
from safar.lib.names.distance import token_likeness
from safar.lib.names.skeleton import Token, tokens

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 50  # of those found; whoever is not among them is found by a longer name
CANDIDATES = 200
LONGEST_TERMS = 120
GOOD = 0.9  # a likeness from which on nobody looks for slips of the pen
WEAKEST = 0.55
ACROSS_SCRIPTS = 0.9  # what shared consonants are worth where one side has no vowels
LEFT_OUT = 0.01  # what a part costs that is not asked for
SOUNDING = "SELECT * FROM safar_names_sounding(%s::varchar[], %s::varchar[], %s)"
LETTERS, FEWEST_DIGITS = re.compile(r"[^\W\d_]"), 4


@dataclass(frozen=True)
class Found:
    """Somebody who is found, why, and her cases in sight."""

    person: Person
    why: "StrOrPromise"
    spelling: PersonName | None = None  # the one that is like what was asked
    score: float = 1.0
    cases: list[CaseMember] = field(default_factory=list)

    @property
    def other_spelling(self) -> str:
        """The spelling that was found, where it is not the one that stands for her."""
        text = str(self.spelling or "")
        return text if text != str(self.person) else ""


def find(actor: Actor, terms: str) -> list[Found]:
    """People in sight who may be meant, the likeliest first, at most `MOST`."""
    terms = " ".join(terms.split())[:LONGEST_TERMS]
    found = _by_number(actor, terms)
    if not found and LETTERS.search(terms):
        found = alike(actor, terms)
    cases = people.cases_of(actor, (one.person.pk for one in found))
    return [replace(one, cases=cases.get(one.person.pk, [])) for one in found]


def alike(actor: Actor, name: str, weakest: float = WEAKEST) -> list[Found]:
    """People in sight with a name like this one, the likest first, at most `MOST`."""
    best: dict[UUID, tuple[float, PersonName]] = {}
    for lists in _steps(parts_of(name)):
        for spelling in (row for one, two in lists for row in _sounding(actor, one, two)):
            score = _like(name, spelling)
            if score >= max(weakest, best.get(spelling.person_id, (0.0,))[0]):
                best[spelling.person_id] = score, spelling
        if any(score >= GOOD for score, _spelling in best.values()):
            break
    likely = sorted(best.items(), key=lambda each: (-each[1][0], str(each[1][1]), each[0]))[:MOST]
    named = people.named(actor, dict(likely))
    why = _("A name like this")
    return [Found(named[key], why, row, score) for key, (score, row) in likely if key in named]


def _steps(parts: list[Part]) -> Iterable[list[tuple[list[str], list[str]]]]:
    """What is looked up one after the other, until somebody is like enough."""
    if len(parts) == 1:
        yield [(parts[0].strict, parts[0].strict)]
        yield [(parts[0].near, parts[0].near)]
        return
    # Two parts agree, each perhaps with a slip; else one of them to the letter, for short names.
    rest = [[key for part in parts[at:] for key in part.loose] for at in range(len(parts))]
    yield [(part.loose, rest[at + 1]) for at, part in enumerate(parts[:-1])]
    yield [(part.strict[:1], part.strict[:1]) for part in parts]


def _sounding(actor: Actor, one: list[str], two: list[str]) -> Iterable[PersonName]:
    """Names with a key of each list, the likest first: the pages ask the function of `walls`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active('cases_personname')")
        (behind_the_second_wall,) = cursor.fetchone()
    if behind_the_second_wall:
        return PersonName.objects.raw(SOUNDING, [one, two, CANDIDATES])
    rows = PersonName.objects.visible_to(actor).filter(keys__overlap=one)
    sought = {*one, *two}
    likest = sorted(rows.filter(keys__overlap=two), key=lambda row: -len(sought & set(row.keys)))
    return likest[:CANDIDATES]


def _like(name: str, spelling: PersonName) -> float:
    """How like the spelling is; one who types a part of a name is not told off for the rest."""
    asked, known = tokens(name), tokens(str(spelling))
    arabic = Script.ARABIC in (script_of(name), spelling.script)
    if len(asked) >= len(known) and not arabic:
        return likeness(name, str(spelling)).score
    best = [max((_alike(one, two, arabic) for two in known), default=0.0) for one in asked]
    return sum(best) / max(len(best), 1) - LEFT_OUT * max(0, len(known) - len(asked))


def _alike(one: Token, other: Token, arabic: bool) -> float:
    """Likeness of two parts of names; without vowels, as in Arabic letters, consonants decide."""
    score = token_likeness(one, other)
    if arabic and score < ACROSS_SCRIPTS and consonants(one.skeleton) == consonants(other.skeleton):
        return ACROSS_SCRIPTS
    return score


def _by_number(actor: Actor, terms: str) -> list[Found]:
    """Whoever bears the number: of a case, of another body, of a telephone."""
    reasons: dict[UUID, StrOrPromise] = {}
    if numbers := case_numbers(terms):
        cases = Case.objects.visible_to(actor).filter(number__in=numbers)
        members = CaseMember.objects.filter(case__in=list(cases)).order_by("left_on", "pk")
        reasons |= dict.fromkeys(members.values_list("person", flat=True), _("Number of the case"))
    if any(one.isdecimal() for one in terms):
        reasons |= dict.fromkeys(_with_number(actor, terms), _("The same number"))
        reasons |= dict.fromkeys(_with_phone(actor, terms), _("The same telephone"))
    named = people.named(actor, reasons)
    return [Found(named[key], why) for key, why in reasons.items() if key in named][:MOST]


def _with_number(actor: Actor, terms: str) -> list[UUID]:
    rows = ExternalNumber.objects.visible_to(actor).filter(value__in=number_forms(terms))
    return list(rows.values_list("person", flat=True)[:MOST])


def _with_phone(actor: Actor, terms: str) -> list[UUID]:
    """Whoever has this telephone; four digits at the end are enough."""
    digits = phone_digits(terms)
    if LETTERS.search(terms) or len(digits) < FEWEST_DIGITS:
        return []
    rows = Contact.objects.visible_to(actor).filter(ending=digits[-4:])
    return [row.person_id for row in rows[: 4 * MOST] if row.digits.endswith(digits)]
