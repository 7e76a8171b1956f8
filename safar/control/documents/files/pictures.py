"""Is this file a picture of a document page, and what is left of it but its pixels?"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from safar.core.errors import RuleBroken
from safar.lib.pictures import MOST_SCANNED, scanned

LARGEST: Final = 4 * 1024 * 1024  # bytes of the file
MOST_PIXELS: Final = 16_000_000  # 48 MB in memory
LEAST_SIDE, MOST_SIDE = 200, 6000
KEPT_SIDE: Final = 1600  # pixels of the longer side that are kept
FORMATS: Final = ("JPEG", "PNG")
NO_PICTURE = _("This is no JPEG or PNG picture, or it is damaged.")
_ERRORS: Final = (
    UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning,
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    MemoryError, ZeroDivisionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: a JPEG made anew, without anything that its file said besides."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def made_anew(file: bytes) -> Picture:
    """Draw a picture again from its pixels, at most KEPT_SIDE long.

    The size that the file claims is looked at before a pixel is unpacked.

    Raises:
        RuleBroken: the file is too large, no JPEG or PNG, damaged, or of odd size.
    """
    if len(file) > LARGEST:
        raise RuleBroken(_("The picture is larger than 4 MB. Make it smaller."), field="picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(file)
    except _ERRORS as error:
        raise RuleBroken(NO_PICTURE, field="picture") from error


def _drawn(file: bytes) -> Picture:
    with Image.open(io.BytesIO(file), formats=FORMATS) as image:
        _check_sides(*image.size)
        if image.format == "JPEG" and scanned(file, image.width * image.height) > MOST_SCANNED:
            raise RuleBroken(NO_PICTURE, field="picture")
        image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
        pixels = image.convert("RGB")
    pixels.thumbnail((KEPT_SIDE, KEPT_SIDE))
    drawn = Image.new("RGB", pixels.size)  # a comment travels with the picture it was read from
    drawn.paste(pixels)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=88)
    return Picture(out.getvalue(), *drawn.size)


def _check_sides(width: int, height: int) -> None:
    sides = (width, height)
    if min(sides) < LEAST_SIDE or max(sides) > MOST_SIDE or width * height > MOST_PIXELS:
        raise RuleBroken(
            _("The picture must measure from 200 to 6,000 pixels on each side, 16 million in all."),
            field="picture",
        )
