"""Erasing takes time, a closed case and two people; afterwards no plain word is left."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction

from safar.assistance.cases import forgetting, keys
from safar.assistance.cases.actions import erasing, judging, relating
from safar.assistance.cases.actions.opening import NameAsWritten, NewPerson, WayToReach
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case, CaseKey, CaseMember, Document, Note, Person
from safar.assistance.cases.queries import notes, retention
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken, Unavailable
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as make
from tests.makers import papers as made
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = "Zanzibar"
WHY = "over_time"


@pytest.fixture
def worker():
    return make.caseworker("7001", *Compartment.values)


@pytest.fixture
def officer():
    return made.protection_officer("9001")


@pytest.fixture
def second():
    return made.protection_officer("9002")


def marked_person() -> NewPerson:
    return NewPerson(
        names=[NameAsWritten(f"{MARK}ov", "Ikrom")],
        sex="M",
        birth=PartialDate(1984, 5, 17),
        citizenships=["TJK"],
        numbers=[("unhcr", f"{MARK}-731")],
        contacts=[WayToReach(f"{MARK}@example.org", kind="email")],
    )


def full_case(worker) -> Case:
    """A case with the mark in every kind of word that casework keeps."""
    case = make.case(worker, people=[marked_person()])
    with writing("cases"):
        Case.objects.filter(pk=case.pk).update(purpose=f"{MARK} asked", team=f"{MARK} team")
    person = case.members.get().person
    made.document(worker, case, f"{MARK} on paper".encode(), title=f"{MARK}’s passport",
                  number=f"{MARK}1", issuer=f"{MARK} office", person=person)  # fmt: skip
    made.document(worker, case, f"{MARK} clinic".encode(), title=f"{MARK} coughs", kind="medical",
                  compartment="medical")  # fmt: skip
    made.note(worker, case, f"{MARK} called")
    return case


def places_with(mark: str) -> set[str]:
    """Every column of every table, this wing's and the others', in which the mark is found."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("""SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND data_type IN
            ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea', 'character')""")
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE encode("{column}"::text::bytea, \'escape\') '
                f"ILIKE '%{mark}%' OR \"{column}\"::text ILIKE '%{mark.encode().hex()}%'"
            )
            if cursor.fetchone()[0]:
                found.add(f"{table}.{column}")
    return found


def test_after_an_erasure_raw_sql_finds_no_plain_word(worker, officer, second):
    case = made.closed_long_ago(worker, full_case(worker))
    before = places_with(MARK)
    assert {
        "cases_personname.surname", "cases_externalnumber.value", "cases_contact.value",
        "cases_case.purpose", "cases_document.title",
    } <= before  # fmt: skip
    made.erased(case, officer, second)
    assert places_with(MARK) == set()


def test_what_was_sealed_is_gone_and_would_not_open_from_a_copy_either(worker, officer, second):
    case = full_case(worker)
    note = Note.objects.get()
    copied = bytes(note.sealed)  # as an older backup holds it
    made.erased(made.closed_long_ago(worker, case), officer, second)
    assert bytes(Note.objects.get().sealed) == b""
    assert keys.existing(case) is None
    assert notes.opened(case, [note]) == []
    with pytest.raises(RuleBroken, match="erased"):
        keys.of(case)
    other = make.case(worker)
    with writing("cases"), pytest.raises(Unavailable):
        keys.of(other).open(note, copied)


def test_the_husk_still_counts_and_names_nobody(worker, officer, second):
    case = made.closed_long_ago(worker, full_case(worker))
    old = case.members.get().person_id
    made.erased(case, officer, second)
    case.refresh_from_db()
    member = CaseMember.objects.get(case=case)
    husk = member.person
    assert (case.programme, case.closure, member.role) == ("trial", "completed", "applicant")
    assert (husk.sex, husk.birth, husk.citizenships) == ("M", PartialDate(1984), ["TJK"])
    assert husk.pk != old
    assert not husk.names.exists()
    assert not Person.objects.filter(pk=old).exists()


def test_a_person_who_is_helped_elsewhere_keeps_her_name_and_nobody_learns_it(
    worker, officer, second
):
    case = full_case(worker)
    person = case.members.get().person
    hidden = make.case(worker, "Other Name", compartment=Compartment.PROTECTION)
    with writing("cases"):
        hidden.members.create(person=person, role="other", joined_on=hidden.opened_on)
    made.closed_long_ago(worker, case)
    with make.as_in_pages(second):
        assert not Case.objects.filter(pk=hidden.pk).exists()
    proposed = erasing.propose_erasure(actor(officer), case, why=WHY, reason="rule")
    with make.as_in_pages(second):
        erasing.approve_erasure(actor(second), proposed)
        assert not Person.objects.filter(pk=person.pk).exists()  # as one who was forgotten
    assert person.names.get().surname == f"{MARK}ov"
    assert CaseMember.objects.get(case=case).person != person
    assert hidden.members.filter(person=person).exists()


