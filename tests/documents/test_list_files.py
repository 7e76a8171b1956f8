"""Which files of an owner's list are read, which are refused in words, and which of their lines?"""

import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from click.testing import CliRunner

from safar.control.documents.commands import documents
from safar.control.documents.files import books
from safar.control.documents.files import listed as listed_reading
from safar.control.documents.models import ListedDocument, ListedImport
from safar.control.documents.wording.refusals import PROBLEMS, TORN, sentence_of
from tests import cast
from tests.makers.documents import (
    HEAD,
    book,
    browser,
    formatted,
    loaded,
    numbers,
    page,
    read,
    tables,
    text,
)
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROWS: list[list[Any]] = [["issuer", "number", "kind", "reported_on"]]


@pytest.fixture(autouse=True)
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()


def staged(run) -> set[tuple[str, str, str, date | None]]:
    """What was read of a file, and is not in force yet."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT issuer, number, kind, reported_on FROM {run.part}")
        return set(cursor.fetchall())


def why(run: ListedImport) -> str:
    """The code of the sentence with which the file was refused."""
    return str((run.failure or {}).get("code"))


class TestColumns:
    def test_an_owners_own_headings_in_any_order_are_known(self):
        run = read(
            "№;Статус;Страна выдачи;Фамилия;Дата утраты\nan 1234567;Похищен;kg;СЕИТОВ;31.01.2026\n"
        )
        assert staged(run) == {("KGZ", "AN1234567", "s", date(2026, 1, 31))}
        assert run.unread == ["Фамилия"]

    def test_an_export_in_the_words_of_interpol_is_read(self):
        run = read("COUNTRY_OF_ISSUE\tDOCUMENT_NUMBER\tFRAUD_TYPE\nDEU\tC01X00T47\tStolen Blank\n")
        assert staged(run) == {("D", "C01X00T47", "b", None)}

    def test_a_workbook_with_numbers_and_days_as_excel_keeps_them(self):
        rows = [
            *ROWS,
            ["RUS", 701234567, "void", datetime(2026, 1, 31)],
            [None] * 4,
            ["KGZ", "AC 12", None, None],
        ]
        run = read(book(rows))
        assert staged(run) == {
            ("RUS", "701234567", "v", date(2026, 1, 31)),
            ("KGZ", "AC12", "l", None),
        }  # fmt: skip


class TestLines:
    @pytest.mark.parametrize(
        ("line", "column", "code"),
        [
            ("XQX,U1234567,lost,", "issuer", "issuer"),
            ("RUS,№1,lost,", "number", "number"),
            ("RUS,АБ1234567,lost,", "number", "number"),  # in Cyrillic letters
            ("RUS,U1234567,eaten,", "kind", "kind"),
            ('RUS,"=HYPERLINK(""x"")",lost,', "number", "formula"),
            ("RUS,@SUM(A1),lost,", "number", "formula"),
        ],
    )
    def test_that_name_no_document_are_left_out_with_the_reason(self, line, column, code):
        run = read(numbers(3) + line + "\n")
        (problem,) = run.problems
        assert (run.status, run.added, run.left_out) == ("prepared", 3, 1)
        assert (problem["line"], problem["column"], problem["code"]) == (5, column, code)
        assert code in PROBLEMS

    @pytest.mark.parametrize("day", ["2026-02-30", "01/02/2026", "2019", "unknown", "00.00.2019"])
    def test_a_day_that_cannot_be_read_costs_no_number(self, day):
        run = read(numbers(3) + f"RUS,U1234567,stolen,{day}\n")
        assert (run.added, run.left_out, run.undated, run.problems) == (4, 0, 1, [])

    @pytest.mark.parametrize(
        "number", ["АС1234567", "AC 123\u00a04567", "AC/1234567", "ac.123-45.67"]
    )
    def test_a_number_counts_however_it_is_typed(self, number):
        run = read(numbers(3) + f"KGZ,{number},stolen,\n")
        assert (run.added, run.left_out) == (4, 0)
        assert "AC1234567" in {found for _issuer, found, _kind, _day in staged(run)}

    def test_a_formula_in_a_workbook_is_never_worked_out(self):
        run = read(book([*ROWS, ["RUS", "U1234567", "lost"], ["RUS", "=1+1", "lost"]]))
        assert [(row["found"], row["code"]) for row in run.problems] == [("=1+1", "formula")]
        assert run.added == 1

    def test_too_many_of_them_are_another_list_and_the_first_are_shown(self, client):
        run = read(numbers(20) + "XQX,U1,lost,\n" * 3)
        assert (run.status, why(run), len(run.problems)) == ("failed", "many_bad", 3)

    def test_a_share_that_is_too_large_is_seen_before_the_whole_file_was_read(self):
        run = read(numbers(1000) + "XQX,U1,lost,\n" * 5000)
        assert (run.failure or {})["params"]["of"] < 1100


class TestFigures:
    """A workbook keeps a number as its value: what was typed before it may be gone."""

    def read(self, *cells: tuple[Any, str]) -> tuple[set[str], ListedImport]:
        run = read(formatted(*cells))
        return {row[1] for row in staged(run)} if run.status == "prepared" else set(), run

    @pytest.mark.parametrize(
        ("value", "shown", "kept", "told"),
        [
            (12345678, "000000000", "012345678", 0),  # as its owner sees it
            (12345678.0, "000000000", "012345678", 0),
            (0, "0000000", "0000000", 0),
            (12345678, "General", "12345678", 1),
            (12345678, "0", "12345678", 1),
            (12345678, "#,##0", "12345678", 1),
            (12345678, "0000", "12345678", 1),  # the format is too short to tell
            ("012345678", "General", "012345678", 0),  # text
            ("012345678", "@", "012345678", 0),
            (999_999_999_999_999, "General", "999999999999999", 1),
        ],
    )
    def test_are_padded_as_they_are_shown_or_told(self, value, shown, kept, told):
        numbers_read, run = self.read((value, shown), ("U0000001", "General"))
        assert numbers_read == {kept, "U0000001"}
        assert (run.figures, run.left_out) == (told, 0)

    @pytest.mark.parametrize(
        ("value", "shown", "code"),
        [
            (1_000_000_000_000_000, "General", "digits"),
            (9_007_199_254_740_993, "0" * 16, "digits"),
            (1.2345678901234567e19, "General", "digits"),
            (1234567.5, "General", "no_text"),
            (-1234567, "General", "no_text"),  # without its sign it would be a number
            (True, "General", "no_text"),
            (datetime(1990, 2, 1), "yyyy-mm-dd", "no_text"),  # 1-2-1990, as a spreadsheet took it
        ],
    )
    def test_that_lost_digits_or_are_none_are_left_out_with_the_reason(self, value, shown, code):
        numbers_read, run = self.read((value, shown), ("U0000001", "General"))
        assert numbers_read == {"U0000001"}
        (problem,) = run.problems
        assert (problem["line"], problem["column"], problem["code"]) == (2, "number", code)
        assert (code in PROBLEMS, run.figures) == (True, 0)

    def test_are_told_to_whoever_agrees_and_stay_on_record(self):
        run = read(formatted((1234567, "General"), (1234568, "General")))
        farid = browser(cast.farid())
        shown = text(farid, page("import", run))
        assert "2 document numbers stand in the workbook as figures." in shown
        assert "Zeros at their beginning may be lost." in shown
        farid.post(page("import_approve", run))
        assert "Numbers that stand as figures" in text(farid, page("import", run))

    def test_nothing_is_told_of_a_workbook_of_texts(self):
        run = read(formatted(("1234567", "@"), (1234568, "0000000")))
        assert "as figures" not in text(browser(cast.farid()), page("import", run))

    def test_the_command_line_tells_them_too(self, tmp_path):
        path = tmp_path / "list.xlsx"
        path.write_bytes(formatted((1234567, "General"), (10**16, "General")))
        done = CliRunner().invoke(documents, ["load", "sltd", str(path), "--dry-run", "--json"])
        assert json.loads(done.stdout)["figures"] == 1
        assert "stand in the workbook as figures: 1." in done.stderr
        assert "fifteen digits" in done.stderr


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def altered(member: str, content: bytes) -> bytes:
    """A sound workbook with another member in it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([*ROWS, ["RUS", "U1234567", ""]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            new.writestr(one.filename, content if one.filename == member else old.read(one))
        if member not in old.namelist():
            new.writestr(member, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><worksheet>&d;</worksheet>'
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "empty file": (b"", "empty"),
    "heading only": (HEAD, "nothing"),
    "web page": ("<!DOCTYPE html>\n<html>\n", "web_page"),
    "web page with a mark": (b"\xef\xbb\xbf<html>\n", "web_page"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old_book"),
    "packed": (b"\x1f\x8b\x08" + b"\0" * 100, "packed"),
    "zip that is no workbook": (zipped(list=HEAD.encode()), "workbook"),
    "torn zip": (book([*ROWS, ["RUS", "U1234567", "lost"]])[:-100], "workbook"),
    "UTF-16": (numbers(3).encode("utf-16"), "encoding"),
    "Windows-1251": ("Страна;Номер\nRUS;U1234567\n".encode("cp1251"), "encoding"),
    "zero byte": (HEAD.encode() + b"RUS,U\x001234,lost,\n", "control"),
    "cut off": (numbers(3)[:-3], "last_line"),
    "open quotation mark": (HEAD + 'RUS,"U1234567,lost,\n', "quote"),
    "too few columns": (HEAD + "RUS,U1234567,lost\n", "fewer"),
    "no number": ("issuer,name\nRUS,X\n", "header"),
    "two numbers": ("issuer,number,№\nRUS,1234,1234\n", "header_twice"),
    "one endless line": (HEAD + "RUS," + "U" * 20_000, "long"),
    "bomb": (altered(SHEET, b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>"), "ratio"),
    "endless texts": (altered("xl/sharedStrings.xml", b" " * 49 * books.MB), "ratio"),
    "entities": (altered(SHEET, ENTITIES), "workbook"),
    "sheet that is no XML": (altered(SHEET, b"<worksheet><row>"), "workbook"),
}


class TestHostileFiles:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_get_a_clear_sentence_and_change_nothing(self, name, tmp_path):
        loaded(tmp_path, numbers(10))
        before = tables()
        content, code = HOSTILE[name]
        run = read(content)
        assert (run.status, why(run)) == ("failed", code)
        assert sentence_of(run.failure).endswith("Nothing was changed.")
        assert "{" not in sentence_of(run.failure)
        assert (tables(), ListedDocument.objects.count()) == (before, 10)

    def test_the_control_a_sound_workbook_of_the_same_make_is_read(self):
        assert read(altered("docProps/note.txt", b"harmless")).status == "prepared"

    def test_a_workbook_whose_texts_would_fill_the_memory_is_refused(self, monkeypatch):
        monkeypatch.setattr(books, "LARGEST_AT_ONCE", 10)
        assert why(read(book(ROWS))) == "workbook_large"

    def test_a_workbook_that_unpacks_to_more_than_a_list_has_is_refused(self, monkeypatch):
        monkeypatch.setattr(books, "LARGEST", 10)
        assert why(read(book(ROWS))) == "bomb"

    def test_every_sentence_can_be_said(self):
        params = dict.fromkeys(("found", "limit", "times", "of", "expected"), "7")
        for code in TORN:
            said = sentence_of({"code": code, "line": 3, "params": params})
            assert said.startswith("Line 3: ")


def test_memory_stays_flat_where_every_cell_says_something_else(monkeypatch):
    monkeypatch.setattr(listed_reading, "MOST_KNOWN", 3)
    lines = [f"RUS,U{n:07d},lost,2026-01-{1 + n % 28:02d}\n" for n in range(100)]
    assert read(HEAD + "".join(lines)).added == 100
    known = listed_reading.Known(str.upper)
    assert [known[text] for text in "abcdef"] == list("ABCDEF")
    assert len(known) == 3
