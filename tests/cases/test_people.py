"""A person: registered once, changed with a reason, related from both sides, in one home at a time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from safar.assistance.cases.actions import contacts, households, judging, registering, relating
from safar.assistance.cases.actions.opening import NameAsWritten, NewMember, WayToReach
from safar.assistance.cases.actions.registering import Facts
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import (
    HouseholdMember,
    PersonChange,
    PersonName,
    Relationship,
)
from safar.assistance.cases.queries import people
from safar.core.errors import NotFound, RuleBroken, Stale
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as make
from tests.makers import people as made
from tests.makers.accounts import actor, audited

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 3, 2)


@pytest.fixture
def worker():
    return make.caseworker()


@pytest.fixture
def person(worker):
    return made.person(worker, "Rahmatov Ikrom", birth="1986-05", sex="M")


@pytest.fixture
def stranger():
    return make.caseworker("7002", at=make.OSH)


def test_the_name_in_latin_letters_of_the_documents_stands_for_her(worker):
    person = made.person(worker, "Рахматов Икром", "Rahmatov Ikrom", "رحماتوف اکرام")
    assert str(person) == "Rahmatov Ikrom"
    assert people.names_of(person)[0].script == "latin"
    assert {name.script for name in person.names.all()} == {"latin", "cyrillic", "arabic"}


def test_another_spelling_is_added_and_the_same_one_is_not(worker, person):
    registering.add_name(actor(worker), person, name=NameAsWritten("Рахматов", "Икром"))
    with pytest.raises(RuleBroken, match="there already"):
        registering.add_name(actor(worker), person, name=NameAsWritten("Rahmatov", "Ikrom"))
    with pytest.raises(RuleBroken, match="Write a name"):
        registering.add_name(actor(worker), person, name=NameAsWritten("-", "…"))
    assert person.names.count() == 2


def test_a_wrong_name_ends_with_a_reason_and_is_kept(worker, person):
    wrong = person.names.get()
    right = registering.add_name(
        actor(worker), person, name=NameAsWritten("Rahmonov", "Ikrom"),
        reason="passport seen", instead_of=wrong,
    )  # fmt: skip
    person.refresh_from_db()
    assert person.name == right
    change = PersonChange.objects.get()
    assert (change.before, change.after, change.reason) == (
        "Rahmatov Ikrom", "Rahmonov Ikrom", "passport seen",
    )  # fmt: skip
    assert PersonName.objects.get(pk=wrong.pk).ended_by == worker


def test_her_only_name_does_not_end_and_none_ends_without_a_reason(worker, person):
    only = person.names.get()
    with pytest.raises(RuleBroken, match="the only name"):
        registering.end_name(actor(worker), only, reason="wrong")
    registering.add_name(actor(worker), person, name=NameAsWritten("Rahmonov", "Ikrom"))
    with pytest.raises(RuleBroken, match="Say why"):
        registering.end_name(actor(worker), only, reason=" ")
    registering.end_name(actor(worker), only, reason="misread")
    with pytest.raises(RuleBroken, match="not used any more"):
        registering.end_name(actor(worker), only, reason="again")


def test_identity_changes_with_a_reason_only_and_leaves_what_stood_there(worker, person):
    right = Facts(sex="M", birth=PartialDate(1985, 5), citizenships=("TJK",), languages=("tgk",))
    with pytest.raises(RuleBroken, match="Say why"):
        registering.change_person(actor(worker), person, seen=person.version, facts=right)
    person.refresh_from_db()
    assert str(person.birth) == "1986-05"
    registering.change_person(
        actor(worker), person, seen=person.version, facts=right, reason="birth certificate"
    )
    kept = {change.what: (change.before, change.after) for change in person.changes.all()}
    assert kept == {"birth": ("1986-05", "1985-05"), "citizenships": ("", "TJK")}
    (row,) = audited("cases.change_person")
    assert row.details == {"changed": "birth citizenships"}  # codes, no personal data


def test_languages_are_no_identity_and_need_no_reason(worker, person):
    facts = Facts("M", person.birth, False, (), ("kir", "rus"))
    changed = registering.change_person(actor(worker), person, seen=person.version, facts=facts)
    assert changed.languages == ["kir", "rus"]
    assert not PersonChange.objects.exists()


def test_two_who_change_her_at_once_do_not_overwrite_each_other(worker, person):
    first = Facts("M", person.birth, languages=("kir",))
    registering.change_person(actor(worker), person, seen=person.version, facts=first)
    with pytest.raises(Stale):
        registering.change_person(
            actor(worker), person, seen=person.version, facts=Facts("F"), reason="mistake"
        )
    person.refresh_from_db()
    assert (person.sex, person.languages) == ("M", ["kir"])


def test_the_history_of_a_person_is_never_edited(worker, person):
    number = registering.add_number(actor(worker), person, system="mission", value="be 1")
    registering.remove_number(actor(worker), number, reason="her brother's")
    assert not person.numbers.exists()
    change = PersonChange.objects.get()
    with (
        writing("cases"),
        pytest.raises(Exception, match=r"append-only|may not|never"),
        transaction.atomic(),
    ):
        PersonChange.objects.filter(pk=change.pk).update(reason="other")


def test_a_number_is_kept_once_in_its_form(worker, person):
    number = registering.add_number(
        actor(worker), person, system="unhcr_file", value="731 26c04418"
    )
    assert number.value == "731-26C04418"
    with pytest.raises(RuleBroken, match="there already"):
        registering.add_number(actor(worker), person, system="unhcr_file", value="731-26C04418")


def test_a_wrong_number_stops_a_case_from_being_opened(worker):
    with pytest.raises(RuleBroken, match="123-45C67890"):
        made.person(worker, numbers=(("unhcr_file", "12"),))
    assert made.person(worker, numbers=(("unhcr_file", "731-26-04418"),)).numbers.count() == 1


def test_nobody_calls_and_nobody_says_who_we_are_unless_she_said_so(worker, person):
    contact = contacts.add_contact(actor(worker), person, way=WayToReach("+996 555 123 456"))
    said = people.reach(contact)
    assert (str(said.safety), said.tone) == ("Do not call.", "hold")
    contact = contacts.change_contact(
        actor(worker), contact, seen=1, changes={"may_contact": True, "when": "mornings"}
    )
    assert str(people.reach(contact).safety) == "You may call. Do not say who we are."
    contact = contacts.change_contact(actor(worker), contact, seen=2, changes={"may_say_who": True})
    assert people.reach(contact).tone == "clear"
    ended = contacts.end_contact(actor(worker), contact)
    assert ended.ended_on
    assert people.reaches_of(actor(worker), person) == []


def test_a_form_opened_before_a_colleague_wrote_that_it_is_dangerous_does_not_undo_it(
    worker, person
):
    way = WayToReach("+996 555 123 456", may_contact=True, may_say_who=True)
    contact = contacts.add_contact(actor(worker), person, way=way)
    seen = contact.version
    contacts.change_contact(actor(worker), contact, seen=seen, changes={"may_contact": False})
    with pytest.raises(Stale):
        contacts.change_contact(actor(worker), contact, seen=seen, changes={"may_contact": True})
    contact.refresh_from_db()
    assert not contact.may_contact
    now = contact.version
    contacts.change_contact(actor(worker), contact, seen=now, changes={"may_contact": True})
    contact.refresh_from_db()
    assert contact.may_contact


def test_a_number_that_is_not_hers_any_more_is_not_made_safe_again(worker, person):
    contact = contacts.add_contact(actor(worker), person, way=WayToReach("+996 555 123 456"))
    ended = contacts.end_contact(actor(worker), contact)
    with pytest.raises(RuleBroken, match="any more"):
        contacts.change_contact(
            actor(worker), ended, seen=ended.version, changes={"may_contact": True}
        )
    ended.refresh_from_db()
    assert not ended.may_contact


def test_what_is_no_telephone_is_not_kept_as_one(worker, person):
    for nothing in ("", "12", "none"):
        with pytest.raises(RuleBroken):
            contacts.add_contact(actor(worker), person, way=WayToReach(nothing))


def test_a_mother_is_the_parent_of_her_child_who_is_her_child(worker):
    case = made.case_of(worker, made.new("Rahmatova Gulsara"), made.new("Rahmatova Sitora"))
    mother, child = (member.person for member in case.members.order_by("pk"))
    kept = relating.relate(actor(worker), mother, to=child, kind="parent")
    assert child.relationships.get(other=mother).kind == "child"
    with pytest.raises(RuleBroken, match="other way round"):
        relating.relate(actor(worker), child, to=mother, kind="parent")
    with pytest.raises(RuleBroken, match="not two people"):
        relating.relate(actor(worker), mother, to=mother, kind="sibling")
    relating.unrelate(actor(worker), kept)
    assert not Relationship.objects.exists()


def test_a_relationship_to_somebody_out_of_sight_cannot_be_seen_or_made(worker, person, stranger):
    far = made.person(stranger, "Osmonova Aida", at=make.OSH)
    with pytest.raises(NotFound):
        relating.relate(actor(worker), person, to=far, kind="sibling")
    with writing("cases"):
        Relationship.objects.create(person=person, other=far, kind="sibling")
    assert people.relatives_of(actor(worker), person) == []
    with make.as_in_pages(worker):
        assert not Relationship.objects.exists()
    assert Relationship.objects.count() == 1


def test_she_lives_in_one_household_at_a_time_and_the_refusal_says_since_when(worker, person):
    home = households.move_in(actor(worker), person, on=DAY, place="Kara-Balta")
    with pytest.raises(RuleBroken, match="since 2 March 2026"):
        households.move_in(actor(worker), person, on=date(2026, 5, 1))
    with pytest.raises(RuleBroken, match="Moved in on 2 March 2026"):
        households.move_out(actor(worker), home, on=DAY)
    households.move_out(actor(worker), home, on=date(2026, 4, 1))
    with pytest.raises(RuleBroken, match="until 31 March 2026"):
        households.move_in(actor(worker), person, on=date(2026, 3, 31))
    with pytest.raises(RuleBroken, match="moved out already"):
        households.move_out(actor(worker), home, on=date(2026, 6, 1))
    households.move_in(actor(worker), person, on=date(2026, 4, 1), place="Bishkek")
    assert person.households.count() == 2


def test_the_database_refuses_two_homes_at_once_whatever_the_code_says(worker, person):
    home = households.move_in(actor(worker), person, on=DAY).household
    with writing("cases"), pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.create(
            household=home, person=person, period=DateRange(date(2026, 8, 1), None)
        )


def test_she_moves_in_with_those_only_whom_the_worker_may_see(worker, person, stranger):
    far = made.person(stranger, "Osmonova Aida", at=make.OSH)
    home = households.move_in(actor(stranger), far, on=DAY).household
    with pytest.raises(NotFound):
        households.move_in(actor(worker), person, on=DAY, household=home)
    mine = households.move_in(actor(worker), person, on=DAY).household
    with writing("cases"):
        HouseholdMember.objects.filter(person=far).update(household=mine)
    (shown,) = people.homes_of(actor(worker), person)
    assert shown.others == []


def test_a_person_joins_a_case_once_and_a_second_applicant_does_not(worker, person):
    case = person.memberships.get().case
    added = registering.join_case(
        actor(worker), case, member=NewMember(made.new("Rahmatova Gulsara"), "spouse")
    )
    assert str(added.person) == "Rahmatova Gulsara"
    with pytest.raises(RuleBroken, match="in the case already"):
        registering.join_case(actor(worker), case, member=NewMember(person, "other"))
    with pytest.raises(RuleBroken, match="applicant already"):
        registering.join_case(actor(worker), case, member=NewMember(made.new("A B"), "applicant"))


def test_somebody_out_of_sight_joins_no_case(worker, person, stranger):
    far = made.person(stranger, "Osmonova Aida", at=make.OSH)
    case = person.memberships.get().case
    with pytest.raises(NotFound):
        registering.join_case(actor(worker), case, member=NewMember(far, "other"))
    assert case.members.count() == 1


def test_nothing_of_a_person_out_of_sight_is_changed(worker, person, stranger):
    name, away = person.names.get(), actor(stranger)
    attempts = (
        lambda: registering.add_name(away, person, name=NameAsWritten("A", "B")),
        lambda: registering.end_name(away, name, reason="x"),
        lambda: registering.add_number(away, person, system="mission", value="1"),
        lambda: registering.change_person(away, person, seen=1, facts=Facts(), reason="x"),
        lambda: contacts.add_contact(away, person, way=WayToReach("123456")),
        lambda: households.move_in(away, person, on=DAY),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    registering.add_name(actor(worker), person, name=NameAsWritten("A", "B"))  # hers to change


def test_a_judgement_has_a_reason_and_the_last_one_counts(worker, person):
    other = made.person(worker, "Rakhmatov Ikram")
    with pytest.raises(RuleBroken, match="rests on"):
        judging.judge(actor(worker), person, other=other, judgement="same", reason=" ")
    with pytest.raises(RuleBroken, match="Nothing is judged"):
        judging.take_back(actor(worker), person, other=other, reason="x")
    judging.judge(actor(worker), person, other=other, judgement="same", reason="photos")
    judging.judge(actor(worker), other, other=person, judgement="different", reason="prints")
    last = judging.last_of(person, other)
    assert last is not None
    assert last.judgement == "different"
    judging.take_back(actor(worker), person, other=other, reason="too early")
    last = judging.last_of(other, person)
    assert last is not None
    assert last.judgement == ""
    assert person.names.exists()
    assert other.names.exists()  # nothing merges


def test_nobody_is_judged_to_be_somebody_out_of_sight(worker, person):
    hidden = make.caseworker("7003", Compartment.PROTECTION)
    far = made.person(hidden, "Rahmatov Ikrom", compartment=Compartment.PROTECTION)
    with pytest.raises(NotFound):
        judging.judge(actor(worker), person, other=far, judgement="same", reason="x")
    with pytest.raises(NotFound):
        judging.take_back(actor(worker), person, other=far, reason="x")
