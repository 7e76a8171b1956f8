"""Documents and notes: added, never replaced, sealed, and behind their own wall."""

import hashlib
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safar.assistance.cases import keys
from safar.assistance.cases.actions import notes as note_actions
from safar.assistance.cases.actions import papers as actions
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.papers import DocumentKind
from safar.assistance.cases.models import Document, DocumentVersion, Note
from safar.assistance.cases.queries import notes, papers
from safar.core.errors import NotFound, RuleBroken, Unavailable
from safar.core.models import AuditEntry
from safar.core.record import UnguardedWrite, writing
from tests.makers import cases as make
from tests.makers import papers as made
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    return make.caseworker("7001", Compartment.PROGRAMME)


@pytest.fixture
def nurse():
    return make.caseworker("7003", Compartment.PROGRAMME, Compartment.MEDICAL, role="health_worker")


def raw(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_a_document_comes_back_as_it_was_handed_in(worker):
    case, file = make.case(worker), made.pdf(2)
    document = made.document(worker, case, file)
    version = document.versions.get()
    opened = papers.file_of(papers.version(actor(worker), version.pk))
    assert opened.content == file
    assert opened.name == f"{case.number}-receipt-1.pdf"
    assert (version.sha256, version.pages) == (hashlib.sha256(file).hexdigest(), 2)


def test_the_database_holds_no_byte_of_the_paper_in_plain(worker):
    made.document(worker, make.case(worker), b"Zanzibarova spoke of her brother")
    ((sealed,),) = raw("SELECT sealed FROM cases_documentversion")
    assert b"Zanzibarova" not in bytes(sealed)


def test_a_new_upload_adds_a_version_and_the_old_one_stays(worker):
    case = make.case(worker)
    document = made.document(worker, case, b"draft")
    actions.add_version(actor(worker), document, file=b"final")
    found = [papers.file_of(v).content for v in document.versions.order_by("number")]
    assert found == [b"draft", b"final"]


def test_the_same_file_twice_is_not_two_versions(worker):
    document = made.document(worker, make.case(worker), b"draft")
    with pytest.raises(RuleBroken, match="version 1"):
        actions.add_version(actor(worker), document, file=b"draft")
    assert document.versions.count() == 1


@pytest.mark.parametrize("sql", ["UPDATE cases_documentversion SET number = 2",
                                 "DELETE FROM cases_documentversion",
                                 "UPDATE cases_note SET sealed = ''",
                                 "DELETE FROM cases_note",
                                 "TRUNCATE cases_note CASCADE"])  # fmt: skip
def test_raw_sql_changes_neither_a_version_nor_a_note(worker, sql):
    case = make.case(worker)
    made.document(worker, case)
    made.note(worker, case)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            cursor.execute(sql)


def test_a_hostile_file_leaves_nothing_behind(worker):
    case = make.case(worker)
    with pytest.raises(RuleBroken, match="Nothing was kept"):
        made.document(worker, case, made.pdf(launch="cmd.exe"))
    assert Document.objects.count() == DocumentVersion.objects.count() == 0
    assert AuditEntry.objects.filter(action="cases.add_document", outcome="refused").count() == 1
    made.document(worker, case, made.pdf())
    assert Document.objects.count() == 1


def test_versions_of_two_documents_cannot_be_exchanged(worker):
    case = make.case(worker)
    one = made.document(worker, case, b"one").versions.get()
    other = made.document(worker, case, b"other").versions.get()
    assert papers.file_of(one).content == b"one"
    one.sealed = other.sealed
    with pytest.raises(Unavailable):
        papers.file_of(one)


def test_a_document_names_only_a_person_of_its_case(worker):
    case, other = make.case(worker), make.case(worker, "Other Name")
    stranger = other.members.get().person
    with pytest.raises(RuleBroken, match="does not belong"):
        made.document(worker, case, person=stranger)
    own = case.members.get().person
    assert made.document(worker, case, person=own).person == own


def test_a_medical_report_goes_into_the_medical_file_alone(worker, nurse):
    case = make.case(worker)
    with pytest.raises(RuleBroken, match="medical file"):
        made.document(worker, case, kind=DocumentKind.MEDICAL)
    with pytest.raises(RuleBroken, match="do not work in that file"):
        made.document(worker, case, kind=DocumentKind.MEDICAL, compartment=Compartment.MEDICAL)
    report = made.document(nurse, case, kind=DocumentKind.MEDICAL, compartment=Compartment.MEDICAL)
    assert list(papers.documents_of(actor(nurse), case)) == [report]
    assert not papers.documents_of(actor(worker), case)
    with pytest.raises(NotFound):
        papers.document(actor(worker), report.pk)
    with pytest.raises(NotFound):
        actions.add_version(actor(worker), report, file=b"more")


def test_raw_sql_behind_the_wall_sees_no_medical_row(worker, nurse):
    case = make.case(worker)
    made.document(worker, case)
    made.document(nurse, case, b"clinic", kind=DocumentKind.MEDICAL, compartment="medical")
    made.note(nurse, case, "He coughs.", compartment="medical")
    tables = ("cases_document", "cases_documentversion", "cases_note")
    seen = {}
    for who in (worker, nurse, make.caseworker("7009", at=make.OSH)):
        with make.as_in_pages(who):
            seen[who.username] = [raw(f"SELECT count(*) FROM {t}")[0][0] for t in tables]
    assert seen == {"7001": [1, 1, 0], "7003": [2, 2, 1], "7009": [0, 0, 0]}


def test_another_office_adds_nothing(worker):
    stranger, case = make.caseworker("7009", at=make.OSH), make.case(worker)
    with pytest.raises(NotFound):
        made.document(stranger, case)
    with pytest.raises(NotFound):
        made.note(stranger, case)
    assert made.note(worker, case).case == case


def test_behind_the_wall_documents_and_notes_are_written_as_before_it(worker):
    case = make.case(worker)
    with make.as_in_pages(worker):
        made.document(worker, case, b"paper")
        made.note(worker, case, "words")
        assert notes.part(actor(worker), case)["notes"][0].text == "words"
        assert papers.part(actor(worker), case)["documents"][0]["document"].title == "Receipt"


def test_documents_are_written_by_actions_alone(worker):
    document = made.document(worker, make.case(worker))
    with pytest.raises(UnguardedWrite):
        document.save()


# Notes


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=200).filter(str.strip))
def test_a_note_never_loses_a_word(worker, text):
    with transaction.atomic():
        case = make.case(worker)
        note = made.note(worker, case, text)
        (read,) = notes.opened(case, [Note.objects.get(pk=note.pk)])
        transaction.set_rollback(True)
    assert read.text == text.strip()


