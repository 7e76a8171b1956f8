"""An owner's list of millions of documents: replaced whole at once, found by one look-up."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.test import Client
from django.urls import reverse

from safar.control.documents import actions
from safar.control.documents.choices import Report
from safar.control.documents.commands import documents
from safar.control.documents.imports import listed
from safar.control.documents.models import ListedDocument, ListedSource
from safar.control.documents.queries import report_or_none
from safar.core.errors import Stale
from safar.core.models import AuditEntry
from safar.core.permissions import system
from tests import cast
from tests.makers.accounts import actor, audited, sign_in
from tests.makers.documents import book, tables
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = "issuer,number,kind,reported_on\n"
GOOD = HEAD + "RUS,U70553862,stolen,2026-01-31\nKG,pe 123-4567,lost,\nDEU,C01X00T47,,2025-06-01\n"


@pytest.fixture(autouse=True)
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()


def load(path: Path, content: str | bytes, *options: str, source: str = "sltd") -> Result:
    file = path / "list.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(documents, ["load", source, str(file), "--name", "SLTD", *options])


def numbers(count: int, start: int = 0) -> str:
    return HEAD + "".join(f"RUS,U{number:07d},lost,\n" for number in range(start, start + count))


def settled() -> bool:
    (part,) = tables()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relallvisible = relpages FROM pg_class WHERE relname = %s", [part])
        return bool(cursor.fetchone()[0])


class TestLookingUp:
    def test_a_listed_document_is_found_with_its_list_and_its_day(self, tmp_path):
        assert load(tmp_path, GOOD).exit_code == 0
        assert report_or_none("RUS", "U70553862") == ("stolen", "SLTD, 2026-01-31")
        assert report_or_none("KGZ", "PE1234567") == ("lost", "SLTD")
        assert report_or_none("D", "C01X00T47") == ("lost", "SLTD, 2025-06-01")

    def test_neither_another_number_nor_another_issuer_is_found(self, tmp_path):
        load(tmp_path, GOOD)
        assert report_or_none("RUS", "U70553863") is None
        assert report_or_none("KGZ", "U70553862") is None

    def test_a_single_report_goes_before_a_list(self, tmp_path):
        load(tmp_path, GOOD)
        actions.report(
            actor(cast.elena()), None, issuer="RUS", number="U70553862",
            kind=Report.VOID, reference_text="letter 12",
        )  # fmt: skip
        assert report_or_none("RUS", "U70553862") == ("void", "letter 12")

    def test_one_statement_answers_for_both(self, tmp_path, django_assert_num_queries):
        load(tmp_path, GOOD)
        report_or_none("RUS", "U0")
        with django_assert_num_queries(1):
            assert report_or_none("RUS", "U1") is None

    def test_the_page_finds_it_and_shows_which_lists_there_are(self, tmp_path):
        load(tmp_path, GOOD)
        client = Client()
        sign_in(client, cast.elena())
        assert "SLTD" in client.get(reverse("documents:reports")).content.decode()
        shown = client.post(reverse("documents:reports"), {"number": "u-7055 3862"})
        assert "31 Jan 2026" in shown.content.decode()
        row = AuditEntry.objects.filter(action="documents.read", outcome="opened").get()
        assert row.details["found"] == 1
        none = client.post(reverse("documents:reports"), {"number": "U1"}).content.decode()
        assert "Not reported" in none


class TestReplacing:
    def test_a_new_version_takes_the_place_of_the_old_one_whole(self, tmp_path):
        load(tmp_path, numbers(100))
        done = load(tmp_path, numbers(100, start=5), "--json")
        assert json.loads(done.stdout)["version"] == 2
        assert report_or_none("RUS", "U0000000") is None
        assert report_or_none("RUS", "U0000104") is not None
        assert ListedDocument.objects.count() == 100
        (first, second) = audited("documents.replace_listed")
        assert (first.details["version"], second.details["rows"]) == (1, 100)

    def test_lists_of_several_owners_stand_beside_each_other(self, tmp_path):
        load(tmp_path, numbers(10))
        load(tmp_path, numbers(10, start=50), source="neighbour")
        load(tmp_path, numbers(10, start=20), source="neighbour")
        assert report_or_none("RUS", "U0000009") is not None
        assert report_or_none("RUS", "U0000029") is not None
        assert report_or_none("RUS", "U0000055") is None

    def test_a_list_that_loses_more_than_a_tenth_needs_an_explicit_word(self, tmp_path):
        load(tmp_path, numbers(100))
        refused = load(tmp_path, numbers(80))
        assert refused.exit_code == 1
        assert "from 100 to 80" in refused.output
        assert report_or_none("RUS", "U0000099") is not None
        assert load(tmp_path, numbers(95)).exit_code == 0
        assert load(tmp_path, numbers(50), "--confirm-shrink").exit_code == 0
        assert report_or_none("RUS", "U0000060") is None

    def test_a_load_that_breaks_half_way_leaves_the_old_version(self, tmp_path, monkeypatch):
        load(tmp_path, numbers(100))

        def cut(*_args: object) -> None:
            raise RuntimeError("the cable was cut")

        with monkeypatch.context() as broken:
            broken.setattr(listed, "hang_in", cut)
            assert isinstance(load(tmp_path, numbers(100, start=50)).exception, RuntimeError)
        assert report_or_none("RUS", "U0000000") is not None
        assert report_or_none("RUS", "U0000140") is None
        assert ListedSource.objects.get().version == 1
        assert load(tmp_path, numbers(100, start=50)).exit_code == 0  # and can be repeated

    def test_a_version_that_came_in_force_meanwhile_is_not_overwritten(self, tmp_path):
        load(tmp_path, numbers(10))
        long_ago = ListedSource.objects.get()
        load(tmp_path, numbers(20))
        before, one = tables(), ("U9999999\tRUS\tl\t\t1\n", 1)
        late = actions.ListedFile("late.csv", "", [one], lambda: 0)
        with pytest.raises(Stale):
            actions.replace_listed(
                system("late"), None, source=long_ago, file=late, confirm_shrink=True
            )
        assert (tables(), ListedDocument.objects.count()) == (before, 20)

    def test_rows_are_written_as_they_stay(self, tmp_path, monkeypatch):
        """Else booths mark them when they read them first, which made look-ups slow for minutes."""
        load(tmp_path, numbers(5000))
        assert settled(), "every page says that all may see it"
        with monkeypatch.context() as without:
            without.setattr(listed, "COPY", listed.COPY.replace("FREEZE, ", ""))
            load(tmp_path, numbers(5000))
        assert not settled(), "the control: a plain COPY leaves that to be done"

    def test_a_dry_run_changes_nothing(self, tmp_path):
        done = load(tmp_path, GOOD, "--dry-run", "--json")
        assert (json.loads(done.stdout)["rows"], ListedSource.objects.count()) == (3, 0)

    def test_a_look_up_goes_through_one_index(self, tmp_path):
        load(tmp_path, numbers(5000))
        with connection.cursor() as cursor:
            cursor.execute(
                "EXPLAIN SELECT kind FROM documents_listed WHERE number = %s AND issuer = %s",
                ["U0000077", "RUS"],
            )
            plan = "\n".join(line for (line,) in cursor)
        assert "Index Scan" in plan
        assert "Seq Scan" not in plan


class TestReading:
    def test_columns_come_in_any_order_and_the_rest_may_be_missing(self, tmp_path):
        content = "\ufeffnumber;reported_on;issuer\r\nU1234567;2026-02-28;ru\r\n"
        assert load(tmp_path, content).exit_code == 0
        row = ListedDocument.objects.get()
        assert (row.issuer, row.kind, row.reported_on) == ("RUS", "l", date(2026, 2, 28))

    def test_a_workbook_is_read_too(self, tmp_path):
        rows: list[list[Any]] = [["issuer", "number"], ["RUS", 701234567]]
        assert load(tmp_path, book(rows)).exit_code == 0
        assert report_or_none("RUS", "701234567") == ("lost", "SLTD")

    def test_columns_that_are_not_read_are_told(self, tmp_path):
        done = load(tmp_path, "issuer,number,surname\nRUS,U1234567,SEITOV\n")
        assert "columns that are not read: surname" in done.stderr

    def test_lines_that_name_no_document_are_left_out_and_told(self, tmp_path):
        bad = "XQX,U1234567,lost,\n"
        done = load(tmp_path, numbers(200) + bad, "--json")
        assert json.loads(done.stdout)["left_out"] == 1
        assert "line 202 is left out: 'XQX'. This is the code of no issuing state." in done.stderr
        assert ListedSource.objects.get().left_out == 1

    @pytest.mark.parametrize(
        "bad", ["RUS,№1,lost,\n", "RUS,U1234567,eaten,\n", ",U1234567,lost,\n"]
    )
    def test_too_many_such_lines_are_another_list(self, tmp_path, bad):
        refused = load(tmp_path, numbers(20) + bad * 3)
        assert refused.exit_code == 1
        assert "3 of 23 lines name no document" in refused.output
        assert not ListedSource.objects.exclude(version=0).exists()

    @pytest.mark.parametrize(
        ("content", "where"),
        [
            ("", "The file is empty"),
            ("number,kind\nU1,lost\n", "Line 1: The first line does not name the column “issuer”"),
            ("issuer,number,№\nRUS,U1,x\n", "Line 1: The first line names the column “№” twice"),
            (HEAD + "RUS,U1234567,lost\n", "Line 2: The first line names 4 columns, 3 are here"),
            (HEAD + "RUS,U1234567,lost,\nRUS,U123", "Line 3: The last line has no line end"),
            (HEAD + 'RUS,"U1234567,lost,\n', "Line 2: A quotation mark is not closed"),
            (HEAD.encode() + b"RUS,U\xff1234,lost,\n", "Line 2: The file is not in UTF-8 text"),
            (
                HEAD.encode() + b"RUS,U\x001234,lost,\n",
                "Line 2: The file holds signs that no text has",
            ),
            (
                HEAD + "RUS," + "U" * 9000 + ",lost,\n",
                "Line 2: The line is longer than 8000 letters",
            ),
            (HEAD, "No document is in the file"),
            ("<!DOCTYPE html>\n<html>\n", "This is a web page, not the list"),
        ],
    )
    def test_a_torn_file_says_where_and_changes_nothing(self, tmp_path, content, where):
        load(tmp_path, numbers(10))
        refused = load(tmp_path, content)
        assert refused.exit_code == 1
        assert where in refused.output
        assert "Nothing was changed." in refused.output
        assert ListedDocument.objects.count() == 10
