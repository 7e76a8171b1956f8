"""Photos of invented data pages, as a post without a reader takes them: noise, blur and tilt."""

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from safar.simulation.outcomes import zone
from safar.simulation.people import travellers
from safar.simulation.world import Scale

FONTS = Path("/usr/share/fonts")
OCR_B = FONTS / "opentype/ocr-b/OCRB.otf"  # Debian's fonts-ocr-b, where it is installed
MONO = (
    FONTS / "truetype/liberation/LiberationMono-Regular.ttf",
    FONTS / "truetype/dejavu/DejaVuSansMono.ttf",
)


def fonts():
    """OCR-B where it is installed, and a mono-spaced font that stands in for it."""
    return [path for path in (OCR_B, next(path for path in MONO if path.exists())) if path.exists()]


def zones(count, *, seed=7):
    """Zones of so many simulated travellers, and the day on which they travel."""
    scale = Scale(travellers=count, days=60, crossings_per_day=None, seed=seed)
    people = (person.documents[0] for person in travellers(scale))
    return [
        tuple(zone(paper)) for paper, _ in zip(people, range(count), strict=False)
    ], scale.last_day


def page(lines, *, tilt=0.0, blur=0.0, noise=0, width=1400, seed=1, font=None):
    """A page with a face, some text and the zone, photographed on a table: PNG-free grey image."""
    rng = random.Random(seed)
    image = Image.new("L", (width, int(width * 0.71)), 232)
    draw = ImageDraw.Draw(image)
    size = width // len(lines[0])
    path = font or fonts()[-1]
    font = ImageFont.truetype(str(path), int(size * 1.45))
    draw.rectangle((60, 120, 380, 540), fill=150)
    draw.ellipse((140, 200, 300, 400), fill=90)
    small = ImageFont.truetype(str(path), int(size * 0.9))
    for row, text in enumerate(("SURNAME", "GIVEN NAMES", "DATE OF BIRTH", "AUTHORITY")):
        draw.text((440, 140 + row * 100), text, 70, font=small)
    step = int(size * 2.4)
    for row, line in enumerate(lines):
        y = image.height - step * (len(lines) - row) - 30
        for place, sign in enumerate(line):
            draw.text((30 + place * (width - 60) / len(line), y), sign, 25, font=font)
    table = Image.new("L", (width + 160, image.height + 160), 170)
    table.paste(image, (80, 80))
    table = table.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=170)
    if blur:
        table = table.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        spots = Image.frombytes("L", table.size, rng.randbytes(table.width * table.height))
        table = Image.blend(table, spots, noise / 255)
    return table


def photo(lines, **how):
    """The same as a JPEG file."""
    out = io.BytesIO()
    page(lines, **how).save(out, "JPEG", quality=80)
    return out.getvalue()
