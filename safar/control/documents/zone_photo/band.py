"""Where in a photo is the machine zone? Straightened, even in light, and cut out of the page."""

import io
from typing import Final

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from safar.lib.pictures import MOST_SCANNED, scanned

FORMATS: Final = ("JPEG", "PNG", "WEBP")
MOST_SIDE, MOST_PIXELS = 8000, 26_000_000
SIDE: Final = 1800  # pixels; a line of 44 signs has 35 to the sign where it fills the photo
SMALL: Final = 500
TILT: Final = tuple(degrees / 2 for degrees in range(-12, 13))
CAPITALS, LARGER = 16, 20
"""Pixels of a capital that tesseract reads best, measured; the second is tried after the first."""
NEAR: Final = 4  # pixels, in which paper is looked for around a point
FAINT: Final = 0.6  # of the darkest print: what is fainter is no line
EDGE: Final = 24  # pixels of grey around what is cut out


def straight(picture: bytes) -> Image.Image:
    """The whole page: grey, evenly lit, its lines level, as large as reading needs.

    Raises:
        ValueError, OSError and what else the library raises: no picture, or too large. The size
            that it claims is looked at before anything is unpacked.
    """
    with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
        width, height = image.size
        if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
            raise ValueError("too large")
        if image.format == "JPEG" and scanned(picture, width * height) > MOST_SCANNED:
            raise ValueError("too many scans")
        image.draft("L", (SIDE, SIDE))
        grey = ImageOps.exif_transpose(image.convert("L"))
    grey.thumbnail((SIDE, SIDE))
    even = _evenly_lit(grey)
    return even.rotate(_tilt(even), Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def zone_of(page: Image.Image, capitals: int = CAPITALS) -> Image.Image:
    """The lowest band of close, wide lines, its capitals so many pixels high.

    The lower half of the page, as large as it is, where no line stands out.
    """
    ink = 255.0 - np.asarray(page.filter(ImageFilter.BoxBlur(2)), dtype=np.float32)
    rows = (ink > 60).mean(axis=1)
    runs = _runs(rows > 0.08, fewest=max(6, page.height // 120))
    lines = _printed(ink, runs)
    if not lines:
        return _framed(page.crop((0, page.height // 2, *page.size)))
    top, bottom = lines[-1]
    for begin, end in reversed(lines[:-1][-2:]):
        if top - end > 2.5 * (bottom - lines[-1][0]):
            break
        top = begin
    margin = max(8, (bottom - top) // 6)
    box = (0, max(0, top - margin), page.width, min(page.height, bottom + margin))
    height = float(np.median([end - begin for begin, end in lines if begin >= top]))
    return _framed(_scaled(page.crop(box), capitals / height))


def _scaled(band: Image.Image, times: float) -> Image.Image:
    size = (max(1, round(band.width * times)), max(1, round(band.height * times)))
    return band.resize(size, Image.Resampling.LANCZOS) if times < 1 else band


def _evenly_lit(grey: Image.Image) -> Image.Image:
    """Paper white wherever the light falls: each point beside the paper around it."""
    shades = np.asarray(grey)
    paper = Image.fromarray(_lightest_near(shades)).filter(ImageFilter.BoxBlur(25))
    points = shades.astype(np.float32) / np.maximum(np.asarray(paper, np.float32), 1.0)
    return Image.fromarray((np.clip(points, 0.0, 1.0) * 255).astype(np.uint8))


def _lightest_near(shades: np.ndarray) -> np.ndarray:
    """Each point's lightest neighbour: `MaxFilter(9)` of the picture, in a hundredth of its time."""
    for axis in (0, 1):
        along = np.moveaxis(shades, axis, 0)
        most = along.copy()
        for step in range(1, NEAR + 1):
            np.maximum(most[step:], along[:-step], out=most[step:])
            np.maximum(most[:-step], along[step:], out=most[:-step])
        shades = np.moveaxis(most, 0, axis)
    return np.ascontiguousarray(shades)


def _tilt(page: Image.Image) -> float:
    """Degrees to turn by until the lines of the lower half stand apart from one another."""
    small = page.copy()
    small.thumbnail((SMALL, SMALL))
    small = small.crop((0, small.height // 3, *small.size))

    def apart(degrees: float) -> float:
        turned = small.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=255)
        return float(np.asarray(turned, dtype=np.float32).sum(axis=1).var())

    return max(TILT, key=lambda degrees: (apart(degrees), -abs(degrees)))


def _runs(dark: np.ndarray, *, fewest: int) -> list[tuple[int, int]]:
    """From and to of each run of rows that hold ink, from `fewest` rows on."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], dark.astype(np.int8), [0]))))
    pairs = zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True)
    return [(begin, end) for begin, end in pairs if end - begin >= fewest]


def _printed(ink: np.ndarray, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs as dark as print is here: the shadow at the edge of a page is not."""
    darkest = [float(np.percentile(ink[begin:end], 98)) for begin, end in runs]
    least = FAINT * max(darkest, default=0.0)
    return [run for run, dark in zip(runs, darkest, strict=True) if dark >= least]


def _framed(band: Image.Image) -> Image.Image:
    return ImageOps.expand(band, EDGE, fill=255)
