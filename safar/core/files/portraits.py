"""Is this a portrait as a visa or a passport needs one? What is kept is made anew from its pixels.

35 mm by 45 mm, of one face looking at the camera (ICAO Doc 9303-3 §3.9.1). The machine checks
size, proportions and that there is a picture at all; a person looks at the face.
"""

import io
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageStat

from safar.core.files.pictures import MOST_PIXELS, opened
from safar.core.files.refused import refused

LEAST_WIDTH, LEAST_HEIGHT = 350, 450  # 254 dpi of 35 mm by 45 mm
KEPT_WIDTH: Final = 700
MOST_PNG: Final = 8_000_000  # pixels
NARROWEST, WIDEST = 0.68, 0.88  # of 35:45 = 0.78
LEAST_CONTRAST: Final = 8.0  # standard deviation of the grey values
QUALITY: Final = 90
SMALL = _(
    "The photo is %(width)d by %(height)d pixels. It needs 350 by 450 at least. Nothing was kept."
)
PROPORTIONS = _(
    "The photo is too wide or too narrow. It must be 35 mm wide and 45 mm high, or so. "
    "Nothing was kept."
)
BLANK = _("There is nothing to be seen on the photo. Nothing was kept.")


def portrait(content: bytes) -> bytes:
    """Return the photo as a JPEG of 700 pixels in width at the most, without its metadata.

    Raises:
        RuleBroken: no whole picture, too small, not upright, or of one colour.
    """
    is_png = content.startswith(b"\x89PNG")
    with opened(content, MOST_PNG if is_png else MOST_PIXELS) as picture:
        # Of a JPEG only what is needed is unpacked.
        picture.draft("RGB", (KEPT_WIDTH * 2, KEPT_WIDTH * 3))
        turned = ImageOps.exif_transpose(_smaller(picture))
        _check_sides(turned)
        plain = _on_white(turned)
        if ImageStat.Stat(plain.convert("L")).stddev[0] < LEAST_CONTRAST:
            raise refused(BLANK)
        if plain.width > KEPT_WIDTH:
            plain = plain.resize((KEPT_WIDTH, round(plain.height * KEPT_WIDTH / plain.width)))
        plain.info.clear()  # what the file says besides its pixels
        kept = io.BytesIO()
        plain.save(kept, "JPEG", quality=QUALITY)
        return kept.getvalue()


def _smaller(picture: Image.Image) -> Image.Image:
    """The picture made a whole number of times smaller, not below what is kept of it."""
    times = min(picture.size) // KEPT_WIDTH
    if times < 2:
        return picture
    if picture.mode not in ("L", "RGB", "RGBA"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    small = picture.reduce(times)
    small.info.update(picture.info)  # how it is turned
    return small


def _check_sides(picture: Image.Image) -> None:
    width, height = picture.size
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        raise refused(SMALL % {"width": width, "height": height})
    if not NARROWEST <= width / height <= WIDEST:
        raise refused(PROPORTIONS)


def _on_white(picture: Image.Image) -> Image.Image:
    """As RGB; what is transparent is white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        ground = Image.new("RGB", whole.size, "white")
        ground.paste(whole, mask=whole.getchannel("A"))
        return ground
    return picture.convert("RGB")
