"""A list of cases is written whole or not at all, once it is confirmed, and behind the walls."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from safar.assistance.cases import importing_tasks
from safar.assistance.cases.actions import bulk_opening, importing
from safar.assistance.cases.models import (
    Case,
    CaseImport,
    CaseImportRow,
    CaseMove,
    Contact,
    ExternalNumber,
    Person,
    PersonName,
    Placement,
)
from safar.assistance.cases.queries import imports
from safar.config import tasks
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken
from safar.core.record import writing
from safar.reference import queries as reference
from safar.reference.models import Country
from tests.makers import cases as make
from tests.makers import instruments as lists
from tests.makers import people
from tests.makers.accounts import actor, audited, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FAMILY = (
    ("A1", "Rahmatov", "Ikrom", "17.05.1984", "M", "AFG", "", "123-00045678", "+996 555 100 200"),
    ("A1", "Rahmatova", "Gulsara", "1986", "Ж", "Afghanistan", "wife", "", ""),
    ("A2", "Каримов", "Азиз", "05.1990", "м", "", "", "", ""),
)


@pytest.fixture(autouse=True)
def countries(db):
    with writing("reference"):
        for code, name in (("AFG", "Afghanistan"), ("KGZ", "Kyrgyzstan")):
            names = {"en": name}
            Country.objects.get_or_create(code=code, defaults={"names": names, "kind": "state"})
    reference.forget()


@pytest.fixture
def worker():
    return make.caseworker("7001", role="programme_officer")


def wrong(run):
    return [(row.line, row.wrong, row.column) for row in run.rows.exclude(wrong="")]


def test_nothing_is_written_before_the_list_is_confirmed(worker):
    run = lists.read(worker, lists.listed(*FAMILY))
    assert (run.status, run.lines, run.cases, run.people_new) == ("ready", 3, 2, 3)
    assert not Case.objects.exists()
    assert not Person.objects.exists()


def test_a_confirmed_list_opens_its_cases_with_their_people(worker):
    run = lists.imported(worker, lists.listed(*FAMILY))
    family = Case.objects.get(members__person__names__surname="Rahmatov")
    assert (run.status, run.cases, run.people_new) == ("loaded", 2, 3)
    assert min(Case.objects.values_list("number", flat=True)).startswith("BIS-TRL-")
    assert list(family.members.order_by("role").values_list("role", flat=True)) == [
        "applicant", "spouse",
    ]  # fmt: skip
    wife = Person.objects.get(names__surname="Rahmatova")
    assert (wife.sex, str(wife.birth), wife.citizenships) == ("F", "1986", ["AFG"])
    assert ExternalNumber.objects.get().value == "123-00045678"
    assert not Contact.objects.get().may_contact
    assert family.lead == worker
    assert CaseMove.objects.count() == 2


def test_what_was_imported_is_the_same_as_what_the_page_would_have_written(worker):
    by_hand = make.case(worker, "Rahmatov Ikrom")
    lists.imported(worker, lists.listed(FAMILY[0][:3] + ("",) * 6))
    by_list = Case.objects.exclude(pk=by_hand.pk).get()
    different = {
        field.name
        for field in Case._meta.concrete_fields
        if getattr(by_hand, field.attname) != getattr(by_list, field.attname)
    }
    assert different == {"id", "number"}
    one, other = PersonName.objects.order_by("id")
    assert (one.keys, one.script, str(one)) == (other.keys, other.script, str(other))


def test_the_file_goes_once_it_is_read_and_the_lines_once_they_are_cases(worker):
    run = lists.handed_in(worker, lists.listed(*FAMILY))
    assert run.content
    run = importing.read_list(actor(worker), run)
    assert run.content is None
    assert CaseImportRow.objects.count() == 3
    importing.confirm_list(actor(worker), run, start=lambda run: None)
    importing.load_list(actor(worker), run)
    assert not CaseImportRow.objects.exists()


def test_numbers_go_on_where_the_office_left_off(worker):
    make.case(worker)
    lists.imported(worker, lists.listed(*FAMILY))
    make.case(worker)
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003", "0004"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("A1", "", "", "", "", "", "", "", ""), ("no_name", "surname")),
        (("", "Karimov", "Aziz", "", "", "", "", "", ""), ("no_key", "key")),
        (("A1", "Karimov", "Aziz", "31.02.1990", "", "", "", "", ""), ("date", "birth")),
        (("A1", "Karimov", "Aziz", "01.01.2990", "", "", "", "", ""), ("ahead", "birth")),
        (("A1", "Karimov", "Aziz", "", "X", "", "", "", ""), ("sex", "sex")),
        (("A1", "Karimov", "Aziz", "", "", "Atlantis", "", "", ""), ("country", "citizenships")),
        (("A1", "Karimov", "Aziz", "", "", "", "captain", "", ""), ("role", "role")),
        (("A1", "Karimov", "Aziz", "", "", "", "", "12-3", ""), ("number", "number")),
        (("A1", "Karimov", "Aziz", "", "", "", "", "", "12"), ("phone", "phone")),
        (("A1", "K" * 81, "Aziz", "", "", "", "", "", ""), ("too_long", "surname")),
        (("A1", "=1+1", "Aziz", "", "", "", "", "", ""), ("formula", "surname")),
        (("A1", "Karimov", "Aziz", "", "", "", "wife", "", ""), ("no_applicant", "role")),
    ],
)
def test_a_line_that_cannot_be_taken_says_where_and_why(worker, line, why):
    run = lists.read(worker, lists.listed(line, ("B", "Good", "Line", *[""] * 6)))
    assert wrong(run) == [(2, *why)]
    assert run.cases == 1


def test_a_case_with_one_bad_line_stays_out_whole_and_only_by_her_word(worker):
    bad = ("A1", "Rahmatov", "Son", "31.02.2010", "", "", "son", "", "")
    run = lists.read(worker, lists.listed(*FAMILY, bad))
    assert (run.cases, run.refused, run.left_out) == (1, 1, 2)
    with pytest.raises(RuleBroken, match="left out"):
        importing.confirm_list(actor(worker), run, start=lambda run: None)
    importing.confirm_list(actor(worker), run, start=lambda run: None, leaves_out=True)
    importing.load_list(actor(worker), run)
    assert Person.objects.count() == 1


def test_lines_of_one_case_agree_about_it(worker):
    head = (*lists.HEAD, "Opened on", "State", "Closed on", "How it ended")
    lines = [
        (*FAMILY[0], "01.02.2020", "", "", ""),
        (*FAMILY[1], "02.02.2020", "", "", ""),
        (*FAMILY[2], "01.02.2020", "Closed", "", ""),
        ("A3", "Good", "One", *[""] * 6, "01.02.2006", "closed", "01.03.2006", "Departed"),
    ]
    run = lists.read(worker, lists.listed(*lines, head=head))
    assert wrong(run) == [(3, "differs", "opened_on"), (4, "closing", "closed_on")]
    importing.confirm_list(actor(worker), run, start=lambda run: None, leaves_out=True)
    importing.load_list(actor(worker), run)
    case = Case.objects.get()
    assert (case.phase, case.closure, str(case.closed_on)) == ("closed", "departed", "2006-03-01")
    assert case.number.startswith("BIS-TRL-06-")


def test_the_same_number_twice_is_refused(worker):
    again = ("A9", "Other", "Name", "", "", "", "", "123-00045678", "")
    assert wrong(lists.read(worker, lists.listed(*FAMILY, again))) == [(5, "twice", "number")]


def test_whoever_is_known_by_number_is_found_and_not_registered_again(worker):
    known = people.person(worker, "Rahmatov Ikrom", numbers=(("unhcr_person", "123-00045678"),))
    run = lists.imported(worker, lists.listed(*FAMILY))
    assert (run.people_known, run.people_new) == (1, 2)
    assert known.memberships.count() == 2
    assert known.names.count() == 1


def test_the_same_number_with_another_sex_is_a_question_and_no_match(worker):
    known = people.person(
        worker, "Rahmatova Zarina", sex="F", numbers=(("unhcr_person", "123-00045678"),)
    )
    run = lists.read(worker, lists.listed(*FAMILY))
    assert run.people_known == 0
    assert run.rows.get(line=2).possible == [known.pk]


def test_possible_duplicates_are_shown_and_nobody_is_merged(worker):
    known = people.person(worker, "Rakhmatov Ikram", birth="1984")
    other = people.person(worker, "Rakhmatov Ikram", birth="1961")
    with make.as_in_pages(worker):
        run = lists.read(worker, lists.listed(*FAMILY))
        assert run.rows.get(line=2).possible == [known.pk]
        importing.confirm_list(actor(worker), run, start=lambda run: None)
        importing.load_list(actor(worker), run)
    assert Person.objects.count() == 5
    assert other.memberships.count() == known.memberships.count() == 1


def test_nobody_out_of_sight_is_proposed(worker):
    far = make.caseworker("7002", at=make.OSH)
    number = ("unhcr_person", "123-00045678")
    people.person(far, "Rahmatov Ikrom", numbers=(number,), at=make.OSH)
    with make.as_in_pages(worker):
        run = lists.read(worker, lists.listed(*FAMILY))
    assert (run.people_known, run.people_possible) == (0, 0)


def test_a_list_is_seen_by_whoever_handed_it_in_and_by_nobody_else(worker):
    run = lists.read(worker, lists.listed(*FAMILY))
    other = make.caseworker("7003", role="programme_officer")
    with pytest.raises(NotFound):
        imports.case_import(actor(other), run.pk)
    with make.as_in_pages(other):
        assert not CaseImport.objects.exists()
        assert not CaseImportRow.objects.exists()
    with make.as_in_pages(worker):
        assert CaseImportRow.objects.count() == 3
    with pytest.raises(NotAllowed):
        importing.confirm_list(actor(other), run, start=lambda run: None)


def test_nobody_imports_where_she_is_not_placed(worker):
    run = lists.read(worker, lists.listed((*FAMILY[0], "OSH"), head=(*lists.HEAD, "Office")))
    make.office(make.OSH)
    assert wrong(run) == [(2, "office", "office")]


def test_a_placement_that_ended_meanwhile_stops_the_writing(worker):
    run = lists.read(worker, lists.listed(*FAMILY))
    importing.confirm_list(actor(worker), run, start=lambda run: None)
    with writing("cases"):
        Placement.objects.all().delete()
    importing_tasks.perform(actor(worker), run.pk)
    run.refresh_from_db()
    assert run.status == "failed"
    assert "do not work this programme" in run.failure
    assert not Case.objects.exists()


def test_a_list_that_breaks_off_leaves_nothing_behind(worker, monkeypatch):
    run = lists.read(worker, lists.listed(*FAMILY))
    importing.confirm_list(actor(worker), run, start=lambda run: None)

    def broken(*_rows):
        raise RuleBroken("torn")

    monkeypatch.setattr(bulk_opening, "contact_row", broken)
    importing_tasks.perform(actor(worker), run.pk)
    run.refresh_from_db()
    assert (run.status, run.failure) == ("failed", "torn")
    assert not Case.objects.exists()
    assert not Person.objects.exists()
    assert not CaseImportRow.objects.exists()


def test_a_list_is_written_once(worker):
    run = lists.imported(worker, lists.listed(*FAMILY))
    with pytest.raises(InvalidMove):
        importing.load_list(actor(worker), run)
    with pytest.raises(RuleBroken, match="this very file"):
        lists.handed_in(worker, lists.listed(*FAMILY))
    assert Case.objects.count() == 2


def test_a_list_that_is_put_away_leaves_nothing(worker):
    run = lists.read(worker, lists.listed(*FAMILY))
    importing.drop_list(actor(worker), run)
    assert not CaseImportRow.objects.exists()
    assert not Case.objects.exists()


def test_lists_that_nobody_confirms_are_put_away_after_thirty_days(worker):
    old, new = (lists.read(worker, lists.listed(one)) for one in FAMILY[::2])
    with writing("cases"):
        CaseImport.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=31))
    tasks.old_case_lists(0)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status) == ("dropped", "ready")
    assert CaseImportRow.objects.count() == 1


def test_the_worker_acts_behind_the_walls_of_whoever_handed_it_in(worker, monkeypatch):
    run = lists.handed_in(worker, lists.listed(*FAMILY))
    seen = []

    def spy(done, total):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('role'), current_setting('safar.user')")
            seen.append(cursor.fetchone())

    @contextmanager
    def told(run):
        yield spy

    monkeypatch.setattr(importing_tasks, "told", told)
    tasks.case_list(str(run.pk), str(worker.pk))
    assert set(seen) == {("safar_assistance", str(worker.pk))}
    run.refresh_from_db()
    assert run.status == "ready"
    importing.confirm_list(actor(worker), run, start=lambda run: None)
    tasks.case_list(str(run.pk), str(worker.pk))
    assert Case.objects.count() == 2
    assert [row.details["cases"] for row in audited("cases.load_list")] == [2]


def test_raw_sql_writes_no_line_into_another_persons_list(worker):
    run = lists.read(worker, lists.listed(*FAMILY))
    other = make.caseworker("7003", role="programme_officer")
    with (
        make.as_in_pages(other),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO cases_caseimportprogress (id, run_id, done, total, alive_at)"
            " VALUES (gen_random_uuid(), %s, 0, 0, now())",
            [run.pk],
        )


def test_the_pages_lead_from_the_file_to_the_cases(client, worker):
    sign_in(client, worker)
    file = SimpleUploadedFile("cases.csv", lists.listed(*FAMILY, ("A3", *[""] * 8)))
    given = {"file": file, "programme": "trial", "office": make.office().pk, "purpose": "a test"}
    answer = client.post("/cases/lists", given)
    run = CaseImport.objects.get()
    assert answer.headers["Location"].endswith(f"/lists/{run.pk}")
    assert "Waits for its turn" in client.get(answer.headers["Location"]).content.decode()
    tasks.case_list(str(run.pk), str(worker.pk))
    page = client.get(f"/cases/lists/{run.pk}").content.decode()
    assert "The line names nobody." in page
    assert "Open 2 cases" in page
    assert client.post(f"/cases/lists/{run.pk}/confirm").status_code == 422
    client.post(f"/cases/lists/{run.pk}/confirm", {"leaves_out": "on"})
    tasks.case_list(str(run.pk), str(worker.pk))
    assert "2 cases are open" in client.get(f"/cases/lists/{run.pk}").content.decode()
