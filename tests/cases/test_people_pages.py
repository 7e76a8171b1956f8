"""The pages of a person: what they show, what they ask, and what does not exist for others."""

from datetime import date

import pytest
from django.urls import reverse

from safar.assistance.cases.actions import households, judging, relating
from safar.assistance.cases.actions.opening import WayToReach
from safar.assistance.cases.actions.registering import add_number
from safar.assistance.cases.models import (
    CaseMember,
    Contact,
    ExternalNumber,
    HouseholdMember,
    Person,
    PersonChange,
    PersonName,
    Relationship,
)
from safar.core.models import AuditEntry
from tests.makers import cases as make
from tests.makers import people as made
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 3, 2)


@pytest.fixture
def worker():
    return make.caseworker()


@pytest.fixture
def family(worker):
    """A mother and her child, with everything that a page can show."""
    case = made.case_of(
        worker,
        made.new("Rahmatova Gulsara", "Рахматова Гулсара", birth="1989", sex="F"),
        made.new("Rahmatova Sitora", birth="2012-04-01", sex="F", phone="+996 555 123456"),
    )
    mother, child = (member.person for member in case.members.order_by("pk"))
    who = actor(worker)
    relating.relate(who, mother, to=child, kind="parent")
    home = households.move_in(who, mother, on=DAY, place="Kara-Balta", is_head=True).household
    households.move_in(who, child, on=DAY, household=home)
    add_number(who, mother, system="unhcr_file", value="731-26C04418")
    return case, mother, child


