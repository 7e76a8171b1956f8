"""Small files that unpack to trees of gigabytes are told from workbooks before they are read."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from safar.core.files.workbooks import is_readable

STRINGS = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
TYPES = b'<Types><Override PartName="/%s" ContentType="%s"/></Types>'
NAMED = TYPES % (b"xl/texts.xml", STRINGS)


def book(**parts: bytes) -> zipfile.ZipFile:
    """An honest workbook of two thousand rows, with parts put in the place of its own."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for number in range(2000):
        sheet.append(["RUS", f"7{number:08d}", "stolen", "2026-01-31"])
    honest = io.BytesIO()
    made.save(honest)
    out = io.BytesIO()
    with zipfile.ZipFile(honest) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as put:
        for member in given.infolist():
            name = member.filename
            short = name.rpartition("/")[2].partition(".")[0].strip("[]")
            put.writestr(name, parts.get(short, given.read(member)))
        if strings := parts.get("strings"):
            put.writestr("xl/texts.xml", strings)
    return zipfile.ZipFile(out)


def test_an_honest_one_is_read():
    assert is_readable(book())


@pytest.mark.parametrize(
    "parts",
    [
        {"sheet1": b"<worksheet><row>" + b"<c/>" * 30_000 + b"</row></worksheet>"},
        {"sheet1": b"<worksheet><row><c><t>" + b"a" * 500_000 + b"</t></c></row></worksheet>"},
        {"sheet1": b"<worksheet>" + b"<col/>" * 30_000 + b"</worksheet>"},
        {"styles": b"<styleSheet>" + b"<xf/>" * 300_000 + b"</styleSheet>"},
        {"workbook": b"<workbook>" + b"<sheet/>" * 300_000 + b"</workbook>"},
        {"strings": b"<sst>" + b"<si/>" * 1_900_000 + b"</sst>", "Content_Types": NAMED},
        {"strings": b"<sst><row><c/></row></sst>", "Content_Types": NAMED},
    ],
    ids=["cells", "text", "columns", "styles", "sheets", "strings", "a sheet for strings"],
)
def test_one_that_would_fill_the_memory_is_not(parts):
    assert not is_readable(book(**parts))


def test_a_sheet_is_no_place_for_strings():
    types = TYPES % (b"xl/worksheets/sheet1.xml", STRINGS)
    assert not is_readable(book(Content_Types=types))


def test_strings_of_a_long_list_are_read_under_any_name():
    strings = b"<sst>" + b"<si><t>712345678</t></si>" * 300_000 + b"</sst>"
    assert is_readable(book(strings=strings, Content_Types=NAMED))


@pytest.mark.parametrize("hidden", [b"<!--</row>-->", b"<![CDATA[</row>]]>", b"<!DOCTYPE x>"])
def test_what_hides_from_the_count_is_refused(hidden):
    row = b"<worksheet><row>" + (b"<c/>" * 9000 + hidden) * 5 + b"</row></worksheet>"
    with pytest.raises(ValueError, match="declaration"):
        is_readable(book(sheet1=row))


def test_rows_under_a_prefix_count_as_rows():
    rows = b"<x:row>" + b"<x:c/>" * 900 + b"</x:row>"
    assert is_readable(book(sheet1=b"<x:worksheet>" + rows * 100 + b"</x:worksheet>"))
