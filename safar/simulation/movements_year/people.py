"""Who are the families: names, ages, places in the family, telephones?"""

import random
from collections.abc import Callable, Iterator

from django.utils import timezone

from safar.assistance.cases.actions.opening import NameAsWritten, NewMember, NewPerson, WayToReach
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.people import NumberOf
from safar.lib.partial_dates import PartialDate
from safar.simulation.movements_year.plans import Plan
from safar.simulation.names import Name, childs_name, name, passport_names

SEED, GRANDMOTHER_EACH = 26, 3
SPOKEN = {"AFG": "fa", "IRN": "fa", "SYR": "ar", "UZB": "ru", "TJK": "ru"}
IN_CYRILLIC = frozenset({"UZB", "TJK"})
# Syrians are on no list of names of the border's traffic.
SYRIANS = ("Haddad", "Khalil", "Darwish", "Sabbagh")
SYRIAN_GIVEN = {
    "M": ("Omar", "Yusuf", "Karim", "Anas", "Bilal"),
    "F": ("Rima", "Layla", "Hala", "Nour", "Salma"),
}
OTHER = {"M": "F", "F": "M"}
Drawn = tuple[NameAsWritten, ...]


def family(plan: Plan) -> list[NewMember]:
    """The people of a case, the applicant first; from three on, the second is the spouse."""
    rng = random.Random(f"{SEED} {plan.number}")  # noqa: S311 - made-up people
    return list(_members(rng, plan))


def _members(rng: random.Random, plan: Plan) -> Iterator[NewMember]:
    sex = "F" if plan.twist == "together" else rng.choice("MMF")
    namer = _Namer(rng, plan.nation, sex)
    age = rng.randint(61, 70) if plan.twist == "together" else rng.randint(34, 47)
    number = f"731-26C{rng.randint(1000, 99999):05d}"
    phone = f"+996 7{rng.randint(0, 9)}0 {rng.randint(100000, 999999)}"
    applicant = _person(
        rng, plan, namer.head(), sex, age,
        numbers=[(NumberOf.UNHCR_FILE, number)] if _is_of_unhcr(plan) else [],
        contacts=[WayToReach(phone, may_contact=True)],
    )  # fmt: skip
    yield NewMember(applicant, MemberRole.APPLICANT)
    if plan.size >= 3:
        other, as_old = OTHER[sex], age + rng.randint(-3, 3)
        yield NewMember(_person(rng, plan, namer.spouse(other), other, as_old), MemberRole.SPOUSE)
    yield from _others(rng, plan, namer, plan.size - (2 if plan.size >= 3 else 1))


def _others(rng: random.Random, plan: Plan, namer: "_Namer", number: int) -> Iterator[NewMember]:
    """The children, two years apart; with some families goes a grandmother."""
    if number > 1 and plan.number % GRANDMOTHER_EACH == 0:
        number -= 1
        old = rng.randint(66, 75)
        yield NewMember(_person(rng, plan, namer.child("F"), "F", old), MemberRole.PARENT)
    youngest = rng.randint(3, 15 - 2 * number)
    for born in range(number):
        sex, age = rng.choice("FM"), youngest + 2 * born
        yield NewMember(_person(rng, plan, namer.child(sex), sex, age), MemberRole.CHILD)


def _is_of_unhcr(plan: Plan) -> bool:
    return plan.scheme not in ("SELF-PAY", "FAM-REUN")


class _Namer:
    """Names of one family: one spelling of its surname, and no given name twice."""

    def __init__(self, rng: random.Random, nation: str, sex: str) -> None:
        self.rng, self.nation, self.sex = rng, nation, sex
        self.used: set[str] = set()
        self.spelt: dict[str, str] = {}
        self.of_head: Name | None = None
        self.surname = rng.choice(SYRIANS)

    def head(self) -> Drawn:
        self.of_head = self._drawn(self.sex)
        return self._new(self.sex, lambda: self.of_head)

    def spouse(self, sex: str) -> Drawn:
        return self._new(sex, lambda: self._drawn(sex))

    def child(self, sex: str) -> Drawn:
        """Of the head's kin, by whose surname."""
        of = self.of_head
        return self._new(sex, lambda: of and childs_name(self.rng, of, self.sex, sex))

    def _drawn(self, sex: str) -> Name | None:
        drawn = None
        while self.nation != "SYR" and not (drawn and drawn.surname):
            drawn = name(self.rng, self.nation, sex)
        return drawn

    def _new(self, sex: str, draw: Callable[[], Name | None]) -> Drawn:
        for _try in range(20):
            written = self._written(draw(), sex)
            if written[0].given_names not in self.used:
                break
        self.used.add(written[0].given_names)
        return written

    def _written(self, drawn: Name | None, sex: str) -> Drawn:
        """As the papers have it in Latin letters, and where they use them in Cyrillic ones."""
        if drawn is None:
            return (NameAsWritten(self.surname, self.rng.choice(SYRIAN_GIVEN[sex])),)
        surname, given = (part.title() for part in passport_names(self.rng, drawn, sex))
        surname = self.spelt.setdefault(drawn.surname, surname)
        if not surname and self.of_head:
            surname = self.spelt[self.of_head.surname]
        if drawn.nation not in IN_CYRILLIC:
            return (NameAsWritten(surname, given),)
        fathers = drawn.patronymic if self.sex == "M" else ""
        given = given.partition(" ")[0]
        return NameAsWritten(surname, given), NameAsWritten(drawn.surname, drawn.given, fathers)


def _person(
    rng: random.Random, plan: Plan, names: Drawn, sex: str, age: int, **more: object
) -> NewPerson:
    return NewPerson(
        names=list(names),
        sex=sex,
        birth=PartialDate(timezone.localdate().year - age, rng.randint(1, 12), rng.randint(1, 28)),
        citizenships=[plan.nation],
        languages=[SPOKEN[plan.nation]],
        **more,  # type: ignore[arg-type]
    )
