"""Every address × method × role × relation to the case: generated from the addresses themselves.

A new address needs no line here as long as its key is of a kind that is known; an unknown kind
of key fails, and so does an address that tells somebody that a case is there.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from safar.accounts.models import User
from safar.accounts.roles import ASSISTANCE, ROLES
from safar.assistance.cases.actions import buying, households, relating
from safar.assistance.cases.models import Case, PersonName
from safar.assistance.movements.actions.steps import NewInterview, set_interview
from safar.assistance.movements.actions.together import travel_together
from safar.assistance.returns.actions import planning
from safar.assistance.returns.actions.planning import Weighed
from tests.makers import cases as kernel
from tests.makers import instruments, money, papers, people, sharing, work
from tests.makers import returns as returns
from tests.makers.accounts import actor, sign_in, user
from tests.makers.movements import files as resettled
from tests.makers.movements import journeys, orientation
from tests.makers.movements import loans as movements
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Keys of what belongs to no case: seen or not by role and placement alone.
NO_CASE = {"placements", "partners", "agreements", "budgets", "lines", "sessions"}
# Keys of what only one person of the office ever sees, or that a test of its own looks at.
OWN = {"lists", "notices", "erasures", "reports", "answers"}
KEYS = {
    "cases", "tasks", "follow-ups", "services", "plans", "plan-items", "consents", "referrals",
    "arrivals", "payments", "approvals", "grants", "purchases", "documents", "files", "people",
    "names", "numbers", "contacts", "relatives", "household-members", "visits", "ways", "returns",
    "movements", "bookings", "passengers", "escorts", "booking-notices", "steps", "interviews",
    "pairs", "members", "places",
}  # fmt: skip
PARTS = re.compile(r"([a-z-]+)/<uuid:key>")
# What stands in an address that has no key.
PLAIN = {"flight": "TK347", "day": "2026-11-22"}


def pages(resolver=None, space: str = "", before: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, pattern and permission of every page of the wing."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from pages(
                entry, f"{space}{entry.namespace}:" if entry.namespace else space, where
            )
        elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith(
            "safar.assistance."
        ):
            yield f"{space}{entry.name}", where, getattr(entry.callback, "safar_permission", "")


PAGES = sorted(pages())
KEYED = [one for one in PAGES if PARTS.search(one[1])]


def kind_of(pattern: str) -> str:
    return PARTS.search(pattern)[1]  # type: ignore[index]


OF_CASES = [one for one in KEYED if kind_of(one[1]) in KEYS]


def address(name: str, pattern: str, keys: dict[str, Any]) -> str:
    """The address of a page with the key of its kind; other keys and words are of that case too."""
    words = {
        "key": keys[kind_of(pattern)], "other": keys["people"], "partner": keys["partner"],
        "user": uuid4(),
    }  # fmt: skip
    slugs = {
        "name": "counsel" if name == "returns:step" else "begin",
        "code": str(keys["code"]),
        "kind": "pdf",
        "step": "visa",
    }
    asked = re.findall(r"<\w+:(\w+)>", pattern)
    return reverse(name, kwargs={one: {**words, **slugs}[one] for one in asked})


def world(by: User, at: str) -> dict[str, Any]:
    """A case with something of every kind, and a return."""
    born = people.new("Asanov Nurlan", birth="1987-05-17", phone="+996 700 1",
                      numbers=(("mission", "TR 1"),))  # fmt: skip
    wife = people.new("Asanova Gul", birth="1989")
    case = people.case_of(by, born, wife, at=at)
    person, other = (one.person for one in case.members.order_by("pk"))
    partner = sharing.partner(f"Clinic of {at}")
    consent = sharing.consent(by, case, partner)
    plan = work.plan(by, case, "A shop")
    grant = money.grant(by, case)
    payment = money.payment(by, grant)
    document = papers.document(by, case)
    home = returns.arrived(returns.worker("7191", at=at), at=at)
    leader = actor(home.lead)
    made = {
        "cases": case, "tasks": work.task(by, case), "follow-ups": work.follow_up(by, case),
        "services": work.service(by, case), "plans": plan, "plan-items": plan.items.first(),
        "consents": consent, "referrals": sharing.draft(by, consent, partner),
        "arrivals": sharing.arrival(by, partner, at), "payments": payment,
        "approvals": payment.approval, "grants": grant,
        "purchases": buying.begin_purchase(
            actor(by), money.grant(by, case, "100.00", kind="in_kind"), item="A machine"
        ),
        "documents": document, "files": document.versions.get(), "people": person,
        "names": PersonName.objects.filter(person=person).first(),
        "numbers": person.numbers.get(), "contacts": person.contacts.get(),
        "relatives": relating.relate(actor(by), person, to=other, kind="spouse"),
        "household-members": households.move_in(actor(by), person, on=case.opened_on, place="Naryn"),
        "movements": movement(by, at), "returns": home, "visits": home.follow_ups.first(),
        "ways": planning.weigh(leader, home, weighed=Weighed("work", "A driver", "feasible")),
        "partner": partner, **booked(by, at), **prepared(by, at),
        **invited(by, at),
    }  # fmt: skip
    assert all(made.values())
    return {name: one.pk for name, one in made.items() if one}


def movement(by: User, at: str) -> Case:
    """A movement with a promissory note."""
    kernel.place(by, programme="movements", at=at)
    case = movements.movement(by, people.new("Rahmatov Ikrom", birth="1984-05-17"), at=at)
    movements.drafted(by, case)
    return case


def booked(by: User, at: str) -> dict[str, Any]:
    """A movement that is booked, with an escort, and a mission that was told of it."""
    mission = journeys.mission(f"Mission of {at}")
    case = journeys.family(by, at=at)
    booking = journeys.booked(by, case, receiving=mission)
    escort = journeys.escort(by, booking)
    consent = journeys.consents(by, case, mission)[0]
    return {
        "bookings": booking, "passengers": booking.passengers.first(), "escorts": escort,
        "booking-notices": journeys.tell(by, booking, mission, consent),
    }  # fmt: skip


def prepared(by: User, at: str) -> dict[str, Any]:
    """A movement with an interview, which travels together with another one."""
    case = resettled.referred(by, resettled.person("Saidov Anvar"), at=at)
    other = resettled.referred(by, resettled.person("Saidova Mehri"), at=at)
    step = resettled.step_of(case, "interview")
    when = NewInterview(timezone.now() + timedelta(days=3), "Embassy", "fa")
    return {
        "steps": step, "interviews": set_interview(actor(by), step, new=when),
        "pairs": travel_together(actor(by), case, other=other, why="his mother"),
    }  # fmt: skip


def invited(by: User, at: str) -> dict[str, Any]:
    """A member of an accepted movement, with a place in an orientation session."""
    case = resettled.accepted(by, resettled.person("Nazarov Umed"), at=at)
    places = orientation.invited(by, case, orientation.session(by, at=at))
    return {"members": case.members.get(), "places": places[0]}


def test_every_key_in_an_address_is_of_a_kind_that_is_known():
    strange = {(name, kind_of(where)) for name, where, _permission in KEYED}
    assert {kind for _name, kind in strange} - KEYS - NO_CASE - OWN == set()
    assert len(OF_CASES) > 70


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False  # it has tests of its own


def browser_of(who: User) -> Client:
    client = Client()
    sign_in(client, who)
    return client


def made_in_osh() -> dict[str, Any]:
    load_reference()
    known = {"code": instruments.version().instrument.code}
    return world(kernel.caseworker("7190", at=kernel.OSH), kernel.OSH) | known


@pytest.fixture(scope="module")
def osh(made_once):
    return made_once(made_in_osh)


@pytest.mark.parametrize(
    "role", sorted(code for code, one in ROLES.items() if one.wing == ASSISTANCE)
)
def test_a_case_of_another_office_does_not_exist_for_any_role(osh, role):
    stranger = kernel.caseworker("7290", role=role)
    kernel.place(stranger, programme="returns")
    kernel.place(stranger, programme="movements")
    client = browser_of(stranger)
    told = []
    for name, pattern, permission in OF_CASES:
        nowhere = dict.fromkeys(osh, uuid4()) | {"code": osh["code"]}
        for method in (client.get, client.post):
            found = method(address(name, pattern, osh)).status_code
            missing = method(address(name, pattern, nowhere)).status_code
            expected = {404, 405} if actor(stranger).may(permission) else {403, 405}
            if found not in expected or found != missing:
                told.append((name, method.__name__, found, missing))
    assert told == []


def test_whoever_leads_a_case_finds_every_page_of_it(osh):
    lead = User.objects.get(username="7190")
    kernel.place(lead, programme="returns", at=kernel.OSH)
    mine = browser_of(lead)
    lost = []
    for name, pattern, permission in OF_CASES:
        if actor(lead).may(permission):
            status = mine.get(address(name, pattern, osh)).status_code
            # 405 takes no GET, 409 and 422 a step that is not due, 403 a second person's
            if status not in (200, 302, 403, 405, 409, 422):
                lost.append((name, status))
    assert lost == []


@pytest.mark.parametrize(
    "role", sorted(code for code, one in ROLES.items() if one.wing != ASSISTANCE)
)
def test_nobody_from_outside_the_wing_finds_a_door(osh, role):
    officer = user("1990", role)
    client = browser_of(officer)
    open_doors = []
    for name, pattern, permission in PAGES:
        if permission == "public" or (
            KEYED and PARTS.search(pattern) and kind_of(pattern) not in KEYS
        ):
            continue
        asked = re.findall(r"<\w+:(\w+)>", pattern)
        plain = {one: PLAIN[one] for one in asked if one in PLAIN}
        where = (
            address(name, pattern, osh) if PARTS.search(pattern) else reverse(name, kwargs=plain)
        )
        answers = [client.get(where).status_code, client.post(where).status_code]
        open_doors += [(name, answers)] if set(answers) - {403, 405} else []
    assert open_doors == []
    assert Case.objects.exists()
