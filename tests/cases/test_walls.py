"""What one may not see does not exist: for queries, and for raw SQL behind their back."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safar.assistance.cases.actions import moving
from safar.assistance.cases.choices import Compartment
from safar.assistance.cases.models import Case, CaseAccess, Person, PersonName
from safar.config import wings
from safar.core.errors import NotFound, RuleBroken
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers.accounts import actor, user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Tables without a word about a person: everybody of the wing may read them.
WITHOUT_PEOPLE = {
    "cases_placement", "cases_casecounter", "cases_donor", "cases_project", "cases_budgetline",
    "cases_vendor", "returns_scheme", "returns_schemeline",
    "cases_partner", "cases_sharingagreement",
    "cases_instrument", "cases_instrumentversion", "cases_question", "cases_questionchoice",
}  # fmt: skip


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def wing_tables() -> set[str]:
    own = (m for m in apps.get_models() if m.__module__.startswith("safar.assistance."))
    return {model._meta.db_table for model in own}


def walled_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("""SELECT relname FROM pg_class c WHERE relrowsecurity
            AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)""")
        return {name for (name,) in cursor.fetchall()}


def test_every_table_about_people_stands_behind_the_second_wall():
    assert wing_tables() - WITHOUT_PEOPLE == walled_tables()
    assert wing_tables() >= WITHOUT_PEOPLE


def test_the_role_of_the_pages_neither_owns_a_table_nor_is_exempt():
    with connection.cursor() as cursor:
        cursor.execute("""SELECT rolname, rolsuper, rolbypassrls FROM pg_roles
            WHERE rolname LIKE 'safar\\_%'""")
        assert {row[1:] for row in cursor.fetchall()} == {(False, False)}
        cursor.execute("""SELECT count(*) FROM pg_tables
            WHERE tableowner IN ('safar_control', 'safar_assistance')""")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("table", sorted(wing_tables()))
def test_the_control_wing_reads_no_table_of_assistance(table):
    with (
        wings.acting_in(wings.CONTROL, None),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        rows(table)


@pytest.mark.parametrize(
    "table", ["travellers_traveller", "border_crossing", "watchlist_listentry"]
)
def test_assistance_reads_no_table_of_control(table):
    with (
        wings.acting_in(wings.ASSISTANCE, None),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        rows(table)
    assert rows(table) == 0  # the owner may: the refusal above is the role's


def test_raw_sql_sees_only_the_cases_of_her_own_office():
    bishkek = make.caseworker("7001")
    osh = make.caseworker("7002", at=make.OSH)
    make.case(bishkek)
    with make.as_in_pages(bishkek):
        seen = [rows(t) for t in ("cases_case", "cases_person", "cases_personname")]
    with make.as_in_pages(osh):
        unseen = [rows(t) for t in ("cases_case", "cases_person", "cases_personname")]
    assert (seen, unseen) == ([1, 1, 1], [0, 0, 0])


def test_with_nobody_named_raw_sql_sees_nothing():
    make.case(make.caseworker())
    with make.as_in_pages(None):
        assert rows("cases_case") == rows("cases_person") == 0
    assert rows("cases_case") == 1


def test_a_protection_case_is_no_case_to_a_colleague_of_the_same_office():
    worker = make.caseworker("7001", Compartment.PROGRAMME, Compartment.PROTECTION)
    colleague = make.caseworker("7002")
    hidden = make.case(worker, compartment=Compartment.PROTECTION)
    assert not Case.objects.visible_to(actor(colleague)).exists()
    assert Person.objects.visible_to(actor(worker)).count() == 1
    assert not Person.objects.visible_to(actor(colleague)).exists()
    with make.as_in_pages(colleague):
        assert rows("cases_casemove") == 0
    with pytest.raises(NotFound):
        moving.move_case(actor(colleague), hidden, move="begin")


def test_a_restricted_case_needs_her_own_name_on_it():
    lead = make.caseworker("7001", Compartment.RESTRICTED)
    other = make.caseworker("7002", Compartment.RESTRICTED)
    case = make.case(lead, compartment=Compartment.RESTRICTED)
    assert not Case.objects.visible_to(actor(other)).exists()
    moving.cover(actor(lead), case, by=other, reason="leave", until=None)
    assert Case.objects.visible_to(actor(other)).get() == case


def test_a_person_helped_by_two_programmes_is_one_and_each_side_sees_its_own_case():
    worker = make.caseworker("7001")
    hidden = make.caseworker("7002", Compartment.PROTECTION)
    case = make.case(worker)
    person = case.members.get().person
    other = make.case(hidden, "Other Name", compartment=Compartment.PROTECTION)
    with writing("cases"):
        other.members.create(person=person, role="other", joined_on=other.opened_on)
    with make.as_in_pages(worker):
        assert rows("cases_casemember") == 1
        assert rows("cases_case") == 1
    with make.as_in_pages(hidden):
        assert rows("cases_person") == 2


def test_nobody_opens_a_case_where_she_is_not_placed():
    from safar.core.errors import NotAllowed

    with pytest.raises(NotAllowed, match="do not work this programme"):
        make.case(make.caseworker("7001"), at=make.OSH)


def test_behind_the_wall_a_case_can_be_opened_and_its_people_written():
    worker = make.caseworker()
    make.office()
    with make.as_in_pages(worker):
        made = make.case(worker, "Rahmatov Ikrom", "Rahmatova Gulsara")
    assert (made.number[:8], PersonName.objects.count()) == ("BIS-TRL-", 2)


def test_raw_sql_cannot_write_into_a_case_out_of_sight():
    worker, stranger = make.caseworker("7001"), make.caseworker("7002", at=make.OSH)
    case = make.case(worker)
    with (
        make.as_in_pages(stranger),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO cases_casemove (id, case_id, move, before, after, reason, moved_at,"
            " moved_by_id) VALUES (gen_random_uuid(), %s, 'x', '', 'x', '', now(), %s)",
            [case.pk, stranger.pk],
        )


def test_a_case_is_handed_to_those_only_who_may_see_it():
    worker, near = make.caseworker("7001"), make.caseworker("7002")
    far = make.caseworker("7003", at=make.OSH)
    case = make.case(worker)
    with pytest.raises(RuleBroken, match="does not work there"):
        moving.hand_over(actor(worker), case, to=far, reason="leave")
    assert moving.hand_over(actor(worker), case, to=near, reason="leave").lead == near


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    placed=st.lists(
        st.tuples(
            st.sampled_from([make.BISHKEK, make.OSH, None]),
            st.lists(st.sampled_from(Compartment.values), unique=True, min_size=1),
        ),
        max_size=2,
        unique_by=lambda one: one[0],
    ),
    leads=st.booleans(),
    named=st.sampled_from(["no", "yes", "over"]),
)
def test_both_walls_say_the_same(db, placed, leads, named):
    with transaction.atomic():
        everything = make.caseworker("7000", *Compartment.values, at=None)
        who = user("7001", "caseworker")
        for at, compartments in placed:
            make.place(who, *compartments, at=at)
        cases = [
            make.case(everything, at=at, compartment=compartment)
            for at in (make.BISHKEK, make.OSH)
            for compartment in Compartment.values
        ]
        with writing("cases"):
            if leads:
                Case.objects.update(lead=who)
            if named != "no":
                until = None if named == "yes" else "2020-01-01"
                for case in cases:
                    CaseAccess.objects.create(case=case, user=who, reason="test", until=until)
        first = set(Case.objects.visible_to(actor(who)).values_list("number", flat=True))
        people = Person.objects.visible_to(actor(who)).count()
        with make.as_in_pages(who):
            second = set(Case.objects.values_list("number", flat=True))
            assert rows("cases_person") == people
        transaction.set_rollback(True)
    assert first == second
