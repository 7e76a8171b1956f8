"""Makers of casework: offices, placements, people and cases, through the real actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from safar.accounts.models import Office, User
from safar.assistance.cases import programmes
from safar.assistance.cases.actions import opening, placing
from safar.assistance.cases.actions.opening import NameAsWritten, NewCase, NewMember, NewPerson
from safar.assistance.cases.choices.case import Compartment, MemberRole, Phase
from safar.assistance.cases.models import Case, Placement
from safar.config.wings import ASSISTANCE, acting_in
from safar.core.permissions import system
from safar.core.record import writing
from safar.core.workflow import Workflow
from safar.lib.partial_dates import PartialDate
from tests.makers.accounts import actor, agency, user

BISHKEK, OSH = "BIS", "OSH"
GROWN_UP = PartialDate(1985)
# A programme of the tests alone: opened, worked, put aside, closed.
TRIAL = programmes.register(
    programmes.Programme(
        code="trial",
        prefix="TRL",
        name="Trial",
        workflow=Workflow(
            "cases.trial",
            start="opened",
            moves={
                "begin": {"opened": "worked"},
                "put_aside": {"worked": "aside"},
                "take_up": {"aside": "worked"},
                "close": {"worked": "closed", "opened": "closed"},
            },
            terminal=frozenset({"closed"}),
        ),
        statuses={"opened": "Opened", "worked": "Worked", "aside": "Aside", "closed": "Closed"},
        phases={
            "opened": Phase.OPEN,
            "worked": Phase.ACTIVE,
            "aside": Phase.ON_HOLD,
            "closed": Phase.CLOSED,
        },
        compartment=Compartment.PROGRAMME,
        keep_years=5,
        keep_why="the tests' own rule",
        page="cases:my_day",
        moves={"begin": "Begin the work", "put_aside": "Put aside", "close": "Close the case"},
    )
)


def office(code: str = BISHKEK, name: str = "") -> Office:
    """An office of the mission; the same one when asked for again."""
    with writing("accounts"):
        made, _ = Office.objects.get_or_create(
            code=code,
            defaults={"name": name or code.title(), "agency": agency("IOM", "Migration agency")},
        )
    return made


def place(
    who: User, *compartments: str, programme: str = TRIAL.code, at: str | None = BISHKEK
) -> Placement:
    """Place a user as the data protection officer does; `at` None is every office."""
    return placing.place_user(
        system("test"),
        who,
        programme=programme,
        office=office(at) if at else None,
        compartments=list(compartments) or [Compartment.PROGRAMME],
    )


def caseworker(
    username: str = "7001", *compartments: str, role: str = "caseworker", **where: Any
) -> User:
    """A worker who is placed; in Bishkek, on the trial programme, unless said otherwise."""
    made = user(username, role, name=f"Worker {username}")
    place(made, *compartments, **where)
    return made


def new_person(name: str = "Rahmatov Ikrom", **facts: Any) -> NewPerson:
    """Somebody who is grown up, unless said otherwise: of that much a year is enough."""
    surname, _, given = name.partition(" ")
    return NewPerson(names=[NameAsWritten(surname, given)], **{"birth": GROWN_UP, **facts})


def case(
    by: User,
    *names: str,
    programme: str = TRIAL.code,
    at: str = BISHKEK,
    compartment: str = "",
    opened_on: date | None = None,
    people: list[NewPerson] | None = None,
) -> Case:
    """A case that a worker opened: the first name is the applicant's."""
    members = people or [new_person(name) for name in names or ("Rahmatov Ikrom",)]
    roles = [MemberRole.APPLICANT, *[MemberRole.OTHER] * len(members)]
    return opening.open_case(
        actor(by),
        NewCase(
            programme=programme,
            office=office(at),
            purpose="made for a test",
            members=[NewMember(one, role) for one, role in zip(members, roles, strict=False)],
            compartment=compartment,
            opened_on=opened_on,
        ),
    )


@contextmanager
def as_in_pages(who: User | None) -> Iterator[None]:
    """Act in the database as a page does on behalf of a user: behind the second wall."""
    with acting_in(ASSISTANCE, who.pk if who else None):
        yield