def test_behind_the_wall_parts_are_erased_that_the_officers_cannot_see(worker, officer, second):
    case = made.closed_long_ago(worker, full_case(worker))
    with make.as_in_pages(officer):
        assert Document.objects.count() == 1  # the medical one is not hers to see
        proposed = erasing.propose_erasure(actor(officer), case, why=WHY, reason="rule")
    with make.as_in_pages(second):
        erasing.approve_erasure(actor(second), proposed)
    assert places_with(MARK) == set()


def test_the_other_cases_stay_as_they_were(worker, officer, second):
    case, other = made.closed_long_ago(worker, full_case(worker)), full_case(worker)
    note = other.notes.get()
    made.erased(case, officer, second)
    (read,) = notes.opened(other, [note])
    assert read.text == f"{MARK} called"
    assert other.members.get().person.names.get().surname == f"{MARK}ov"


def test_judgements_and_relatives_of_the_forgotten_go_too(worker, officer, second):
    case = full_case(worker)
    other = make.case(worker, "Sister Gulsara").members.get().person
    person = case.members.get().person
    sure = replace(actor(worker), permissions=frozenset("*"))
    judging.judge(sure, person, other=other, judgement="different", reason=f"{MARK} has one")
    relating.relate(sure, person, to=other, kind="sibling")
    made.erased(made.closed_long_ago(worker, case), officer, second)
    assert places_with(MARK) == set()
    assert other.names.get().surname == "Sister"


def test_an_open_case_is_not_erased(worker, officer):
    with pytest.raises(NotAllowed, match="open"):
        erasing.propose_erasure(actor(officer), full_case(worker), why="asked", reason="she asks")


def test_a_case_opened_again_meanwhile_is_not_erased(worker, officer, second):
    case = made.closed_long_ago(worker, full_case(worker))
    proposed = erasing.propose_erasure(actor(officer), case, why=WHY, reason="rule")
    with writing("cases"):
        Case.objects.filter(pk=case.pk).update(
            phase="active", status="worked", closed_on=None, closure=""
        )
    with pytest.raises(NotAllowed, match="open"):
        erasing.approve_erasure(actor(second), proposed)


def test_a_case_within_its_time_is_erased_only_when_somebody_asked(worker, officer, second):
    case = made.closed_long_ago(worker, full_case(worker), years=4)
    with pytest.raises(RuleBroken, match="not over its time"):
        erasing.propose_erasure(actor(officer), case, why=WHY, reason="rule")
    asked = erasing.propose_erasure(actor(officer), case, why="asked", reason="letter of 3 May")
    assert erasing.approve_erasure(actor(second), asked).status == "approved"


def test_whoever_proposed_does_not_decide(worker, officer, second):
    case = made.closed_long_ago(worker, full_case(worker))
    proposed = erasing.propose_erasure(actor(officer), case, why=WHY, reason="rule")
    with pytest.raises(NotAllowed, match="second person"):
        erasing.approve_erasure(actor(officer), proposed)
    assert "cases_personname.surname" in places_with(MARK)
    assert erasing.approve_erasure(actor(second), proposed).decided_by == second


def test_the_database_refuses_one_person_for_both(worker, officer):
    case = made.closed_long_ago(worker, full_case(worker))
    proposed = erasing.propose_erasure(actor(officer), case, why=WHY, reason="rule")
    with pytest.raises(IntegrityError, match="erasure_by_two_people"), transaction.atomic():
        _sql("UPDATE cases_erasure SET decided_by_id = proposed_by_id, decided_at = now(),"
             " status = 'approved'")  # fmt: skip
    assert proposed.status == "proposed"


def test_raw_sql_destroys_no_key_that_two_people_did_not_agree_on(worker, officer):
    case = made.closed_long_ago(worker, full_case(worker))
    destroy = (
        "UPDATE cases_casekey SET wrapped = NULL, destroyed_at = transaction_timestamp(),"
        f" destroyed_by_id = '{officer.pk}'"
    )
    for sql in (destroy, "DELETE FROM cases_casekey"):
        with pytest.raises(ProgrammingError, match="key"), transaction.atomic():
            _sql(sql)
    assert keys.existing(case)


