"""Is this one whole picture, of a size that a scan has? Its pixels are read, within limits.

The size is read before anything is unpacked. A JPEG of many scans (ITU-T T.81 Annex G) costs the
time of each of them, so their number is bounded by its size.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile

from safar.core.files import rows
from safar.core.files.refused import refused
from safar.lib.pictures import MOST_SCANNED, scanned

MOST_PIXELS: Final = 16_000_000  # A4 at 400 dpi; at most 130 MB while it is unpacked
MOST_CHUNKS: Final = 20_000
_DAMAGED: Final = (
    OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, OverflowError, EOFError,
    AttributeError, ArithmeticError, AssertionError,
)  # fmt: skip
TOO_MANY = _("The picture has more than 16 million pixels. Scan it with 300 dpi. Nothing was kept.")


def look_at(content: bytes) -> None:
    """Read every pixel.

    Raises:
        RuleBroken: damaged, torn, or larger than a scan is.
    """
    with opened(content) as picture:
        picture.draft(None, (1, 1))  # a JPEG's pixels are read to the end, and thrown together
        picture.load()
        if picture.format == "PNG" and not rows.all_there(content):
            raise refused()  # Pillow forgives what lacks at the end, or is too much there


@contextmanager
def opened(content: bytes, most: int = MOST_PIXELS) -> Iterator[ImageFile.ImageFile]:
    """A JPEG or PNG of `most` pixels; what goes wrong while it is used is said."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            _limit(picture, content, most)
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refused(TOO_MANY) from None
    except _DAMAGED:
        raise refused() from None


def _limit(picture: ImageFile.ImageFile, content: bytes, most: int) -> None:
    pixels = picture.width * picture.height
    if pixels > most:
        raise refused(TOO_MANY)
    if getattr(picture, "n_frames", 1) > 1 and picture.format == "PNG":
        raise refused()  # one picture, not a film
    if picture.format == "JPEG" and scanned(content, pixels) > MOST_SCANNED:
        raise refused()
    if picture.format == "PNG" and content.count(b"IDAT") > MOST_CHUNKS:
        raise refused()
