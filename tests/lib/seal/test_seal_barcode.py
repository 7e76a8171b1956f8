"""Does a seal survive paper and camera, and does a hostile picture end in a clear word?"""

import io
import json
import re
import struct
import zlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from safar.lib.seal import SealError, barcode, sign, verify
from safar.lib.seal.barcode import Kind
from tests.lib.seal.making import TODAY, code_of, known, signer, visa

KINDS: list[Kind] = ["datamatrix", "qr"]


@cache
def payload() -> bytes:
    return sign(visa(), signer()[0])


def picture(image: Image.Image, format: str = "PNG", **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read(kind: Kind) -> None:
    assert barcode.read(barcode.png(barcode.matrix(payload(), kind), kind)) == [payload()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dots", [4, 8])
def test_a_turned_blurred_photo_is_read_and_verifies(kind: Kind, dots: int) -> None:
    flat = Image.open(io.BytesIO(barcode.png(barcode.matrix(payload(), kind), kind, dots=dots)))
    turned = flat.convert("L").rotate(
        7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC
    )
    photo = turned.filter(ImageFilter.GaussianBlur(dots / 4))
    read = barcode.read(picture(photo, "JPEG", quality=60))
    assert read == [payload()]
    assert verify(read[0], known(), on=TODAY).sound


def test_a_visa_fits_the_module_count_that_was_planned() -> None:
    assert len(barcode.matrix(payload())) <= 50


@pytest.mark.parametrize("kind", KINDS)
def test_svg_holds_exactly_the_modules_in_millimetres(kind: Kind) -> None:
    modules = barcode.matrix(payload(), kind)
    drawing = barcode.svg(modules, kind, module_mm=0.5)
    quiet = 4 if kind == "qr" else 2
    side = len(modules) + 2 * quiet
    assert f'width="{side * 0.5:g}mm"' in drawing
    dark: set[tuple[int, int]] = set()
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawing):
        dark |= {(int(y) - quiet, int(x) - quiet + step) for step in range(int(run))}
    expected = {(y, x) for y, row in enumerate(modules) for x, is_dark in enumerate(row) if is_dark}
    assert dark == expected


def test_two_codes_on_one_sheet_are_both_read() -> None:
    parts = [
        Image.open(io.BytesIO(barcode.png(barcode.matrix(data)))).convert("L")
        for data in (payload(), b"another")
    ]
    sheet = Image.new("L", (parts[0].width + parts[1].width + 80, parts[0].height), 255)
    sheet.paste(parts[0], (0, 0))
    sheet.paste(parts[1], (parts[0].width + 80, 0))
    assert sorted(barcode.read(picture(sheet))) == sorted([payload(), b"another"])


def test_a_picture_without_a_code_holds_nothing() -> None:
    assert barcode.read(picture(Image.new("L", (200, 200), 255))) == []


def test_clear_paper_is_white() -> None:
    code = Image.open(io.BytesIO(barcode.png(barcode.matrix(payload())))).convert("L")
    clear = Image.new("RGBA", code.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=code.point(lambda light: 255 - light))
    assert barcode.read(picture(clear)) == [payload()]


def test_too_much_for_a_code_is_said() -> None:
    with pytest.raises(SealError) as problem:
        barcode.matrix(bytes(4000))
    assert problem.value.code == "seal.cannot_write"


def bomb(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (b"", "image.empty"),
        (b"hello", "image.kind"),
        (b"%PDF-1.7", "image.kind"),
        (b"GIF89a" + bytes(20), "image.kind"),
        (b"\x89PNG" + bytes(13_000_000), "image.bytes"),
        (bomb(30_000, 30_000), "image.pixels"),
        (bomb(12_000, 12_000), "image.pixels"),
        (bomb(4_000, 4_000), "image.pixels"),
        (bomb(300, 300), "image.broken"),
        (barcode.png(barcode.matrix(b"cut"))[:120], "image.broken"),
    ],
)
def test_a_hostile_picture_is_refused_by_name(image: bytes, code: str) -> None:
    with pytest.raises(SealError) as problem:
        barcode.read(image)
    assert problem.value.code == code


def test_a_photo_that_says_it_is_too_large_is_refused() -> None:
    image = picture(Image.new("L", (6000, 4100), 255), "JPEG")
    assert code_of(lambda: barcode.read(image)) == "image.pixels"
    inks = picture(Image.new("CMYK", (100, 100)), "JPEG")
    assert code_of(lambda: barcode.read(inks)) == "image.kind"


@pytest.mark.parametrize("size", [(4000, 3000), (5000, 4200), (5900, 4000)])
def test_a_large_photo_is_taken_at_a_smaller_size(size: tuple[int, int]) -> None:
    code = Image.open(io.BytesIO(barcode.png(barcode.matrix(payload()), dots=40))).convert("L")
    page = Image.new("L", size, 255)
    page.paste(code, (900, 700))
    assert page.width * page.height > barcode.MAX_PIXELS
    assert barcode.read(picture(page, "JPEG", quality=80)) == [payload()]


@pytest.mark.slow
@settings(max_examples=60, deadline=2000)
@given(st.data())
def test_damaged_pictures_never_end_in_a_traceback(data: st.DataObject) -> None:
    image = bytearray(barcode.png(barcode.matrix(payload())))
    for _ in range(data.draw(st.integers(1, 8))):
        image[data.draw(st.integers(0, len(image) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(image)))
    code = code_of(lambda: barcode.read(bytes(image[:cut])))
    assert code == "" or code.startswith("image.")


@pytest.mark.slow
def test_the_drawing_is_read_back_from_a_printed_page() -> None:
    """A page as the sticker's: typst sets the SVG, and the page at 300 dpi is read."""
    import typst

    drawing = barcode.svg(barcode.matrix(payload()))
    page = (
        "#set page(width: 105mm, height: 74mm, margin: 5mm)\nVISA"
        f'#place(bottom + right, image(bytes({json.dumps(drawing)}), format: "svg"))'
    )
    printed = typst.compile(page.encode(), format="png", ppi=300)
    assert isinstance(printed, bytes)
    assert barcode.read(printed) == [payload()]


def progressive(repeated: int) -> bytes:
    """A JPEG of several scans, the last of which is told again and again."""
    made = io.BytesIO()
    Image.new("RGB", (2000, 2000), "white").save(made, "JPEG", progressive=True)
    whole = made.getvalue()
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * repeated + whole[-2:]


def test_a_photo_that_is_told_without_end_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(SealError) as refusal:
        barcode.read(progressive(repeated=500))
    assert refusal.value.code == "image.scans"


def test_an_honest_progressive_photo_is_read() -> None:
    assert barcode.read(progressive(repeated=0)) == []
