"""What a doctor found stays behind its wall: for pages, for raw SQL, in copies, and when erased."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases import keys
from safar.assistance.cases.actions.reasons import say_why
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.queries import own_data
from safar.assistance.movements.choices import Fitness
from safar.assistance.movements.models import Examination, TravelHealth
from safar.assistance.movements.programme import MOVEMENTS
from safar.assistance.movements.queries import health as queries
from safar.assistance.movements.queries import medical
from safar.core.errors import NotFound
from tests.cases.test_erasing import MARK, marked_person, places_with
from tests.cases.test_erasing_everything import closed_and_erased
from tests.cases.test_walls import rows, wing_tables
from tests.makers import cases as kernel
from tests.makers import movements as make
from tests.makers import papers
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import health as ill
from tests.makers.movements import journeys
from tests.makers.movements.files import person
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def doctor():
    return ill.health_worker()


@pytest.fixture
def case(worker):
    return make.accepted(worker, person(), person("Rahmatova Madina"))


def madina(case):
    return journeys.member(case, "Madina")


def digest(table):
    """A fingerprint of all that whoever acts now reads of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def everything_read_by(user):
    with kernel.as_in_pages(user):
        return {table: digest(table) for table in wing_tables()}


def test_raw_sql_reads_an_examination_behind_the_medical_wall_of_that_office_alone(
    case, worker, doctor
):
    ill.examined(doctor, madina(case))
    seen = {}
    others = {
        "doctor": doctor,
        "worker": worker,
        "nobody": None,
        "doctor outside the wall": ill.health_worker("7402", "programme"),
        "doctor of Osh": ill.health_worker("7403", at=kernel.OSH),
        "doctor of returns": kernel.caseworker(
            "7404", "programme", "medical", role="health_worker", programme="returns"
        ),
    }
    for who, user in others.items():
        with kernel.as_in_pages(user):
            seen[who] = rows("movements_examination")
    assert seen == dict.fromkeys(others, 0) | {"doctor": 1}
    assert rows("movements_examination") == 1


def test_the_words_are_sealed_and_open_with_the_key_of_the_case_alone(case, worker, doctor):
    kept = ill.examined(doctor, madina(case), text=f"{MARK} coughs", clinic=f"{MARK} clinic")
    assert places_with(MARK) == {"movements_examination.clinic"}  # never beyond the wall
    sealed = bytes(Examination.objects.get(pk=kept.pk).finding)
    cipher = keys.existing(case)
    assert cipher is not None
    assert cipher.open(kept, sealed).decode() == f"{MARK} coughs"


def test_an_examination_changes_nothing_at_all_that_movement_staff_can_read(case, worker, doctor):
    papers.note(worker, case, "The key of the case is made.")
    before = everything_read_by(worker)
    ill.examined(doctor, madina(case), outcome="class_a")
    ill.examined(doctor, madina(case))
    say_why(actor(doctor), case, why="her lung", compartment=Compartment.MEDICAL)
    assert everything_read_by(worker) == before
    seen_by_doctor = everything_read_by(doctor)
    ill.said(doctor, madina(case))  # what is said is read, and so would be what was found
    changed = {table for table, now in everything_read_by(worker).items() if now != before[table]}
    assert changed == {"movements_travelhealth", "movements_step"}
    ill.examined(doctor, madina(case))
    assert (
        everything_read_by(doctor)["movements_examination"]
        != (seen_by_doctor["movements_examination"])
    )


@pytest.fixture
def browser(settings):
    load_reference()
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False  # tests/accounts asks for it

    def of(user):
        client = Client()
        sign_in(client, user)
        return client

    return of


