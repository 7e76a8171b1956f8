"""A person gets what is kept about her, and nothing of anybody else; it is written down first."""

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse

from safar.assistance.cases.actions import own_data, receiving
from safar.assistance.cases.actions.opening import NameAsWritten, NewPerson
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import OwnDataCopy
from safar.assistance.cases.queries import own_data as own_data_of
from safar.core.errors import NotFound, RuleBroken
from safar.core.models import AuditEntry
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as make
from tests.makers import papers as made
from tests.makers import sharing as share
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = date.today()
SHARED = {
    "cases.consent", "cases.consentrecipient", "cases.disclosure", "cases.referral",
    "cases.referralmove", "cases.withdrawalnotice",
}  # fmt: skip


@pytest.fixture
def worker():
    return make.caseworker("7001", *Compartment.values)


@pytest.fixture
def officer():
    return made.protection_officer("9001")


@pytest.fixture
def family(worker):
    """Two of a family in one case, each with a paper, a paper of both, and two notes."""
    case = make.case(
        worker,
        people=[
            NewPerson(names=[NameAsWritten("Rahmatova", "Gulsara")], sex="F",
                      birth=PartialDate(1990), numbers=[("unhcr", "731-1")]),
            NewPerson(names=[NameAsWritten("Rahmatov", "Behruz")], birth=PartialDate(1985),
                      numbers=[("unhcr", "731-2")]),
        ],
    )  # fmt: skip
    gulsara = case.members.get(role="applicant").person
    behruz = case.members.exclude(role="applicant").get().person
    made.document(worker, case, b"her passport", kind="passport", person=gulsara)
    made.document(worker, case, b"his passport", kind="passport", person=behruz)
    made.document(worker, case, b"their ticket", kind="ticket", title="Ticket")
    made.note(worker, case, "She wants to learn French.")
    made.note(worker, case, "Behruz told of his illness.")
    return case


