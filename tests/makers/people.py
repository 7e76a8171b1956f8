"""Makers of people in casework: somebody with all that may be known of her."""

from typing import Any

from safar.accounts.models import User
from safar.assistance.cases.actions.opening import NameAsWritten, NewPerson, WayToReach
from safar.assistance.cases.models import Case, Person
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as make


def new(
    *names: str,
    birth: str = "",
    phone: str = "",
    numbers: tuple[tuple[str, str], ...] = (),
    **facts: Any,
) -> NewPerson:
    """A person to be registered; each name is `Surname Given names`."""
    written = [NameAsWritten(*name.split(" ", 1)) for name in names or ("Rahmatov Ikrom",)]
    return NewPerson(
        names=written,
        birth=PartialDate.parse(birth),
        contacts=[WayToReach(phone)] if phone else [],
        numbers=numbers,
        **facts,
    )


def case_of(by: User, *people: NewPerson, **more: Any) -> Case:
    """A case of these people, the first of whom applies."""
    return make.case(by, people=list(people), **more)


def person(by: User, *names: str, **facts: Any) -> Person:
    """Somebody with a case of her own."""
    where = {name: facts.pop(name) for name in ("at", "compartment") if name in facts}
    return case_of(by, new(*names, **facts), **where).members.get().person
