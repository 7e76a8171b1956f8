"""Which files of an owner's list are read, which are refused in words, and which of their lines?"""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest

from safar.control.documents.files import books
from safar.control.documents.files import listed as listed_reading
from safar.control.documents.models import ListedDocument, ListedImport
from safar.control.documents.wording.refusals import PROBLEMS, TORN, sentence_of
from tests.makers.documents import HEAD, book, loaded, numbers, read, tables
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROWS: list[list[Any]] = [["issuer", "number", "kind", "reported_on"]]


@pytest.fixture(autouse=True)
def ground():
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
            ("RUS,U1234567,lost,2026-02-30", "reported_on", "reported_on"),
            ("RUS,U1234567,lost,01/02/2026", "reported_on", "reported_on"),
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
