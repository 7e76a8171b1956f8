"""What is reported here reaches other states as a file, and says no more than that."""

import csv
import json

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.documents import actions
from safar.control.documents.commands import documents
from safar.control.documents.models import ReportedBatch, ReportedDocument
from safar.control.documents.queries import report_or_none
from safar.core.models import AuditEntry
from safar.core.record import writing
from tests import cast
from tests.makers import series
from tests.makers.accounts import actor, sign_in
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()


def run(*arguments):
    return CliRunner().invoke(documents, [str(one) for one in arguments])


def report(number, kind="lost"):
    return actions.report(
        actor(cast.elena()), None, issuer="KGZ", number=number, kind=kind,
        reference_text="Sokolov Anton, 12 Chui street",
    )  # fmt: skip


def found(number):
    standing = report_or_none("KGZ", number)
    return standing and standing.report


def exported(path):
    assert run("export", path).exit_code == 0
    return list(csv.reader(path.open()))


def test_the_other_side_finds_what_was_exported_here_and_nothing_else(tmp_path):
    report("PE1234567", "stolen")
    series.batch(cast.kamila(), "PE0009998", "PE0010001", issuer="KGZ")
    exported(tmp_path / "kg.csv")
    with writing("documents"):  # another country's installation: nothing was reported there
        ReportedDocument.objects.all().delete()
        ReportedBatch.objects.all().delete()
    assert run("load", "kgz", tmp_path / "kg.csv", "--name", "Kyrgyzstan").exit_code == 0
    assert found("PE1234567") == "stolen"
    for number in ("PE0009998", "PE0010000", "PE0010001"):
        assert found(number) == "stolen_blank"
    for number in ("PE1234568", "PE0009997", "PE0010002"):
        assert found(number) is None


def test_no_word_of_a_person_leaves(tmp_path):
    report("PE1234567")
    (head, row) = exported(tmp_path / "kg.csv")
    assert head == ["issuer", "number", "kind", "reported_on"]
    assert row[:3] == ["KGZ", "PE1234567", "lost"]
    assert "Sokolov" not in (tmp_path / "kg.csv").read_text()
    assert (tmp_path / "kg.csv").stat().st_mode & 0o077 == 0


def test_what_was_withdrawn_and_what_others_list_is_not_in_it(tmp_path):
    kept, gone = report("PE1234567"), report("PE7654321")
    actions.withdraw(actor(cast.farid()), gone, reason="found again")
    others = tmp_path / "others.csv"
    others.write_text("issuer,number\nRUS,U70553862\n")
    assert run("load", "sltd", others, "--name", "SLTD").exit_code == 0
    assert [row[1] for row in exported(tmp_path / "kg.csv")[1:]] == [kept.number]


def test_what_a_spreadsheet_would_take_for_a_formula_stays_here(tmp_path):
    report("PE1234567")
    with writing("documents"):  # as rows may be that were kept before numbers were checked
        ReportedDocument.objects.create(
            issuer="KGZ", number="=1+1", report="lost", reference="x", reported_at=timezone.now()
        )
    assert [row[1] for row in exported(tmp_path / "kg.csv")[1:]] == ["PE1234567"]


def test_a_number_that_was_reported_by_itself_and_in_a_batch_stands_in_it_once(tmp_path):
    series.batch(cast.kamila(), "PE0000001", "PE0000003", issuer="KGZ")
    report("PE0000002", "void")
    rows = exported(tmp_path / "kg.csv")[1:]
    assert [(row[1], row[2]) for row in rows] == [
        ("PE0000001", "stolen_blank"), ("PE0000002", "void"), ("PE0000003", "stolen_blank"),
    ]  # fmt: skip


def test_the_same_reports_make_the_same_file_and_the_audit_knows_its_mark(tmp_path):
    for number in ("PE3333333", "PE1111111", "PE2222222"):
        report(number)
    marks = [json.loads(run("export", tmp_path / name, "--json").stdout) for name in "ab"]
    assert marks[0] == marks[1]
    assert marks[0]["rows"] == 3
    assert marks[0]["by_report"] == {"lost": 3}
    entry = AuditEntry.objects.filter(action="documents.export_reports").latest("pk")
    assert entry.details["sha256"] == marks[0]["sha256"]


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    report("PE1234567")
    answer = run("export", tmp_path / "gone" / "kg.csv")
    assert answer.exit_code == 1
    assert "cannot be written" in answer.output
    assert list(tmp_path.iterdir()) == []


def test_who_keeps_the_lists_takes_the_file_from_the_page_and_nobody_else(client):
    report("PE1234567")
    sign_in(client, cast.elena())
    assert reverse("documents:export") in client.get(reverse("documents:reports")).content.decode()
    answer = client.post(reverse("documents:export"))
    assert answer["Content-Disposition"].startswith('attachment; filename="documents-KGZ-')
    assert b"".join(answer.streaming_content).splitlines()[1].startswith(b"KGZ,PE1234567,lost,")
    assert AuditEntry.objects.filter(action="documents.export_reports").count() == 1
    other = Client()
    sign_in(other, cast.kamila())
    assert other.post(reverse("documents:export")).status_code == 403
    assert (
        reverse("documents:export") not in other.get(reverse("documents:reports")).content.decode()
    )
