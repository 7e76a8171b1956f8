"""Does whatever is handed in end in a paper that may be kept, or in a plain sentence?"""

import contextlib
import io
import struct
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from safar.core.errors import RuleBroken
from safar.core.files import LARGEST, Checked
from safar.core.files import checked as checked_file
from tests.makers.visas import picture


def checked(content: bytes, kind: str) -> Checked:
    return checked_file(content, portrait=kind == "photo")


def pdf(*, script: bool = False, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if script:
        act = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.alert('hello')"),
            }
        )
        writer.root_object[NameObject("/OpenAction")] = act
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png_that_says(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG whose header names a size, whatever its pixels are."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    )  # fmt: skip


def refusal(content: bytes, kind: str = "ticket") -> str:
    with pytest.raises(RuleBroken) as caught:
        checked(content, kind)
    return str(caught.value)


def test_what_people_hand_in_is_kept():
    assert checked(pdf(), "ticket").pages == 1
    assert checked(picture(), "ticket").content == picture()
    assert checked(picture(form="PNG"), "ticket").file_type == "image/png"


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = png_that_says(40_000, 40_000, b"\0" * 20_000_000)
    assert len(bomb) < 100_000
    tracemalloc.start()
    began = time.monotonic()
    assert "16 million" in refusal(bomb)
    assert "16 million" in refusal(bomb, "photo")
    assert "16 million" in refusal(png_that_says(4_001, 4_001))
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    assert time.monotonic() - began < 5
    tracemalloc.stop()


def test_a_pdf_with_a_script_is_refused():
    assert "script" in refusal(pdf(script=True))


def test_a_locked_pdf_is_refused():
    assert "password" in refusal(pdf(password="x"))


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\0" + b"\0" * 200, b"<html><script>alert(1)</script>", b"GIF89a" + b"\0" * 99],
)
def test_the_content_says_what_a_file_is_and_not_its_name(content):
    assert "whatever its name says" in refusal(content)


def test_a_torn_picture_is_refused():
    whole = picture()
    assert "damaged" in refusal(whole[: len(whole) // 2])
    assert "damaged" in refusal(picture(form="PNG")[:-400])
    assert "damaged" in refusal(pdf()[:300])


def test_a_file_larger_than_ten_megabytes_is_refused():
    assert "larger than 10 MB" in refusal(b"%PDF-" + b"\0" * LARGEST)
    assert "empty" in refusal(b"")


def test_a_photo_is_made_anew_without_what_it_says_besides():
    exif = Image.Exif()
    exif[0x010E] = "at home, 42.87 N 74.59 E"
    plain = Image.open(io.BytesIO(picture(1400, 1800)))
    out = io.BytesIO()
    plain.save(out, "JPEG", exif=exif, comment=b"secret")
    assert b"at home" in out.getvalue()
    kept = checked(out.getvalue(), "photo")
    assert b"at home" not in kept.content
    assert b"secret" not in kept.content
    assert Image.open(io.BytesIO(kept.content)).size == (700, 900)


def test_a_photo_that_lies_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.open(io.BytesIO(picture(900, 700)))
    out = io.BytesIO()
    lying.save(out, "JPEG", exif=exif)
    assert Image.open(io.BytesIO(checked(out.getvalue(), "photo").content)).size == (700, 900)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (picture(300, 380), "350 by 450"),
        (picture(900, 700), "too wide or too narrow"),
        (picture(500, 1000), "too wide or too narrow"),
        (pdf(), "JPEG or PNG picture"),
    ],
)
def test_a_photo_that_is_no_portrait_is_refused(content, word):
    assert word in refusal(content, "photo")


def test_an_empty_sheet_is_no_photo():
    out = io.BytesIO()
    Image.new("RGB", (700, 900), "white").save(out, "JPEG")
    assert "nothing to be seen" in refusal(out.getvalue(), "photo")


@settings(max_examples=60, deadline=5_000)
@given(st.binary(max_size=400), st.sampled_from(["pdf", "png", "jpeg"]), st.integers(0, 2_000))
def test_whatever_bytes_come_they_are_kept_or_refused(noise, kind, at):
    whole = {"pdf": pdf(), "png": picture(60, 80, "PNG"), "jpeg": picture(60, 80)}[kind]
    torn = whole[:at] + noise + whole[at + len(noise) :]
    for wanted in ("ticket", "photo"):
        with contextlib.suppress(RuleBroken):
            assert checked(torn, wanted).content


def packed_bomb() -> bytes:
    """A PDF of a few hundred kilobytes whose objects stand in a stream of 300 megabytes."""
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(b"\0" * 1_000_000) for _ in range(300)) + pack.flush()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        b"<< /Type /ObjStm /N 100 /First 800 /Filter /FlateDecode /Length %d >>\nstream\n"
        % len(packed) + packed + b"\nendstream",
    )  # fmt: skip
    out, rows = b"%PDF-1.5\n", [(0, 0, 65535)]
    for number, body in enumerate(objects, 1):
        rows.append((1, len(out), 0))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    rows += [(2, 4, number) for number in range(100)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    head = b"5 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Filter /FlateDecode "
    head = head % len(rows) + b"/Length %d >>\nstream\n" % len(table)
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + head + table + tail


def test_a_packed_bomb_in_a_pdf_is_refused_within_time_and_memory():
    bomb = packed_bomb()
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    began = time.monotonic()
    assert "damaged" in refusal(bomb)
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    assert time.monotonic() - began < 5
    tracemalloc.stop()