def test_a_correction_stands_beside_what_it_corrects(worker):
    case = make.case(worker)
    wrong = made.note(worker, case, "She has two children.")
    made.note(worker, case, "She has three children.", corrects=wrong)
    found = notes.opened(case, notes.notes_of(actor(worker), case))
    assert [(one.text, one.note.corrects) for one in found] == [
        ("She has three children.", wrong),
        ("She has two children.", None),
    ]


def test_a_correction_stays_behind_the_wall_of_what_it_corrects(worker, nurse):
    case = make.case(worker)
    medical = made.note(nurse, case, "He coughs.", compartment="medical")
    made.note(nurse, case, "He no longer coughs.", corrects=medical)
    assert not notes.notes_of(actor(worker), case)
    with pytest.raises(RuleBroken, match="do not work in that file"):
        made.note(worker, case, "guessed", corrects=medical)


def test_a_note_of_another_case_cannot_be_corrected_here(worker):
    note = made.note(worker, make.case(worker))
    with pytest.raises(RuleBroken, match="another case"):
        made.note(worker, make.case(worker), "other", corrects=note)


def test_a_form_sent_twice_is_one_note_and_other_words_are_another(worker):
    case, key = make.case(worker), Note().pk
    first = made.note(worker, case, "words", key=key)
    assert made.note(worker, case, "words", key=key) == first
    made.note(worker, case, "other words", key=key)
    texts = {one.text for one in notes.opened(case, notes.notes_of(actor(worker), case))}
    assert texts == {"words", "other words"}


def test_an_empty_and_an_endless_note_are_refused(worker):
    case = make.case(worker)
    with pytest.raises(RuleBroken, match="empty"):
        made.note(worker, case, " \n ")
    with pytest.raises(RuleBroken, match="longer"):
        made.note(worker, case, "x" * (note_actions.LONGEST + 1))
    assert made.note(worker, case, "x" * note_actions.LONGEST).case == case


def test_no_word_of_a_note_stands_in_the_database(worker):
    case = make.case(worker)
    made.note(worker, case, "Zanzibarova spoke of her brother")
    ((sealed,),) = raw("SELECT sealed FROM cases_note")
    assert b"Zanzibarova" not in bytes(sealed)
    assert not [row for row in raw("SELECT details::text FROM core_auditentry") if "Zanz" in row[0]]


def test_documents_and_notes_are_points_on_the_time_line(worker):
    case = make.case(worker)
    made.document(worker, case, title="Ticket")
    made.note(worker, case, "She called.")
    assert [one.title for one in papers.happened(actor(worker), case)] == ["Document added: Ticket"]
    assert [one.text for one in notes.happened(actor(worker), case)] == ["She called."]


# Pages


