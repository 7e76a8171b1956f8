"""Of a restricted movement: no part before somebody said why, and nothing for whoever is not in it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case
from safar.assistance.movements.actions.together import travel_together
from safar.assistance.movements.models import OrientationSession, Passenger
from safar.assistance.movements.queries import departures, doubles, files, report, sessions
from safar.assistance.movements.queries.due import due
from safar.assistance.movements.queries.report import Asked
from safar.core.record import writing
from tests.cases.test_restricted_parts import everything_at_once, pages
from tests.makers import cases as kernel
from tests.makers.accounts import actor, grant, sign_in
from tests.makers.movements import journeys as make
from tests.makers.movements import loans, orientation
from tests.makers.people import new
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAME = "Zanzibarova"


@pytest.fixture
def worker(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()
    who = everything_at_once()
    walls = (Compartment.PROGRAMME, Compartment.RESTRICTED, Compartment.MEDICAL)
    kernel.place(who, *walls, programme="movements")
    grant(who, "health_worker")
    return who


@pytest.fixture
def colleague(worker):
    return make.worker("7310")


@pytest.fixture
def world(worker):
    """A restricted movement that flies today, in a session, with a loan, a notice, an escort."""
    return restricted(worker)


def restricted(worker):
    case = make.family(
        worker, new(f"{NAME} Gulsara", birth="1989"), steps=(*make.STEPS, "orientation")
    )
    make.step(case, "Gulsara", "orientation", status="to_do", done_on=None, expires_on=None)
    place = orientation.invited(
        worker, case, orientation.session(worker, destination="USA"), *case.members.all()
    )[0]
    make.step(case, "Gulsara", "orientation", status="done", done_on=make.today())
    mission = make.mission()
    journey = make.booked(worker, case, day=make.today(), receiving=mission)
    loans.drafted(worker, make.fresh(case))
    notice = make.tell(worker, journey, mission, make.consents(worker, case, mission)[0])
    other = make.family(worker, new("Osmonov Askar", birth="1980"))
    pair = travel_together(actor(worker), make.fresh(case), other=other, why="his aunt")
    escort = make.escort(worker, journey)
    make.issue(worker, journey)
    with writing():
        Case.objects.filter(pk=case.pk).update(compartment=Compartment.RESTRICTED, lead=worker)
    return {
        "": case, "bookings": journey, "passengers": journey.passengers.get(), "escorts": escort,
        "booking-notices": notice, "steps": case.steps.get(kind="visa"), "pairs": pair,
        "members": case.members.get(), "places": place, "partner": mission.pk,
        "other": make.fresh(other),
    }  # fmt: skip


SAYS = {"name": "sign", "kind": "pdf", "step": "orientation", "flight": "TK347"}


def test_no_page_of_a_restricted_movement_shows_a_part_before_she_said_why(worker, world):
    client = Client()
    sign_in(client, worker)
    case, shown = world[""], {}
    for name, address in addresses(world):
        answer = client.get(address)
        assert NAME.encode() not in answer.content, name
        if answer.status_code != 405:
            asked = reverse("cases:case", args=[case.pk])
            assert (answer.status_code, answer.headers.get("Location")) == (302, asked), name
            shown[name] = address
    assert len(shown) >= 25
    client.post(reverse("cases:why", args=[case.pk]), {"purpose": "her safety plan"})
    opened = {name for name, address in shown.items() if client.get(address).status_code == 200}
    assert opened >= {
        "case", "journey", "loan", "step", "change_booking", "add_escort", "receipt", "notice",
        "fitness", "examine", "preflight", "together",
    }  # fmt: skip


# The medical file asks for a reason of its own; a session is nobody's file (see below).
ASKS_ITSELF = {"health"}


def addresses(keys):
    keys = {**keys, "interviews": keys["steps"]}
    found = []
    for name, address in pages("movements", _Keys(keys)):
        if name not in ASKS_ITSELF and not name.startswith("session"):
            found.append((name, address))
    return found


class _Keys(dict[str, Any]):
    """The keys of parts, and words for what else an address takes."""

    def get(self, name, default=None):
        return SAYS.get(name) or super().get(name, default)

    def __missing__(self, name):
        return self[""]


def test_who_is_not_in_a_restricted_movement_meets_it_nowhere(worker, colleague, world):
    her, him = actor(worker), actor(colleague)
    seen, unseen = everywhere(worker, her), everywhere(colleague, him)
    assert set(seen) == set(unseen)
    assert {place for place, words in seen.items() if NAME in words} == set(seen) - {"numbers"}
    assert {place: NAME in words for place, words in unseen.items()} == dict.fromkeys(seen, False)
    assert (seen["numbers"], unseen["numbers"]) == ("1 1", "0 0")


def everywhere(user, who):
    """What she reads wherever movements are listed, as a page would."""
    today = make.today()
    with kernel.as_in_pages(user):
        flights = departures.departures(who, today)
        return {
            "departures": " ".join(
                str(seat.member.person)
                for flight in flights for party in flight.parties for seat in party.seats
            ),
            "manifest": manifest(who, today),
            "sheet": sheet(who),
            "together": " ".join(
                str(member.person)
                for case in Case.objects.visible_to(who).filter(programme="movements")
                for along in files.along(who, case) for member in along.case.members.all()
            ),
            "due": " ".join(
                " ".join(str(one.person) for one in item.case.members.all())
                for item in due(who, today)
            ),
            "doubles": doubled(who),
            "numbers": f"{Passenger.objects.count()} {sum(one.people for one in flights)}",
        }  # fmt: skip


def manifest(who, day):
    found = departures.manifest(who, "TK347", day)
    seats = [seat for party in found.parties for seat in party.seats] if found else []
    return " ".join(str(one.member.person) for one in seats)


def sheet(who):
    found = sessions.sheet(who, OrientationSession.objects.get().pk)
    return " ".join(str(one.member.person) for one in found.places)


def doubled(who):
    people = [one.person for case in Case.objects.all() for one in case.members.all()]
    found = doubles.open_movements_of(who, people, destination="USA", scheme="TEST-LOAN")
    return " ".join(str(one.person) for file in found for one in file.case.members.all())


def test_a_restricted_departure_is_counted_for_whoever_sees_it_alone(worker, colleague, world):
    with writing():
        Case.objects.filter(pk=world[""].pk).update(compartment=Compartment.PROGRAMME)
    loans.left(world[""], make.today())
    year = Asked(make.today().year, make.today().year)

    def counted(user):
        with kernel.as_in_pages(user):
            return report.report(actor(user), year).people

    assert (counted(worker), counted(colleague)) == (1, 1)
    with writing():
        Case.objects.filter(pk=world[""].pk).update(compartment=Compartment.RESTRICTED)
    assert (counted(worker), counted(colleague)) == (1, 0)


def test_no_address_of_a_restricted_movement_answers_whoever_is_not_in_it(colleague, world):
    browser = Client()
    sign_in(browser, colleague)
    statuses: dict[int, set[str]] = {}
    for name, address in addresses(world):
        for method in (browser.get, browser.post):
            answer = method(address)
            assert NAME.encode() not in answer.content, name
            statuses.setdefault(answer.status_code, set()).add(name)
    assert set(statuses) <= {403, 404, 405}
    manifest_page = browser.get(reverse("movements:manifest", args=["TK347", make.today()]))
    assert manifest_page.status_code == 404