def text_of(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_person_s_page_is_on_record_before_it_is_shown(client, worker, family):
    _case, mother, child = family
    sign_in(client, worker)
    text = text_of(client.get(reverse("cases:person", args=[mother.pk])))
    for words in (
        "Рахматова Гулсара",
        "731-26C04418",
        "Parent of",
        "Rahmatova Sitora",
        "Kara-Balta",
    ):
        assert words in text
    assert "Do not call." in text_of(client.get(reverse("cases:person", args=[child.pk])))
    rows = AuditEntry.objects.filter(action="cases.read_person").order_by("number")
    assert [row.target for row in rows] == [f"Person:{mother.pk}", f"Person:{child.pk}"]


def addresses(case, mother, child):
    one = PersonName.objects.filter(person=mother).first()
    rows = {
        "person": mother, "person_change": mother, "name_add": mother, "number_add": mother,
        "contact_add": mother, "relative_add": mother, "move_in": mother, "name_end": one,
        "number_remove": ExternalNumber.objects.get(), "contact_change": Contact.objects.get(),
        "move_out": HouseholdMember.objects.filter(person=mother).get(), "person_add": case,
    }  # fmt: skip
    both = [mother.pk, child.pk]
    pairs = [reverse(f"cases:{n}", args=both) for n in ("judge", "judgement_take_back")]
    return [*(reverse(f"cases:{n}", args=[row.pk]) for n, row in rows.items()), *pairs]


def test_for_a_worker_of_another_office_none_of_these_pages_exists(client, worker, family):
    stranger = make.caseworker("7002", at=make.OSH)
    found = addresses(*family)
    sign_in(client, worker)
    assert {client.get(address).status_code for address in found} == {200}
    client.logout()
    sign_in(client, stranger)
    assert {client.get(address).status_code for address in found} == {404}
    assert {client.post(address).status_code for address in found[1:]} == {404}
    assert not AuditEntry.objects.filter(action="cases.read_person", actor_id=stranger.pk).exists()


def test_a_finance_officer_reads_a_person_and_changes_nothing(client, family):
    finance = make.caseworker("7005", role="finance_officer")
    case, mother, child = family
    sign_in(client, finance)
    text = text_of(client.get(reverse("cases:person", args=[mother.pk])))
    assert "people/" + str(mother.pk) + "/change" not in text
    for address in addresses(case, mother, child)[1:]:
        assert client.get(address).status_code == 403


def test_the_forms_of_a_person_do_what_they_say(client, worker, family):
    case, mother, child = family
    sign_in(client, worker)

    def post(name, *keys, **data):
        answer = client.post(reverse(f"cases:{name}", args=keys), data)
        assert answer.status_code == 302, text_of(answer)

    post("name_add", mother.pk, surname="Rakhmatova", given_names="Gulsara", kind="other")
    post("number_add", mother.pk, system="other", body="RC", value="kg 7")
    post("contact_add", mother.pk, kind="phone", value="0555 777 888", may_contact="on")
    post("move_out", HouseholdMember.objects.get(person=mother).pk, on="01.04.2026")
    post("move_in", mother.pk, on="01.04.2026", place="Osh")
    post("relative_add", child.pk, kind="other", to=str(mother.pk))
    ended = PersonName.objects.get(surname="Rakhmatova")
    post("name_end", ended.pk, reason="misread")
    post("number_remove", ExternalNumber.objects.get(system="RC").pk, reason="not hers")
    contact = Contact.objects.get(person=mother)
    post(
        "contact_change", contact.pk, may_contact="on", may_say_who="on", when="mornings", version=1
    )
    post("contact_end", contact.pk)
    post("relative_remove", Relationship.objects.filter(kind="other")[0].pk)
    post("judge", mother.pk, child.pk, judgement="different", reason="mother and child")
    post("judgement_take_back", mother.pk, child.pk, reason="no question at all")
    post(
        "person_change", mother.pk, seen=mother.version, sex="F", birth="1988", reason="passport",
        citizenships="uzb tjk", languages="tgk",
    )  # fmt: skip
    mother.refresh_from_db()
    assert (str(mother.birth), mother.citizenships) == ("1988", ["UZB", "TJK"])
    assert mother.households.count() == 2
    assert PersonChange.objects.count() == 4
    assert Relationship.objects.count() == 2
    contact.refresh_from_db()
    assert contact.ended_on
    assert case.members.count() == 2


def test_a_wrong_number_comes_back_with_its_example_and_what_was_typed(client, worker, family):
    _case, mother, _child = family
    sign_in(client, worker)
    address = reverse("cases:number_add", args=[mother.pk])
    text = text_of(client.post(address, {"system": "unhcr_file", "value": "731-26X1"}))
    assert "123-45C67890" in text
    assert "731-26X1" in text


def test_who_changes_what_somebody_else_changed_is_shown_both(client, worker, family):
    _case, mother, _child = family
    sign_in(client, worker)
    address = reverse("cases:person_change", args=[mother.pk])
    first = {"seen": mother.version, "sex": "F", "birth": "1987", "reason": "passport"}
    assert client.post(address, first).status_code == 302
    late = {**first, "birth": "1991", "reason": "birth certificate"}
    text = text_of(client.post(address, late))
    assert "What stands there now" in text
    assert "1987" in text
    assert 'value="1991"' in text
    again = {**late, "seen": mother.version + 1}
    assert client.post(address, again).status_code == 302
    assert str(Person.objects.get(pk=mother.pk).birth) == "1991"


def test_before_somebody_is_registered_those_who_may_be_meant_are_asked_about(
    client, worker, family
):
    case, mother, _child = family
    other = made.case_of(worker, made.new("Osmonova Aida"))
    sign_in(client, worker)
    address = reverse("cases:person_add", args=[other.pk])
    typed = {"surname": "Rakhmatova", "given_names": "Gulsara", "birth": "1989", "role": "other"}
    text = text_of(client.post(address, typed))
    assert "Perhaps this person is known already" in text
    assert "Rahmatova Gulsara" in text
    assert other.members.count() == 1  # nothing is written before the answer
    assert client.post(address, {**typed, "who": str(mother.pk)}).status_code == 302
    assert CaseMember.objects.filter(person=mother).count() == 2
    assert Person.objects.count() == 3
    typed["given_names"] = "Gulnora"
    assert client.post(address, {**typed, "who": "new"}).status_code == 302
    assert Person.objects.count() == 4
    assert case.members.count() == 2


def test_nobody_is_chosen_who_was_not_asked_about(client, worker, family):
    stranger = make.caseworker("7002", at=make.OSH)
    far = made.person(stranger, "Rahmatova Gulsara", at=make.OSH)
    case, _mother, _child = family
    sign_in(client, worker)
    address = reverse("cases:person_add", args=[case.pk])
    typed = {"surname": "Rahmatova", "given_names": "Gulsara", "role": "other", "who": str(far.pk)}
    assert str(far.pk) not in text_of(client.post(address, {**typed, "who": ""}))
    text_of(client.post(address, typed))  # the question again
    assert not CaseMember.objects.filter(case=case, person=far).exists()


def test_the_question_of_duplicates_stands_on_the_page_until_it_is_answered(client, worker):
    one, other = made.person(worker, "Rahmatov Ikrom"), made.person(worker, "Rakhmatov Ikram")
    sign_in(client, worker)
    address = reverse("cases:person", args=[one.pk])
    assert "The same person?" in text_of(client.get(address))
    judging.judge(actor(worker), one, other=other, judgement="different", reason="prints")
    text = text_of(client.get(address))
    assert "The same person?" not in text
    assert "prints" in text


def test_a_number_that_a_telephone_is_kept_by_is_never_shown_without_its_word(client, worker):
    person = made.person(worker, "Rahmatov Ikrom", phone="+996 555 123456")
    from safar.assistance.cases.actions import contacts

    contacts.add_contact(actor(worker), person, way=WayToReach("0700 111 222", may_contact=True))
    sign_in(client, worker)
    text = text_of(client.get(reverse("cases:person", args=[person.pk])))
    assert "Do not call." in text
    assert "Do not say who we are." in text
