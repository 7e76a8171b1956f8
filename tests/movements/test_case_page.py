"""The page of a movement: not ready and why, the table of people and steps, what is next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import steps
from safar.assistance.movements.actions.steps import Got
from safar.assistance.movements.models import (
    Leg,
    MovementFile,
    MovementJourney,
    Step,
    TravelHealth,
    TravelTogether,
)
from safar.assistance.movements.queries import banner, matrix
from safar.assistance.movements.queries.family import family_of
from safar.assistance.movements.queries.steps import part
from safar.core.record import writing
from tests.makers import movements as make
from tests.makers.accounts import actor, sign_in
from tests.makers.movements.files import CHILD, person
from tests.makers.reference import load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False  # it has tests of its own
    load_reference()


@pytest.fixture
def by():
    return make.worker()


@pytest.fixture
def case(by):
    return make.accepted(by, person(), person("Rahmatova Madina", birth=CHILD, sex="F"))


def browser(who):
    client = Client()
    sign_in(client, who)
    return client


def shown(by, case):
    return browser(by).get(reverse("movements:case", args=[case.pk])).content.decode()


def stands(by, case):
    file = MovementFile.objects.select_related("case", "scheme").get(case=case)
    found = banner.stands(family_of(actor(by), file))
    assert found
    return found


def test_the_page_says_that_a_family_is_not_ready_and_why(by, case):
    found = stands(by, case)
    assert (found.tone, str(found.title)) == ("check", "Not ready to depart")
    assert "steps are missing" in str(found.text)
    text = shown(by, case)
    assert "Not ready to depart" in text
    assert "Madina" in text
    assert "under 12" in text


def test_what_the_young_need_not_do_is_not_begun_by_that(by, case):
    def standing():
        tasks = part(family_of(actor(by), make.file_of(case)))["tasks"]
        return {one["label"].partition(":")[0]: one["status"] for one in tasks}

    assert standing()["Orientation"] == standing()["Visa"] == "Not yet started"
    steps.finish(actor(by), make.step_of(case, "visa"), got=Got(*_holds()))
    assert standing()["Visa"] == "In progress"


def _holds():
    today = timezone.localdate()
    return today, today + timedelta(days=90)


def test_a_family_of_which_everything_is_done_is_ready(by, case):
    make.finish_steps(by, case)
    assert (stands(by, case).tone, str(stands(by, case).title)) == ("clear", "Ready to depart")
    with writing():
        Step.objects.filter(case=case, kind="visa", member__role="child").update(
            expires_on=timezone.localdate() - timedelta(days=2)
        )
    assert "Visa of Madina ran out" in str(stands(by, case).text)


def test_the_check_before_the_flight_is_missed_only_in_the_last_days(by, case):
    make.finish_steps(by, case, but=("preflight",))
    found = stands(by, case)
    assert (found.tone, str(found.title)) == ("clear", "Ready to depart")
    assert "check before the flight is left" in str(found.text)
    with writing():
        journey = MovementJourney.objects.create(
            case=case, carrier="TK", reference="ABC123", fare="resettlement", status="ticketed"
        )
        leaves = timezone.now() + timedelta(days=2)
        Leg.objects.create(
            case=case, journey=journey, number=1, flight="TK347", from_place="Bishkek",
            departs_at=leaves, to_place="Istanbul", arrives_at=leaves + timedelta(hours=6),
        )  # fmt: skip
    found = stands(by, case)
    assert str(found.text).startswith("2 steps are missing, of 2 people.")
    assert "Bishkek, Istanbul" in found.facts


def test_whoever_is_on_medical_hold_is_named_and_no_word_of_why(by, case):
    make.finish_steps(by, case)
    with writing():
        TravelHealth.objects.filter(case=case, member__role="child").update(fitness="held")
    assert "Madina may not fly: On medical hold" in str(stands(by, case).text)


def test_the_table_has_a_tone_a_shape_and_a_word_for_each_step(by, case):
    steps.ask(
        actor(by), make.step_of(case, "exit"), on=timezone.localdate(),
        answer_by=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    file = MovementFile.objects.select_related("case", "scheme").get(case=case)
    heads, rows = matrix.table(family_of(actor(by), file))
    leaves = heads.index("Exit permission")
    cell = rows[0].cells[leaves]
    assert cell
    assert (cell.tone, cell.icon) == ("check", "clock")
    assert "Asked" in str(cell.word)
    child = rows[1].cells[heads.index("Orientation")]
    assert child
    assert (str(child.word), child.note) == ("Not needed", "under 12")
    assert "Travel loan" not in heads


def test_the_tasks_lead_to_where_each_step_is_done_and_name_what_ends_too_soon(by, case):
    make.finish_steps(by, case, but=("visa", "medical", "loan"))
    with writing():
        Step.objects.filter(case=case, kind="exit", member__role="child").update(
            expires_on=timezone.localdate() - timedelta(days=1)
        )
    file = MovementFile.objects.select_related("case", "scheme").get(case=case)
    tasks = {one["label"]: one for one in part(family_of(actor(by), file))["tasks"]}
    client = browser(by)
    assert {name.partition(":")[0] for name in tasks} == {
        "Visa", "Medical", "Travel loan", "Exit permission",
    }  # fmt: skip
    assert tasks["Exit permission: Madina"]["status"].startswith("Ran out")
    for one in tasks.values():
        assert client.get(one["url"]).status_code == 200


def test_the_page_takes_as_many_statements_for_five_as_for_two(by, case):
    five = make.accepted(by, *(person(f"Saidov Child{n}", birth=CHILD) for n in range(5)))
    client, count = browser(by), []
    for one in (case, five):
        client.get(reverse("movements:case", args=[one.pk]))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("movements:case", args=[one.pk])).status_code == 200
        count.append(len(found))
    assert count[1] <= count[0] < 65


def test_a_step_is_done_on_its_own_page(by, case):
    visa = make.step_of(case, "visa")
    where, client = reverse("movements:step", args=[visa.pk]), browser(by)
    page = client.get(where + "?do=finish").content.decode()
    assert "Holds until" in page
    assert "Usually until" in page
    until = timezone.localdate() + timedelta(days=90)
    sent = {"do": "finish", "on": f"{timezone.localdate():%d.%m.%Y}", "reference": "V-1"}
    assert client.post(where, sent).status_code == 422
    assert client.post(where, sent | {"expires_on": f"{until:%d.%m.%Y}"}).status_code == 302
    visa.refresh_from_db()
    assert (visa.status, visa.expires_on, visa.reference) == ("done", until, "V-1")


def test_a_step_that_is_done_elsewhere_says_where(by, case):
    medical = make.step_of(case, "medical")
    client, where = browser(by), reverse("movements:step", args=[medical.pk])
    assert "The health worker writes this down" in client.get(where).content.decode()
    assert client.post(where, {"do": "finish"}).status_code == 404


def test_several_have_a_step_done_at_once(by, case):
    client = browser(by)
    where = reverse("movements:steps", args=[case.pk, "visa"])
    assert client.get(where).status_code == 200
    both = [str(one.pk) for one in Step.objects.filter(case=case, kind="visa")]
    day = timezone.localdate()
    sent = {"steps": both, "on": f"{day:%d.%m.%Y}", "expires_on": f"{day:%d.%m.%Y}"}
    assert client.post(where, sent).status_code == 302
    assert Step.objects.filter(case=case, kind="visa", status="done").count() == 2
    assert client.get(where).status_code == 422


def test_a_referral_is_typed_and_accepted(by):
    make.schemes()
    client, scheme = browser(by), make.referral(by).scheme
    where = reverse("movements:referral")
    page = client.get(where)
    assert page.status_code == 200
    office = make.referral(by).case.office
    sent = {
        "scheme": str(scheme.pk), "departs_from": "KGZ", "referred_by": "unhcr",
        "priority": "urgent", "unhcr": "731-26C04418", "size": "2", "office": str(office.pk),
        "citizenship": "AFG", "surname": "Rahmatov", "given_names": "Ikrom", "birth": "1986",
        "sex": "M", "family-TOTAL_FORMS": "1", "family-INITIAL_FORMS": "0",
        "family-0-surname": "Rahmatova", "family-0-given_names": "Gulsara",
        "family-0-role": "spouse",
    }  # fmt: skip
    answer = client.post(where, sent)
    assert answer.status_code == 302
    case = Case.objects.get(movement__isnull=False)
    for step in Step.objects.filter(case=case, kind="interview"):
        steps.finish(actor(by), step, got=Got(timezone.localdate()))
    accept = reverse("movements:accept", args=[case.pk])
    assert client.get(accept).status_code == 200
    day = f"{timezone.localdate():%d.%m.%Y}"
    assert client.post(accept, {"on": day, "reference": "G-1"}).status_code == 302
    assert Case.objects.get(pk=case.pk).status == "preparing"
    wrong = client.post(where, sent | {"size": "3"})
    assert wrong.status_code == 422


def test_cases_that_travel_together_are_on_both_pages(by, case):
    other = make.referred(by, person("Rahmatova Sanobar"))
    client = browser(by)
    where = reverse("movements:together", args=[case.pk])
    assert client.post(where, {"other": "BIS-RST-00-0000", "why": "mother"}).status_code == 422
    assert client.post(where, {"other": other.number, "why": "mother"}).status_code == 302
    assert other.number in shown(by, case)
    assert case.number in shown(by, other)
    pair = TravelTogether.objects.get()
    apart = reverse("movements:apart", args=[pair.pk])
    assert client.post(apart, {"case": str(case.pk)}).status_code == 302
    assert other.number not in shown(by, case)


def test_the_page_of_the_case_itself_leads_to_the_movement_and_shows_how_it_stands(by, case):
    text = browser(by).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert reverse("movements:case", args=[case.pk]) in text
    assert "Not ready to depart" in text


def test_my_day_names_a_late_step_of_the_family_once(by, case):
    with writing():
        Step.objects.filter(case=case, kind="visa").update(
            due_on=timezone.localdate() - timedelta(days=3)
        )
    text = browser(by).get(reverse("cases:my_day")).content.decode()
    assert text.count('">Visa: ') == 1
