"""What one may not see does not exist: for queries, and for raw SQL behind their back."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safar.assistance.cases.actions import contacts, moving, opening, registering
from safar.assistance.cases.actions.opening import NewCase, NewMember, WayToReach
from safar.assistance.cases.actions.registering import Facts
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import (
    Case,
    CaseAccess,
    Contact,
    Person,
    PersonChange,
    PersonName,
)
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
    "movements_movementscheme", "movements_schemestep", "movements_orientationsession",
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


def test_a_person_out_of_sight_is_taken_into_no_case_by_her_key():
    worker, stranger = make.caseworker("7001"), make.caseworker("7002", at=make.OSH)
    hidden = make.case(worker).members.get().person
    known = make.case(stranger, "Other Name", at=make.OSH).members.get().person

    def opened_with(person):
        wanted = NewCase("trial", make.office(make.OSH), "p", [NewMember(person)])
        return opening.open_case(actor(stranger), wanted)

    with pytest.raises(NotFound):
        opened_with(hidden)
    with make.as_in_pages(stranger):
        with pytest.raises(NotFound):
            opened_with(hidden)
        assert opened_with(known).members.get().person == known
        assert not Person.objects.filter(pk=hidden.pk).exists()


def test_raw_sql_takes_no_person_out_of_sight_into_a_case():
    worker, stranger = make.caseworker("7001"), make.caseworker("7002", at=make.OSH)
    hidden = make.case(worker).members.get().person
    known = make.case(stranger, "Other Name", at=make.OSH).members.get().person
    case = make.case(stranger, "Third Name", at=make.OSH)

    def joined(person):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO cases_casemember (id, case_id, person_id, role, joined_on)"
                " VALUES (gen_random_uuid(), %s, %s, 'other', now())",
                [case.pk, person.pk],
            )

    with make.as_in_pages(stranger):
        with pytest.raises(ProgrammingError, match="row-level security"):
            joined(hidden)
        joined(known)
    assert set(case.members.values_list("person", flat=True)) >= {known.pk}
    assert hidden.pk not in set(case.members.values_list("person", flat=True))


def test_what_was_written_of_a_person_from_a_case_out_of_sight_stays_out_of_sight():
    colleague = make.caseworker("7001")
    both = make.caseworker("7002", Compartment.PROGRAMME, Compartment.PROTECTION)
    person = make.case(colleague).members.get().person
    contacts.add_contact(actor(both), person, way=WayToReach("0700 111 222"))
    wanted = NewCase("trial", make.office(), "p", [NewMember(person)], compartment="protection")
    opening.open_case(actor(both), wanted)
    contacts.add_contact(actor(both), person, way=WayToReach("Chui 5", kind="address"))
    facts = Facts(sex="M", birth=person.birth, citizenships=person.citizenships)
    registering.change_person(
        actor(both), person, seen=person.version, facts=facts, reason="an interview"
    )

    def seen_by(who):
        with make.as_in_pages(who):
            second = {str(one) for one in (*Contact.objects.all(), *PersonChange.objects.all())}
        first = {
            str(one)
            for model in (Contact, PersonChange)
            for one in model.objects.visible_to(actor(who))
        }
        assert first == second
        return first

    assert seen_by(colleague) == {"0700 111 222"}
    assert seen_by(both) == {"0700 111 222", "Chui 5", f"{person.pk} sex"}


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


def test_no_page_makes_a_table_that_would_be_read_in_place_of_a_true_one():
    make.office()
    for wing in wings.WINGS:
        with (
            wings.acting_in(wing, None),
            pytest.raises(ProgrammingError, match="permission denied to create temporary tables"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("CREATE TEMPORARY TABLE cases_placement (user_id uuid)")


def test_a_temporary_table_of_the_name_of_a_true_one_opens_no_wall():
    worker, osh = make.caseworker("7001"), make.caseworker("7002", at=make.OSH)
    make.case(osh, at=make.OSH)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE cases_placement AS TABLE public.cases_placement")
        cursor.execute("UPDATE pg_temp.cases_placement SET user_id = %s", [worker.pk])
        cursor.execute("GRANT SELECT ON pg_temp.cases_placement TO safar_assistance")
    with make.as_in_pages(worker):
        assert rows("cases_placement") == 2  # what the page itself reads now: both are hers
        assert rows("cases_case") == 0
    with make.as_in_pages(osh):
        assert rows("cases_case") == 1


def functions(condition):
    with connection.cursor() as cursor:
        cursor.execute(f"""SELECT proname, prosecdef, proconfig, proacl::text FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND {condition} ORDER BY proname""")
        return cursor.fetchall()


def test_what_reads_tables_with_the_owners_eyes_looks_at_true_tables_first():
    found = functions("prosecdef AND (proname LIKE 'safar\\_%' OR proname LIKE 'cases\\_%')")
    assert len(found) > 10
    for name, _definer, config, _rights in found:
        assert any(one.startswith("search_path=public, pg_temp") for one in config or ()), name


def test_what_reads_with_the_owners_eyes_is_called_only_where_it_is_needed():
    called = {}
    for name, _definer, _config, rights in functions("prosecdef"):
        called[name] = rights
        assert rights is not None, name
        assert not {"{=X", ",=X"} & {rights[at : at + 3] for at in range(len(rights))}, name
    for wing, asked in wings.ASKED_BY_PAGES.items():
        role = f"{wings.ROLE.format(wing)}=X"
        assert {name for name, rights in called.items() if role in rights} == asked
    with (
        wings.acting_in(wings.CONTROL, None),
        pytest.raises(ProgrammingError, match="permission denied for function"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM safar_named_cases()")


def restricted(*workers):
    case = make.case(workers[0], compartment=Compartment.RESTRICTED)
    for one in workers[1:]:
        moving.cover(actor(workers[0]), case, by=one, reason="knows her", until=None)
    return case


def test_a_restricted_case_is_handed_over_and_then_out_of_her_own_sight():
    lead, to = (make.caseworker(name, Compartment.RESTRICTED) for name in ("7001", "7002"))
    case = restricted(lead, to)
    with make.as_in_pages(lead):
        moving.hand_over(actor(lead), case, to=to, reason="leave")
        assert rows("cases_case") == 0
    case.refresh_from_db()
    assert (case.lead, case.version) == (to, 2)
    with make.as_in_pages(to):
        assert rows("cases_case") == 1


def test_nobody_hands_over_what_she_does_not_see_not_even_by_the_function_itself():
    lead, to, other = (
        make.caseworker(name, Compartment.RESTRICTED) for name in ("7001", "7002", "7003")
    )
    case = restricted(lead, to)
    ask, mine = "SELECT safar_hand_over(%s, %s, %s)", [case.pk, case.version, other.pk]
    with make.as_in_pages(other), connection.cursor() as cursor:
        cursor.execute(ask, mine)
        assert cursor.fetchone() == (False,)
    with make.as_in_pages(lead), connection.cursor() as cursor:
        cursor.execute(ask, mine)
        assert cursor.fetchone() == (True,)
