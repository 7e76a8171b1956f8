"""Who may be the same person? A question with its reasons, for somebody to answer.

Nobody out of sight is proposed, counted or hinted at. Nothing merges.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import ContactKind, NumberOf
from safar.assistance.cases.models import (
    CaseMember,
    Contact,
    ExternalNumber,
    Person,
    PersonJudgement,
)
from safar.assistance.cases.new_people import NewPerson
from safar.assistance.cases.numbers import phone_digits
from safar.assistance.cases.queries import people
from safar.assistance.cases.queries.search import alike
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ALIKE = 0.86  # two names from which on somebody is asked
YEARS_OF_AN_ESTIMATE = 5
MOST = 20
SHARED_NUMBERS = (NumberOf.UNHCR_FILE,)  # a family's: no sign by itself


@dataclass(frozen=True)
class Sought:
    """What is known of the person who may be known already."""

    names: tuple[str, ...]
    sex: str = ""
    birth: PartialDate | None = None
    birth_is_estimated: bool = False
    numbers: frozenset[tuple[str, str]] = frozenset()
    phones: frozenset[str] = frozenset()  # the last nine digits


@dataclass(frozen=True)
class Possible:
    """Somebody who may be the same person, and why one may think so."""

    person: Person
    reasons: list["StrOrPromise"]
    cases: list[CaseMember] = field(default_factory=list)
    judged: PersonJudgement | None = None


def of_new(actor: Actor, new: NewPerson) -> list[Possible]:
    """Who of those in sight may be the person about to be registered."""
    spoken = (way for way in new.contacts if way.kind in (ContactKind.PHONE, ContactKind.MESSENGER))
    sought = Sought(
        names=tuple(" ".join((n.surname, n.given_names, n.patronymic)) for n in new.names),
        sex=new.sex,
        birth=new.birth,
        birth_is_estimated=new.birth_is_estimated,
        numbers=frozenset(new.numbers),
        phones=frozenset(phone_digits(way.value) for way in spoken) - {""},
    )
    return _possible(actor, sought)


def of_person(actor: Actor, person: Person) -> list[Possible]:
    """Who of those in sight may be the same person; what is judged already is left out."""
    return [one for one in around(actor, person) if one.judged is None]


def around(actor: Actor, person: Person) -> list[Possible]:
    """Whoever may be the same person, with what was judged of the two."""
    contacts = person.contacts.filter(ended_on=None).exclude(digits="")
    sought = Sought(
        names=tuple(str(name) for name in person.names.all() if name.ended_at is None),
        sex=person.sex,
        birth=person.birth,
        birth_is_estimated=person.birth_is_estimated,
        numbers=frozenset((one.system, one.value) for one in person.numbers.all()),
        phones=frozenset(contact.digits for contact in contacts),
    )
    judged = judgements_of(actor, person)
    found = _possible(actor, sought, known=person.pk)
    others = people.named(actor, set(judged) - {one.person.pk for one in found})
    cases = people.cases_of(actor, others)
    found += [Possible(one, [], cases.get(key, [])) for key, one in others.items()]
    return [
        Possible(one.person, one.reasons, one.cases, judged.get(one.person.pk)) for one in found
    ]


def judgements_of(actor: Actor, person: Person) -> dict[UUID, PersonJudgement]:
    """What is held of a person and others: the last judgement of each, where it stands."""
    rows = PersonJudgement.objects.visible_to(actor).filter(Q(one=person) | Q(other=person))
    last = {
        row.other_id if row.one_id == person.pk else row.one_id: row
        for row in rows.select_related("judged_by").order_by("judged_at", "id")
    }
    return {key: row for key, row in last.items() if row.judgement}


def compatible(one: Person, sought: Sought) -> bool:
    """Whether sex and birth, as far as they are known, may be one person's."""
    if one.sex and sought.sex and one.sex != sought.sex:
        return False
    if one.birth is None or sought.birth is None:
        return True
    birth: PartialDate = one.birth
    if one.birth_is_estimated or sought.birth_is_estimated:
        return abs(birth.year - sought.birth.year) <= YEARS_OF_AN_ESTIMATE
    return birth.agrees(sought.birth)


def _possible(actor: Actor, sought: Sought, known: UUID | None = None) -> list[Possible]:
    reasons: dict[UUID, list[StrOrPromise]] = {}
    for key, why in (
        *_same_number(actor, sought),
        *_same_phone(actor, sought, known),
        *_same_name(actor, sought.names),
    ):
        if key != known and why not in reasons.setdefault(key, []):
            reasons[key].append(why)
    reasons.pop(known, None) if known else None
    named = people.named(actor, reasons)
    likely = [key for key in reasons if key in named and compatible(named[key], sought)][:MOST]
    cases = people.cases_of(actor, likely)
    return [Possible(named[key], reasons[key], cases.get(key, [])) for key in likely]


def _same_name(actor: Actor, names: Sequence[str]) -> Iterable[tuple[UUID, "StrOrPromise"]]:
    for name in names:
        for found in alike(actor, name, weakest=ALIKE):
            yield found.person.pk, _("The names are alike")


def _same_number(actor: Actor, sought: Sought) -> Iterable[tuple[UUID, "StrOrPromise"]]:
    own = {(system, value) for system, value in sought.numbers if system not in SHARED_NUMBERS}
    rows = ExternalNumber.objects.visible_to(actor).filter(value__in=[value for _s, value in own])
    for row in rows[: 2 * MOST]:
        if (row.system, row.value) in own:
            yield row.person_id, _("The same number")


def _same_phone(
    actor: Actor, sought: Sought, known: UUID | None
) -> Iterable[tuple[UUID, "StrOrPromise"]]:
    """Who has the same telephone, but for those of one case: families share theirs."""
    rows = Contact.objects.visible_to(actor).filter(digits__in=sought.phones, ended_on=None)
    found = list(rows.values_list("person", flat=True)[: 2 * MOST])
    family: set[UUID] = set()
    if known and found:
        cases = CaseMember.objects.visible_to(actor).filter(person=known).values("case")
        family = set(CaseMember.objects.filter(case__in=cases).values_list("person", flat=True))
    for key in found:
        if key not in family:
            yield key, _("The same telephone")