@pytest.fixture
def client(client, settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False  # tests/accounts asks for it
    return client


def her(family):
    return family.members.get(role="applicant").person


def given(officer, person, **how):
    asked: dict[str, Any] = {"asked_on": TODAY, "identity": "document"} | how
    return own_data.give_own_data(actor(officer), person, **asked)


def contents(answer) -> tuple[dict[str, Any], dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(answer)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files.pop("data.json")), files


def test_the_copy_holds_her_names_numbers_and_papers(family, officer):
    data, files = contents(given(officer, her(family)).content)
    about = data["about"]
    assert about["cases.personname"][0]["surname"] == "Rahmatova"
    assert about["cases.externalnumber"] == [{"system": "unhcr", "value": "731-1"}]
    assert about["cases.case"][0]["number"] == family.number
    assert list(files.values()) == [b"her passport"]


def test_the_copy_holds_nothing_of_another(family, officer):
    answer = given(officer, her(family)).content
    data, files = contents(answer)
    whole = json.dumps(data, ensure_ascii=False) + str(files)
    for other in ("Behruz", "731-2", "his passport", "illness", "their ticket"):
        assert other not in whole
    assert "Rahmatova" in whole


def test_her_referral_stays_out_of_her_husband_s_copy_and_stands_in_hers(family, worker, officer):
    shelter = share.partner("Shelter")
    gulsara, behruz = her(family), family.members.exclude(role="applicant").get().person
    given_by_her = share.consent(worker, family, shelter, kinds=("identity", "needs"))
    words = {"asks": "A bed in the shelter", "needs": "Her husband Behruz beats her"}
    sent = share.send(worker, share.draft(worker, given_by_her, shelter, **words))
    share.answer(worker, sent, "decline", words="No bed is free there")
    share.withdraw(worker, given_by_her)
    about = contents(given(officer, behruz).content)[0]["about"]
    assert not {name for name in about if name in SHARED}
    assert "shelter" not in json.dumps(about).casefold()
    about = contents(given(officer, gulsara).content)[0]["about"]
    assert about.keys() >= SHARED
    assert "beats her" in json.dumps(about)


def sent_to_us(worker, case):
    found = share.arrival(worker, share.partner("Hotline"), words="Behruz beats her")
    receiving.accept_incoming(actor(worker), found, channel="letter")
    return receiving.link_incoming(actor(worker), found, case=case)


def test_a_referral_to_us_is_in_no_copy_unless_it_was_chosen(family, worker, officer):
    found = sent_to_us(worker, family)
    for one in family.members.all():
        assert "beats" not in json.dumps(contents(given(officer, one.person).content)[0])
    copy = contents(given(officer, her(family), letters=[found.pk]).content)[0]
    assert [one["words"] for one in copy["letters"]] == ["Behruz beats her"]
    strange = make.case(worker, "Saidov Anvar").members.get().person
    assert contents(given(officer, strange, letters=[found.pk]).content)[0]["letters"] == []


def test_the_page_offers_what_partners_wrote(client, family, worker, officer):
    found = sent_to_us(worker, family)
    sign_in(client, officer)
    page = client.get(reverse("cases:own_data", args=[her(family).pk])).content.decode()
    assert "Behruz beats her" in page
    asked = {"asked_on": f"{TODAY:%d.%m.%Y}", "identity": "document", "letters": [str(found.pk)]}
    answer = client.post(reverse("cases:own_give", args=[her(family).pk]), asked)
    assert contents(answer.content)[0]["letters"][0]["asks"] == "Help to return home"


# By which of its keys a table says of whom its rows are. Empty: of the case as a whole. A new
# table is found missing here: whose rows it holds is decided by somebody, not by chance.
WHOSE = {
    "cases.personname": {"person"},
    "cases.externalnumber": {"person"},
    "cases.contact": {"person"},
    "cases.relationship": {"person", "other"},
    "cases.personchange": {"person"},
    "cases.personjudgement": {"one", "other"},
    "cases.case": set(),
    "cases.casemember": {"person"},
    "cases.casemove": set(),
    "cases.approval": set(),
    "cases.approvalstep": set(),
    "cases.owndatacopy": {"person"},
    "cases.householdmember": {"person"},
    "cases.response": {"person"},
    "cases.score": {"response__person"},
    "cases.grant": {"person"},
    "cases.payment": {
        "person", "grant__person", "purchase__grant__person", "purchase__chosen__document__person",
    },
    "cases.purchase": {"grant__person", "chosen__document__person"},
    "cases.plan": set(),
    "cases.planitem": {"person"},
    "cases.consent": {"person"},
    "cases.consentrecipient": {"consent__person"},
    "cases.disclosure": {"consent__person"},
    "cases.withdrawalnotice": {"consent__person"},
    "cases.referral": {"consent__person", "disclosure__consent__person"},
    "cases.referralmove": {"referral__consent__person", "referral__disclosure__consent__person"},
    "cases.task": {"person"},
    "cases.followup": {"person"},
    "cases.attempt": {"follow_up__person"},
    "cases.service": {"person", "item__person"},
    "returns.returnfile": set(),
    "returns.declaration": {"person", "guardian"},
    "returns.vulnerabilityscreening": {"person"},
    "returns.journey": set(),
    "returns.reception": set(),
    "returns.feasibilityoption": set(),
    "returns.missionreport": {"follow_up__person", "disclosure__consent__person"},
    "movements.movementfile": set(),
    "movements.departure": {"member__person"},
    "movements.examination": {"member__person"},
    "movements.travelhealth": {"member__person"},
    "movements.movementjourney": set(),
    "movements.leg": set(),
    "movements.passenger": {"member__person"},
    "movements.escort": set(),
    "movements.journeyevent": set(),
    "movements.travelloan": {"signer__person"},
    "movements.loanrepayment": {"loan__signer__person"},
    "movements.bookingnotice": {"disclosure__consent__person"},
    "movements.attendance": {"member__person"},
    "movements.step": {"member__person"},
    "movements.interview": {"step__member__person"},
}  # fmt: skip


def keys_in(condition: Q) -> set[str]:
    leaves: set[str] = set()
    for one in condition.children:
        leaves |= keys_in(one) if isinstance(one, Q) else {one[0]}  # type: ignore[index]
    return {name for name in leaves if not name.endswith(("__isnull", "__in"))}


def test_of_every_table_it_is_said_whose_its_rows_are(family, officer):
    found = {}
    for model in own_data_of.exported():
        about = own_data_of.about(model, actor(officer), her(family))
        if about is not None:
            found[model._meta.label_lower] = keys_in(about)
    assert found == WHOSE


def test_notes_are_listed_by_date_and_their_words_come_on_decision_only(family, officer):
    note = family.notes.order_by("written_at").first()
    data, _files = contents(given(officer, her(family)).content)
    assert [n["words"] for n in data["notes"]] == [None, None]
    data, _files = contents(given(officer, her(family), notes=[note.pk]).content)
    assert {n["words"] for n in data["notes"]} == {None, "She wants to learn French."}


def test_papers_that_name_nobody_come_on_decision_only(family, officer):
    ticket = family.documents.get(title="Ticket")
    his = family.documents.exclude(person=her(family)).exclude(person=None).get()
    _data, files = contents(given(officer, her(family), documents=[ticket.pk, his.pk]).content)
    assert set(files.values()) == {b"her passport", b"their ticket"}  # his is never hers


def test_a_case_out_of_the_officer_s_sight_is_not_in_it(family, worker, officer):
    hidden = make.case(worker, "Other Name", compartment=Compartment.PROTECTION)
    with writing("cases"):
        hidden.members.create(person=her(family), role="other", joined_on=hidden.opened_on)
    made.note(worker, hidden, "She fled.")
    with make.as_in_pages(officer):
        data, _files = contents(given(officer, her(family)).content)
    assert hidden.number not in json.dumps(data)
    assert family.number in json.dumps(data)


def test_who_asked_is_made_sure_before(family, officer):
    with pytest.raises(RuleBroken, match="made sure"):
        given(officer, her(family), identity="")
    with pytest.raises(RuleBroken, match="day to come"):
        given(officer, her(family), asked_on=TODAY + timedelta(days=1))
    assert not OwnDataCopy.objects.exists()


def test_the_copy_is_recorded_and_kept_nowhere(family, officer):
    answer = given(officer, her(family))
    kept = OwnDataCopy.objects.get()
    assert kept.sha256 == hashlib.sha256(answer.content).hexdigest()
    (row,) = AuditEntry.objects.filter(action="cases.give_own_data", outcome="done")
    assert row.details["identity"] == "document"


def test_a_person_out_of_sight_is_answered_by_nobody_there(family):
    elsewhere = made.protection_officer("9009", at=make.OSH)
    with pytest.raises(NotFound):
        given(elsewhere, her(family))


def test_a_person_who_is_erased_takes_the_record_of_her_copies_with_her(family, worker, officer):
    given(officer, her(family))
    made.erased(made.closed_long_ago(worker, family))
    assert not OwnDataCopy.objects.exists()


def test_the_officer_gives_it_by_the_page(family, officer, client):
    sign_in(client, officer)
    person, note = her(family), family.notes.first()
    page = client.get(reverse("cases:own_data", args=[person.pk]))
    assert page.status_code == 200
    assert "She wants to learn French." in page.content.decode()
    url = reverse("cases:own_give", args=[person.pk])
    refused = client.post(url, {"asked_on": "01.02.2026", "notes": [str(note.pk)]})
    assert refused.status_code == 422
    assert " checked" in refused.content.decode()
    answer = client.post(url, {"asked_on": "01.02.2026", "identity": "known"})
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    assert contents(answer.content)[0]["about"]


def test_erasure_goes_by_the_pages_from_the_list_to_the_second_person(family, worker, client):
    made.closed_long_ago(worker, family)
    one, other = made.protection_officer("9001"), made.protection_officer("9002")
    sign_in(client, one)
    assert family.number in client.get(reverse("cases:retention")).content.decode()
    propose = reverse("cases:erasure_propose", args=[family.pk])
    assert client.get(propose).status_code == 200
    client.post(propose, {"why": "over_time", "reason": "five years"})
    erasure = family.erasures.get()
    approve = reverse("cases:erasure_approve", args=[erasure.pk])
    assert client.post(approve).status_code == 403
    client.logout()
    sign_in(client, other)
    shown = client.get(reverse("cases:erasure", args=[erasure.pk])).content.decode()
    assert "Erase for good" in shown
    assert client.post(approve).status_code == 302
    erasure.refresh_from_db()
    assert erasure.status == "approved"
    assert family.number in client.get(reverse("cases:retention")).content.decode()


def test_a_worker_sees_neither_the_list_nor_own_data(family, worker, client):
    sign_in(client, worker)
    urls = [reverse("cases:retention"), reverse("cases:own_data", args=[her(family).pk])]
    assert [client.get(url).status_code for url in urls] == [403, 403]
