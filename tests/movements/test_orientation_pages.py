"""The pages of sessions, from planning one to its sheet."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.movements import session_paper
from safar.assistance.movements.actions import sessions
from safar.assistance.movements.actions.sessions import Mark
from safar.assistance.movements.models import Attendance, OrientationSession
from safar.assistance.movements.queries import sessions as session_queries
from tests.cases.test_money_at_once import (  # noqa: F401 - a fixture
    at_once,
    committed,
    value,
    without_guard,
)
from tests.makers import cases as kernel
from tests.makers import movements as make
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import journeys
from tests.makers.movements import orientation as taught
from tests.makers.movements.files import CHILD, person
from tests.makers.reference import load_reference


@pytest.fixture
def worker(db):
    return make.worker()


@pytest.fixture
def case(worker):
    return make.accepted(worker, person(), person("Rahmatova Gulsara"), person("Rahmatova Madina", CHILD))  # fmt: skip


@pytest.fixture
def session(worker):
    return taught.session(worker)


def adults(case):
    return [journeys.member(case, name) for name in ("Ikrom", "Gulsara")]


def step(case, name="Ikrom"):
    return make.step_of(case, "orientation", name)


def came(places, now="came", was="invited"):
    return {one.pk: Mark(was, now) for one in places}


@pytest.fixture
def browser(settings, db):
    load_reference()
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False  # tests/accounts asks for it

    def of(user):
        client = Client()
        sign_in(client, user)
        return client

    return of


@pytest.mark.django_db
@pytest.mark.slow
class TestPages:
    def test_from_planning_to_the_sheet(self, case, worker, browser):
        client = browser(worker)
        begins = timezone.localdate() + timedelta(days=7)
        typed = {
            "seen": "0", "title": "Life in Canada", "destination": "CAN",
            "office": str(kernel.office().pk), "venue": "Chui 106", "language": "uz",
            "starts_on": f"{begins:%d.%m.%Y}", "ends_on": f"{begins:%d.%m.%Y}", "places": "3",
        }  # fmt: skip
        assert client.post(reverse("movements:session_add"), typed).status_code == 302
        session = OrientationSession.objects.get()
        assert "Life in Canada" in client.get(reverse("movements:sessions")).content.decode()
        url = reverse("movements:orientation", args=[case.pk])
        assert "Madina" not in client.get(url).content.decode()
        members = [str(one.pk) for one in adults(case)]
        answer = client.post(url, {"session": str(session.pk), "members": members})
        assert answer.status_code == 302
        page = client.get(reverse("movements:case", args=[case.pk])).content.decode()
        assert "Life in Canada" in page
        taught.over(session)
        sheet = reverse("movements:session", args=[session.pk])
        places = {one.member_id: one.pk for one in Attendance.objects.all()}
        marks = {f"was_{key}": "invited" for key in places.values()}
        marks |= {f"now_{places[adults(case)[0].pk]}": "came"}
        assert client.post(sheet, marks).status_code == 302
        assert (step(case).status, step(case, "Gulsara").status) == ("done", "to_do")

    def test_the_sheet_and_the_paper_name_those_in_sight_and_count_the_others(
        self, case, worker, session, browser
    ):
        osh = make.worker("7299", at=kernel.OSH)
        theirs = make.accepted(osh, person("Karimov Aziz"), at=kernel.OSH)
        taught.invited(worker, case, session, *adults(case))
        taught.invited(osh, theirs, session)
        url = reverse("movements:session", args=[session.pk])
        page = browser(worker).get(url).content.decode()
        assert "Rahmatova Gulsara" in page
        assert "Karimov" not in page
        assert theirs.number not in page
        assert "One more place is taken" in page
        assert "3 of 12 places" in page
        page = browser(osh).get(url).content.decode()
        assert "Karimov Aziz" in page
        assert "2 more places are taken" in page
        with kernel.as_in_pages(worker):
            paper = session_paper.content(session_queries.sheet(actor(worker), session.pk))
        assert [name for name, _number in paper["rows"]] == ["Rahmatov Ikrom", "Rahmatova Gulsara"]
        assert paper["others"].startswith("One more place")
        assert len(paper["days"]) == 3
        pdf = browser(worker).get(reverse("movements:session_paper", args=[session.pk]))
        assert pdf.content.startswith(b"%PDF")

    def test_calling_off_tells_how_many_are_to_be_told(self, case, worker, session, browser):
        taught.invited(worker, case, session, *adults(case))
        client, url = browser(worker), reverse("movements:session_call_off", args=[session.pk])
        assert "2 people are invited" in client.get(url).content.decode()
        page = client.post(url, follow=True).content.decode()
        assert "2 people were invited, and are to be told." in page
        page = client.get(reverse("movements:case", args=[case.pk])).content.decode()
        assert "called off" in page

    def test_where_a_colleague_was_quicker_the_second_sees_both(self, worker, session, browser):
        client, url = browser(worker), reverse("movements:session_change", args=[session.pk])
        theirs = taught.new(starts_on=session.starts_on, title="Winter in Canada")
        sessions.change_session(actor(worker), session, new=theirs, seen=session.version)
        typed = {
            "seen": "1", "title": "Schools in Canada", "destination": "CAN",
            "office": str(kernel.office().pk), "venue": "Chui 106", "language": "uz",
            "starts_on": f"{session.starts_on:%d.%m.%Y}", "ends_on": f"{session.ends_on:%d.%m.%Y}",
            "places": "12",
        }  # fmt: skip
        answer = client.post(url, typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Winter in Canada" in page
        assert "Schools in Canada" in page
        assert client.post(url, {**typed, "seen": "2"}).status_code == 302
        assert OrientationSession.objects.get(pk=session.pk).title == "Schools in Canada"