def test_a_destroyed_key_never_comes_back(worker, officer, second):
    case = full_case(worker)
    kept = bytes(CaseKey.objects.get().wrapped or b"").hex()
    made.erased(made.closed_long_ago(worker, case), officer, second)
    with pytest.raises(ProgrammingError, match="stays destroyed"), transaction.atomic():
        _sql(f"UPDATE cases_casekey SET wrapped = '\\x{kept}', destroyed_at = NULL,"
             " destroyed_by_id = NULL")  # fmt: skip


def test_raw_sql_erases_no_case_whose_key_is_there(worker):
    case = full_case(worker)
    with pytest.raises(ProgrammingError, match="key is destroyed now"), transaction.atomic():
        forgetting.erase(case.pk, {})
    with (
        make.as_in_pages(worker),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        _sql(f"SELECT safar_forget_person('{case.members.get().person_id}')")


def test_when_it_is_over_what_happened_is_append_only_again(worker, officer, second):
    case = full_case(worker)
    made.erased(made.closed_long_ago(worker, case), officer, second)
    _sql("UPDATE cases_casemove SET reason = ''")  # still in the transaction of the erasure
    _sql("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE cases_casekey DISABLE TRIGGER USER;"
         " UPDATE cases_casekey SET destroyed_at = now() - interval '1 second';"
         " ALTER TABLE cases_casekey ENABLE TRIGGER USER")  # fmt: skip
    for sql in ("UPDATE cases_casemove SET reason = 'x'", "DELETE FROM cases_note"):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            _sql(sql)


def test_an_erased_case_takes_nothing_new_and_is_not_erased_twice(worker, officer, second):
    case = made.closed_long_ago(worker, full_case(worker))
    done = made.erased(case, officer, second)
    with pytest.raises(RuleBroken, match="was erased"):
        made.note(worker, case, "more")
    with pytest.raises(RuleBroken, match="was erased"):
        made.document(worker, case)
    with pytest.raises(RuleBroken, match="erased"):
        erasing.propose_erasure(actor(officer), case, why=WHY, reason="rule")
    with pytest.raises(InvalidMove):
        erasing.approve_erasure(actor(second), done)


def test_a_case_out_of_sight_is_neither_listed_nor_erased(worker):
    elsewhere = made.protection_officer("9009", at=make.OSH)
    case = made.closed_long_ago(worker, full_case(worker))
    assert not retention.over_time(actor(elsewhere), date.today())
    with pytest.raises(NotFound):
        erasing.propose_erasure(actor(elsewhere), case, why=WHY, reason="rule")


def test_the_list_holds_what_is_over_its_time_and_nothing_else(worker, officer):
    over = made.closed_long_ago(worker, full_case(worker))
    made.closed_long_ago(worker, full_case(worker), years=4)
    full_case(worker)
    found = retention.over_time(actor(officer), date.today())
    assert list(found) == [over]
    assert retention.with_rule(found)[0].rule == "the tests' own rule"


def test_the_last_day_still_counts(worker, officer):
    case = made.closed_long_ago(worker, full_case(worker))
    last = retention.kept_until(case)
    assert last
    assert not retention.over_time(actor(officer), last)
    assert retention.over_time(actor(officer), last + timedelta(days=1))


def test_a_leap_day_is_kept_until_the_first_of_march():
    assert retention.years_on(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert retention.years_on(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_what_is_kept_until_a_day_is_listed_again_after_it(worker, officer, second):
    case = made.closed_long_ago(worker, full_case(worker))
    proposed = erasing.propose_erasure(actor(officer), case, why=WHY, reason="rule")
    assert not retention.over_time(actor(officer), date.today())
    day = date.today() + timedelta(days=90)
    erasing.decline_erasure(actor(second), proposed, reason="a court asks", keep_until=day)
    assert not retention.over_time(actor(officer), date.today())
    assert retention.over_time(actor(officer), day)


def test_every_append_only_table_of_the_wing_lets_its_words_go():
    with connection.cursor() as cursor:
        cursor.execute("""SELECT c.relname, p.proname FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE t.tgname = c.relname || '_append_only' AND c.relname ~ '^(cases|returns)_'""")
        found = dict(cursor.fetchall())
    about = {model._meta.db_table for model in forgetting.paths()} | {
        model._meta.db_table
        for model in apps.get_models()
        if any(f.related_model is Person for f in model._meta.concrete_fields)
    }
    held = {table for table, how in found.items() if how != "safar_kept_until_erased"}
    assert about & set(found)
    assert about & held == set()


def _sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)
