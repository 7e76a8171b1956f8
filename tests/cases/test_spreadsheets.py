"""Whatever somebody hands in as a spreadsheet is read, or refused in one sentence."""

import io
import unicodedata
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.assistance.cases import sheets, xlsform
from safar.core.errors import RuleBroken
from tests.makers import instruments as make

FORM = make.xlsform()
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def changed(content: bytes, name: str, text: bytes) -> bytes:
    """A workbook with one of its parts replaced, or one more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return out.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_are_anything_but_a_table_or_a_sentence(content, is_zip):
    for read in (lambda c: list(sheets.table(c)), xlsform.read):
        with suppress(RuleBroken):
            read((b"PK\x03\x04" if is_zip else b"") + content)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(FORM) - 1), st.integers(0, 255), st.integers(1, 60))
def test_a_damaged_workbook_is_read_or_refused_and_breaks_nothing(at, byte, length):
    torn = FORM[:at] + bytes([byte] * length) + FORM[at + length :]
    for content in (torn, FORM[:at]):
        with suppress(RuleBroken):
            xlsform.read(content)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_is_written_as_csv_is_read_back_in_one_line_a_cell(rows):
    read = [cells for _line, cells in sheets.table(make.listed(*rows, head=("a", "b")))][1:]
    expected = [[" ".join(_printable(text).split()) for text in row] for row in rows]
    assert read == [row for row in expected if any(row)]


def _printable(text: str) -> str:
    kept = unicodedata.normalize("NFC", text)
    return "".join(" " if unicodedata.category(one) == "Cc" else one for one in kept)


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ("a;b\nКаримов;Азиз\n".encode("cp1251"), ["Каримов", "Азиз"]),
        ("a\tb\nКаримов\tАзиз\n".encode("utf-16"), ["Каримов", "Азиз"]),
        ('\ufeffa,b\nКаримов,"Азиз, сын"\n'.encode(), ["Каримов", "Азиз, сын"]),
        (make.xlsx(one=[("a", "b"), ("Каримов", 17)]), ["Каримов", "17"]),
    ],
)
def test_a_table_is_read_in_any_usual_encoding(content, cells):
    assert list(sheets.table(content))[1] == (2, cells)


def test_a_formula_is_told_from_a_text():
    rows = list(sheets.table(make.xlsx(one=[("=1+1", "#REF!", "plain")])))
    assert [isinstance(cell, sheets.Formula) for cell in rows[0][1]] == [True, True, False]


@pytest.mark.parametrize(
    "content",
    [
        changed(FORM, "xl/vbaProject.bin", b"x"),
        changed(FORM, "xl/worksheets/sheet1.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        changed(FORM, "xl/worksheets/sheet1.xml", b"<a>"),
        changed(FORM, "xl/workbook.xml", b"<x/>"),
        changed(FORM, "xl/large.xml", b" " * (sheets.MOST_UNPACKED // 8 + 1) * 8),
        b"PK\x03\x04",
        b"  ",
        b"\xff\xfe\x00",
        b'a,"b\n',
        b"x" * (sheets.LARGEST + 1),
    ],
    ids=["macro", "entity", "torn", "no-book", "bomb", "stub", "blank", "utf16", "quote", "large"],
)
def test_hostile_files_end_in_a_sentence(content):
    with pytest.raises(RuleBroken, match=r"\w+ .*\."):
        list(sheets.table(content))


@pytest.mark.parametrize(
    ("sheet", "rows", "sentence"),
    [
        ("survey", [("type", "name", "label"), ("geopoint", "a", "A")],
         "Sheet survey, row 2: the type “geopoint”"),
        ("survey", [("type", "name", "label"), ("calculate", "a", "A")], "row 2: the type"),
        ("survey", [("type", "name", "label"), ("begin group", "a", "A")], "row 2: the type"),
        ("survey", [("type", "name", "label"), ("text", "1a", "A")], "needs a name"),
        ("survey", [("type", "name", "label"), ("text", "a", "")], "no label"),
        ("survey", [("type", "name", "label"), ("text", "a", "A"), ("text", "a", "A")],
         "row 3: the name “a”"),
        ("survey", [("type", "name", "label"), ("select_one gone", "a", "A")], "list “gone”"),
        ("survey", [("type", "name", "label", "calculation"), ("text", "a", "A", "1")],
         "column “calculation”"),
        ("survey", [("type", "name", "label"), ("text", "a", "=1+1")], "formula"),
        ("survey", [("type", "name", "label", "relevant"), ("text", "a", "A", "${b}")], "“b”"),
        ("survey", [("type", "name", "label::Klingon"), ("text", "a", "A")], "has no code"),
        ("survey", [("type", "name", "label"), ("note", "a", "A")], "asks nothing"),
        ("survey", [], "Sheet survey: it is not there"),
        ("choices", [("list_name", "name", "label"), ("x", "a", "A"), ("x", "a", "B")],
         "Sheet choices, row 3"),
        ("settings", [("form_title", "form_id"), ("A", "a")], "version is missing"),
        ("settings", [("form_title", "form_id", "version"), ("A", "a b", "1")], "form_id"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_by_sheet_and_row(sheet, rows, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        xlsform.read(make.xlsform(**{sheet: rows}))


def test_a_form_in_order_is_read():
    form = xlsform.read(FORM)
    assert [one.type for one in form.questions] == [
        "note", "select_one", "select_multiple", "integer", "decimal", "text", "date",
    ]  # fmt: skip
