"""How do the bytes of a seal become a DataMatrix or a QR code, and bytes again?

DataMatrix ECC 200 for stickers, QR for paper and screens (ICAO Doc 9303-13 §2.2). A module should
be at least 0.3386 mm wide (four dots at 300 dpi, BSI TR-03137-1 §3.1); 0.5 mm survives handling.
"""

import io
from collections.abc import Sequence
from typing import Final, Literal

import zxingcpp
from PIL import Image, UnidentifiedImageError

from safar.lib.pictures import MOST_SCANNED, scanned
from safar.lib.seal.errors import SealError

Kind = Literal["datamatrix", "qr"]
Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules, True is dark, without the quiet zone."""

_FORMATS: Final = {"datamatrix": zxingcpp.DataMatrix, "qr": zxingcpp.QRCode}
_READ: Final = zxingcpp.BarcodeFormats([zxingcpp.DataMatrix, zxingcpp.QRCode])
_QUIET: Final = {"datamatrix": 2, "qr": 4}
"""Modules of white around a code (ISO/IEC 16022: 1, here 2; ISO/IEC 18004: 4)."""
_KINDS: Final = ("PNG", "JPEG", "WEBP")

MODULE_MM: Final = 0.5
MAX_BYTES: Final = 12_000_000
MAX_PIXELS: Final = 10_000_000
"""Points that are decoded. A larger photo (JPEG) is taken at half size."""
MOST_CODES: Final = 16
"""Codes of one picture that are looked at."""
MAX_PHOTO_PIXELS: Final = 24_000_000
"""Of a JPEG. One in several scans is held whole in six bytes a point, whatever is left out."""


def matrix(data: bytes, kind: Kind = "datamatrix") -> Matrix:
    """The modules of the smallest code that holds `data`; SealError where none is large enough."""
    options = {"ec_level": "M"} if kind == "qr" else {}
    try:
        code = zxingcpp.create_barcode(data, _FORMATS[kind], **options)
    except (ValueError, RuntimeError):
        raise SealError("seal.cannot_write", reason="too much for one barcode.") from None
    view = memoryview(code.to_image(add_quiet_zones=False))  # type: ignore[arg-type]
    rows, columns = view.shape  # type: ignore[misc]
    return tuple(tuple(view[row, column] == 0 for column in range(columns)) for row in range(rows))


def svg(modules: Matrix, kind: Kind = "datamatrix", *, module_mm: float = MODULE_MM) -> str:
    """An SVG whose width and height are in millimetres, the quiet zone included.

    One path of whole modules: no gaps between neighbours at any resolution.
    """
    quiet = _QUIET[kind]
    width, height = (len(side) + 2 * quiet for side in (modules[0], modules))
    path = "".join(
        f"M{start + quiet} {y + quiet}h{end - start}v1H{start + quiet}z"
        for y, row in enumerate(modules)
        for start, end in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * module_mm:g}mm"'
        f' height="{height * module_mm:g}mm" viewBox="0 0 {width} {height}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{width}v{height}H0z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Where dark runs begin and end (exclusive)."""
    edges = [at for at in range(len(row) + 1) if _at(row, at) != _at(row, at - 1)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _at(row: Sequence[bool], at: int) -> bool:
    return 0 <= at < len(row) and row[at]


def png(modules: Matrix, kind: Kind = "datamatrix", *, dots: int = 8) -> bytes:
    """A black and white PNG with `dots` points a module, the quiet zone included."""
    quiet = _QUIET[kind]
    size = (len(modules[0]), len(modules))
    code = Image.new("1", size, 1)
    code.putdata([not dark for row in modules for dark in row])
    whole = Image.new("1", (size[0] + 2 * quiet, size[1] + 2 * quiet), 1)
    whole.paste(code, (quiet, quiet))
    out = io.BytesIO()
    whole.resize((whole.width * dots, whole.height * dots), Image.Resampling.NEAREST).save(
        out, "PNG"
    )
    return out.getvalue()


def read(image: bytes) -> list[bytes]:
    """What every DataMatrix and QR code in a picture holds, in the order in which they are found.

    An empty list where there is none. SealError `image.*` for what is no PNG, JPEG or WebP, or is
    too large: sizes are looked at before a single point is decoded.
    """
    picture = _grey(image)
    try:
        found = zxingcpp.read_barcodes(picture, formats=_READ)
    except (ValueError, RuntimeError, TypeError):
        raise SealError("image.broken") from None
    return [code.bytes for code in found if code.valid][:MOST_CODES]


def _grey(image: bytes) -> Image.Image:
    if not image:
        raise SealError("image.empty")
    if len(image) > MAX_BYTES:
        raise SealError("image.bytes", limit=MAX_BYTES // 1_000_000)
    try:
        with Image.open(io.BytesIO(image), formats=_KINDS) as opened:
            _refuse_endless(image, opened)
            _shrink(opened)
            return _on_white(opened) if opened.has_transparency_data else opened.convert("L")
    except UnidentifiedImageError:
        raise SealError("image.kind") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise SealError("image.pixels", limit=MAX_PIXELS // 1_000_000) from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError, TypeError):
        raise SealError("image.broken") from None


def _on_white(opened: Image.Image) -> Image.Image:
    """What is clear becomes paper, not ink."""
    clear = opened.convert("RGBA")
    paper = Image.new("L", clear.size, 255)
    paper.paste(clear.convert("L"), mask=clear.getchannel("A"))
    return paper


def _shrink(opened: Image.Image) -> None:
    """Refuse too many points; let the decoder of JPEG leave some out."""
    pixels = opened.width * opened.height
    if opened.format == "JPEG":
        _refuse_more(pixels, MAX_PHOTO_PIXELS)
        if opened.mode not in ("L", "RGB"):
            raise SealError("image.kind")
        parts = next((n for n in (1, 2) if pixels <= n * n * MAX_PIXELS), 4)
        opened.draft("L", (opened.width // parts, opened.height // parts))
    _refuse_more(opened.width * opened.height, MAX_PIXELS)


def _refuse_endless(image: bytes, opened: Image.Image) -> None:
    pixels = opened.width * opened.height
    if opened.format == "JPEG" and scanned(image, pixels) > MOST_SCANNED:
        raise SealError("image.scans")


def _refuse_more(pixels: int, limit: int) -> None:
    if pixels > limit:
        raise SealError("image.pixels", limit=limit // 1_000_000)