def shown(client, case):
    page = client.get(reverse("movements:case", args=[case.pk])).content.decode()
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|Token": "\w+"|nonce="[^"]*"', "", page)


def test_the_page_of_the_case_shows_needs_and_not_why(case, worker, doctor, browser):
    staff = browser(worker)
    before = shown(staff, case)
    ill.examined(doctor, madina(case), outcome="class_b", text="Asthma", clinic="Polyclinic 3")
    assert shown(staff, case) == before
    ill.said(doctor, madina(case), Fitness.FIT_WITH_NEEDS, needs=["own_medicine"], escort="medical")
    page = shown(staff, case)
    assert page != before
    for word in ("Fit to travel, with help", "Own medicine in the hand baggage", "Medical escort"):
        assert word in page
    for word in ("Asthma", "Polyclinic 3", "A finding that does not keep from travel"):
        assert word not in page
    assert reverse("movements:health", args=[case.pk]) not in page


def test_the_health_worker_reads_it_all_and_only_after_she_said_why(case, doctor, browser):
    ill.examined(doctor, madina(case), text="Asthma")
    client, url = browser(doctor), reverse("movements:health", args=[case.pk])
    assert "Asthma" not in client.get(url).content.decode()
    assert client.post(url, {"purpose": ""}).status_code == 422
    assert "Asthma" not in client.get(url).content.decode()
    client.post(url, {"purpose": "the check before the flight"})
    assert "Asthma" in client.get(url).content.decode()
    assert "Asthma" not in browser(doctor).get(url).content.decode()  # another day asks again


def test_the_medical_file_does_not_exist_for_whoever_is_outside(case, worker, doctor):
    outside = ill.health_worker("7402", "programme")
    for user in (worker, outside):
        with pytest.raises(NotFound):
            medical.medical_file(actor(user), case.pk)
        with pytest.raises(NotFound):
            medical.member(actor(user), madina(case).pk)
    assert medical.medical_file(actor(doctor), case.pk).case_id == case.pk


def test_the_part_of_the_page_costs_the_same_for_one_and_for_many(
    worker, doctor, django_assert_num_queries
):
    cases = [make.accepted(worker, person()), make.accepted(worker, *(person() for _ in range(5)))]
    for case in cases:
        for member in case.members.all():
            ill.said(doctor, member)
        file = make.file_of(case)
        who = actor(worker)
        with django_assert_num_queries(4):  # said, members, people's names; and the case
            shown = queries.part(who, file)["health"]
        assert len(shown) == case.members.count()


def test_her_copy_holds_her_own_examination_and_no_other(case, doctor):
    officer = papers.protection_officer("9001", programme=MOVEMENTS.code)
    kernel.place(officer, *Compartment.values, programme=MOVEMENTS.code)
    ill.examined(doctor, madina(case), clinic="Polyclinic 3")
    ill.examined(doctor, journeys.member(case, "Ikrom"), clinic="Polyclinic 9", outcome="class_a")
    ill.said(doctor, madina(case), Fitness.FIT_WITH_NEEDS, needs=["oxygen"])
    about = own_data.rows_about(actor(officer), madina(case).person)
    assert [one["clinic"] for one in about["movements.examination"]] == ["Polyclinic 3"]
    assert about["movements.travelhealth"][0]["needs"] == ["oxygen"]
    assert "Polyclinic 9" not in json.dumps(about, default=str)
    outside = papers.protection_officer("9002", programme=MOVEMENTS.code)
    less = own_data.rows_about(actor(outside), madina(case).person)
    assert "movements.examination" not in less
    assert "movements.travelhealth" in less


def test_with_the_case_its_examinations_are_erased(worker, doctor):
    case = make.accepted(worker, marked_person())
    member = case.members.get()
    ill.examined(doctor, member, clinic=f"{MARK} clinic", text=f"{MARK} coughs")
    ill.said(doctor, member)
    assert "movements_examination.clinic" in places_with(MARK)
    closed_and_erased(case)
    assert places_with(MARK) == set()
    left = Examination.objects.get()
    assert bytes(left.finding) == b""
    assert keys.existing(case) is None
    assert TravelHealth.objects.get().holds_until == timezone.localdate() + timedelta(days=100)
