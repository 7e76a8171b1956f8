"""Files are told by their content, really opened, and refused in a plain sentence."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.assistance.cases.choices.papers import FileType
from safar.assistance.cases.files import LARGEST, checked
from safar.core.errors import RuleBroken
from safar.core.files import pdfs, rows
from tests.makers import papers


def refusal(content: bytes) -> str:
    with pytest.raises(RuleBroken) as caught:
        checked(content)
    assert caught.value.field == "file"
    return str(caught.value)


def test_good_files_of_every_kind_are_kept_as_what_they_are():
    kinds = {
        FileType.PDF: papers.pdf(3),
        FileType.PNG: papers.png(),
        FileType.JPEG: papers.jpeg(),
        FileType.DOCX: papers.docx(),
        FileType.XLSX: papers.xlsx(),
        FileType.TEXT: "Саламатсызбы, мен Икром".encode(),
    }
    assert {kind: checked(file).file_type for kind, file in kinds.items()} == {k: k for k in kinds}
    assert checked(kinds[FileType.PDF]).pages == 3


def test_the_bytes_are_kept_as_they_were_handed_in():
    file = papers.pdf()
    assert checked(file).content == file
    assert len(checked(file).sha256) == 64


def test_a_pdf_with_a_script_is_refused():
    assert "script" in refusal(papers.pdf(script="app.alert('x')"))


def test_a_pdf_that_starts_a_program_is_refused():
    assert "program" in refusal(papers.pdf(launch="cmd.exe"))


def test_a_script_under_an_escaped_name_is_refused():
    assert "script" in refusal(papers.pdf(script="x").replace(b"/JavaScript", b"/J#61vaScript"))


def test_a_script_packed_into_a_stream_of_objects_is_refused():
    from pypdf.generic import NameObject, NumberObject, StreamObject

    # Object 9 lives in a packed stream and is found by a table in a stream.
    inner = b"9 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    stream = StreamObject()
    stream.set_data(inner)
    stream[NameObject("/Type")] = NameObject("/ObjStm")
    stream[NameObject("/N")], stream[NameObject("/First")] = NumberObject(1), NumberObject(4)
    packed = stream.flate_encode()
    body = io.BytesIO()
    packed.write_to_stream(body)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 9 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        4: body.getvalue(),
    }
    file, places = b"%PDF-1.7\n", {}
    for number, text in objects.items():
        places[number] = len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(file)
    rows = b"".join(b"\x01" + places[n].to_bytes(3, "big") + b"\0" for n in (1, 2, 3, 4))
    rows += b"\x02" + (4).to_bytes(3, "big") + b"\0"
    rows += b"\x01" + start.to_bytes(3, "big") + b"\0"
    table = (
        b"10 0 obj\n<< /Type /XRef /Size 11 /W [1 3 1] /Index [1 4 9 2] /Root 1 0 R /Length %d >>\n"
        b"stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
    ) % (len(rows), rows, start)
    assert b"JavaScript" not in file + table
    assert "script" in refusal(file + table)
    harmless = (file + table).replace(b" /OpenAction 9 0 R", b"                  ")
    assert "script" in refusal(harmless)  # still there, and another program may find it


def test_a_locked_pdf_is_refused_with_what_to_do():
    assert "password" in refusal(papers.pdf(locked=True))


def test_a_pdf_with_another_file_in_it_is_refused():
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("run.exe", b"MZ")
    out = io.BytesIO()
    writer.write(out)
    assert "another file" in refusal(out.getvalue())


def test_a_torn_pdf_is_refused():
    assert "damaged" in refusal(papers.pdf()[:200])
    assert "damaged" in refusal(b"%PDF-1.7\nnothing more")


def test_pages_that_go_in_circles_are_refused():
    file = papers.pdf().replace(b"/Type /Page\n", b"/Type /Pages\n")
    assert refusal(file)


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_SECONDS", -1.0)
    assert "too intricate" in refusal(papers.pdf())


@pytest.mark.parametrize("part", [b"1 0 obj << >> endobj\n", b"<</A "])
def test_a_pdf_of_endless_parts_is_refused_without_being_read(part):
    assert "too intricate" in refusal(b"%PDF-1.7\n" + part * 200_000)


def test_elements_within_elements_without_end_are_refused():
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    assert "damaged" in refusal(papers.docx(more={"word/deep.xml": deep}))


def test_no_word_of_a_file_stands_in_the_log(caplog):
    with suppress(RuleBroken):
        checked(b"%PDF-1.7\n1 0 obj << /Zanzibar (called) >> endobj\ntrailer << /Root 1 0 R >>")
    assert caplog.text == ""


def test_a_picture_beyond_the_limit_of_pixels_is_refused():
    assert "million pixels" in refusal(papers.png(says=70_000_000))
    assert "million pixels" in refusal(papers.jpeg(says=(9000, 9000)))


def test_a_picture_that_unpacks_to_more_than_it_says_is_refused():
    assert "damaged" in refusal(papers.png(rows=4000))
    assert "damaged" in refusal(papers.png(rows=3))


def test_a_torn_picture_is_refused():
    assert "damaged" in refusal(papers.png()[:-10])
    assert "damaged" in refusal(papers.jpeg()[:-6])


def test_a_laced_picture_has_the_size_that_its_seven_passes_have():
    import struct
    import zlib

    size = rows.unpacked_size(5, 3, 8, laced=True)
    header = struct.pack(">IIBBBBB", 5, 3, 8, 0, 0, 0, 1)
    # Adam7 of 5 by 3: passes of 1x1, 1x1, 2x1 (starting in row 4: none), 1x1, 3x1, 2x2, 5x1
    assert size == (1 + 1) + (1 + 1) + 0 + (1 + 1) + (1 + 3) + 2 * (1 + 2) + (1 + 5)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * size)), (b"IEND", b""))
    file = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    assert checked(file).file_type == FileType.PNG


@pytest.mark.parametrize(
    "more",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"word/activeX/activeX1.xml": b"<a/>"},
    ],
)
def test_an_office_file_with_something_that_runs_is_refused(more):
    assert "macro" in refusal(papers.docx(more=more))


def test_an_office_file_of_the_kind_with_macros_is_refused():
    assert "macro" in refusal(papers.docx(macro=True))


def test_an_office_file_that_fetches_something_is_refused():
    assert "macro" in refusal(papers.docx(calls=True))


def test_an_office_file_with_a_document_type_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "damaged" in refusal(papers.docx(more={"word/styles.xml": bomb}))


def test_a_packed_bomb_is_refused():
    assert "damaged" in refusal(papers.docx(more={"word/media/a.png": b"\0" * (200 << 20)}))


def test_a_zip_of_something_else_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.exe", b"MZ")
    assert "no PDF" in refusal(out.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"  \n<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"MZ\x90\x00\x03",
        b"#!/bin/sh\nrm",
        b"\x7fELF\x02",
        b"GIF89a\x01\x00",
        b"{\\rtf1 x}",
        b"%!PS-Adobe",
        "кодировка".encode("cp1251"),
        b"words\x00words",
    ],
)
def test_what_is_none_of_the_kinds_is_refused_whatever_its_name(content):
    assert "Nothing was kept" in refusal(content)


def test_an_empty_and_a_huge_file_are_refused():
    assert "empty" in refusal(b"")
    assert "10 MB" in refusal(b"x" * (LARGEST + 1))
    assert checked(b"x" * LARGEST).file_type == FileType.TEXT


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([papers.pdf(), papers.png(), papers.jpeg(), papers.docx(), papers.xlsx()]),
    st.integers(0, 10_000),
    st.binary(min_size=1, max_size=40),
)
def test_wild_files_are_kept_or_refused_and_nothing_else_happens(file, at, wild):
    at %= len(file)
    with suppress(RuleBroken):
        checked(file[:at] + wild + file[at + len(wild) :])