def test_a_download_is_written_down_before_the_bytes_leave(worker, client):
    sign_in(client, worker)
    case = make.case(worker)
    version = made.document(worker, case, made.pdf()).versions.get()
    answer = client.get(reverse("cases:file", args=[version.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    (row,) = AuditEntry.objects.filter(action="cases.file", outcome="opened")
    assert row.target == f"DocumentVersion:{version.pk}"


def test_no_byte_leaves_when_the_audit_cannot_be_written(worker, client, monkeypatch):
    from safar.core import audit

    sign_in(client, worker)
    version = made.document(worker, make.case(worker), made.pdf()).versions.get()

    def broken(*_args, **_kwargs):
        raise Unavailable("no audit")

    monkeypatch.setattr(audit, "opened", broken)
    answer = client.get(reverse("cases:file", args=[version.pk]))
    assert answer.status_code == 503
    assert b"%PDF" not in answer.content


def test_a_medical_file_is_opened_with_a_purpose_only(worker, nurse, client):
    sign_in(client, nurse)
    case = make.case(worker)
    report = made.document(nurse, case, made.pdf(), kind="medical", compartment="medical")
    url = reverse("cases:file", args=[report.versions.get().pk])
    assert b"%PDF" not in client.get(url).content
    assert client.post(url, {"purpose": " "}).status_code == 422
    assert client.post(url, {"purpose": "Fitness to travel"}).content.startswith(b"%PDF")
    (row,) = AuditEntry.objects.filter(action="cases.file", outcome="opened")
    said = case.openings.get()
    assert row.details == {"purpose": str(said.pk)}
    assert (said.why, said.compartment, said.said_by) == ("Fitness to travel", "medical", nurse)


def test_a_file_out_of_sight_is_no_file(worker, nurse, client):
    case = make.case(worker)
    report = made.document(nurse, case, kind="medical", compartment="medical")
    sign_in(client, worker)
    gone = reverse("cases:file", args=[case.pk])
    hidden = reverse("cases:file", args=[report.versions.get().pk])
    page = reverse("cases:document", args=[report.pk])
    assert [client.get(url).status_code for url in (gone, hidden, page)] == [404] * 3


def test_a_worker_adds_a_document_a_version_and_a_note_by_the_pages(worker, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sign_in(client, worker)
    case = make.case(worker)
    upload = SimpleUploadedFile("holiday.exe", made.pdf())
    data = {"file": upload, "kind": "ticket", "title": "Ticket to Winnipeg"}
    answer = client.post(reverse("cases:document_add", args=[case.pk]), data)
    document = Document.objects.get()
    assert answer["Location"] == reverse("cases:document", args=[document.pk])
    upload = SimpleUploadedFile("x", made.pdf(2))
    client.post(reverse("cases:version_add", args=[document.pk]), {"file": upload})
    page = client.get(reverse("cases:document", args=[document.pk]))
    assert page.status_code == 200
    assert "Ticket to Winnipeg" in page.content.decode()
    assert document.versions.count() == 2
    add = reverse("cases:note_add", args=[case.pk])
    assert client.post(add, {"text": "She called."}).status_code == 302
    page = client.get(reverse("cases:notes", args=[case.pk]))
    assert "She called." in page.content.decode()


def test_a_refused_file_is_said_on_the_form_which_keeps_what_was_typed(worker, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sign_in(client, worker)
    case = make.case(worker)
    upload = SimpleUploadedFile("passport.pdf", b"<html>")
    data = {"file": upload, "kind": "ticket", "title": "Ticket to Winnipeg"}
    answer = client.post(reverse("cases:document_add", args=[case.pk]), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "whatever its name says" in text
    assert "Ticket to Winnipeg" in text
    assert not Document.objects.exists()


def test_parts_of_a_restricted_case_are_opened_once_it_is_said_what_for(client):
    lead = make.caseworker("7005", Compartment.RESTRICTED)
    case = make.case(lead, compartment=Compartment.RESTRICTED)
    document = made.document(lead, case)
    made.note(lead, case, "She hides.")
    sign_in(client, lead)
    pages = [
        reverse("cases:notes", args=[case.pk]),
        reverse("cases:documents", args=[case.pk]),
        reverse("cases:document", args=[document.pk]),
    ]
    assert [client.get(url).status_code for url in pages] == [302] * 3
    client.post(reverse("cases:why", args=[case.pk]), {"purpose": "Safety plan"})
    assert "She hides." in client.get(pages[0]).content.decode()
    (row,) = AuditEntry.objects.filter(action="cases.notes", outcome="opened")
    assert row.details == {"purpose": str(case.openings.get(why="Safety plan").pk)}


def test_a_download_of_a_case_that_was_erased_is_refused_in_words(worker, client):
    case = make.case(worker)
    version = made.document(worker, case, b"words").versions.get()
    made.erased(made.closed_long_ago(worker, case))
    sign_in(client, worker)
    answer = client.get(reverse("cases:file", args=[version.pk]))
    assert answer.status_code == 422
    assert "erased" in answer.content.decode()


def test_the_key_of_a_case_is_made_once_for_two_who_ask(worker):
    case = make.case(worker)
    with writing("cases"):
        assert keys.of(case).key == keys.of(case).key
