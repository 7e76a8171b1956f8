"""What does a true passport look like? Drawn pages of nobody, for the second line of the demonstration.

True specimens are their issuers' to give. These are drawn, say so, and show what the library is for.
"""

import io
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFont

from safar.control.documents.actions import specimens as library
from safar.control.documents.actions.specimens import NewSpecimen
from safar.control.documents.choices import Light, Way
from safar.control.documents.models import Specimen
from safar.core.permissions import Actor
from safar.lib.mrz import Document, write
from safar.lib.partial_dates import PartialDate
from safar.simulation import consulates, users

SIZE: Final = (1000, 704)  # pixels: the 125 × 88 mm of ICAO Doc 9303-4
SOURCE: Final = (
    "Drawn for this demonstration; not from the issuer. Replace it with the issuer's own."
)
PITCH: Final = 21  # pixels from sign to sign of the zone
FOOT: Final = 590  # pixels from above to its first line
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Drawn:
    """A kind of passport, as it is drawn; `relief`: the number stands out from the paper."""

    issuer: str
    title: str
    state: str
    since: date
    number: str
    paper: Colour
    glow: Colour  # under ultraviolet light
    relief: bool


KINDS: Final = (
    Drawn("KGZ", "Passport, series PE (drawn)", "KYRGYZ REPUBLIC", date(2021, 5, 1),
          "PE0000000", (226, 210, 222), (240, 90, 60), relief=True),
    Drawn("UZB", "Passport, series FA (drawn)", "REPUBLIC OF UZBEKISTAN", date(2019, 1, 1),
          "FA0000000", (206, 224, 216), (90, 220, 120), relief=False),
)  # fmt: skip
FEATURES: Final = (
    ("Fine lines behind the portrait", Way.MAGNIFIER, "Data page, around the portrait",
     "Unbroken lines, sharp to the edge. A copy dissolves them into dots."),
    ("Small writing", Way.MAGNIFIER, "Line under the title",
     "The state's name again and again, to be read through a magnifier of ten times."),
    ("Fibres and emblem under the lamp", Way.UV, "Whole page",
     "Fibres of two colours and one emblem glow; the paper itself stays dark."),
    ("Watermark", Way.LIGHT, "Right of the portrait",
     "A mountain with soft edges, darker and lighter than the paper; never a printed outline."),
    ("Portrait", Way.TILT, "Data page, left",
     "A second, smaller portrait comes and goes as the page is tilted."),
)  # fmt: skip
RELIEF: Final = ("Number", Way.TOUCH, "Top right", "Raised: the finger feels each sign.")
HOLES: Final = ("Number", Way.LIGHT, "Top right, through all pages",
                "Holes made by laser, round, and narrower from page to page.")  # fmt: skip


def add() -> str:
    """Put the drawn specimens into the library, by a document expert; say what was done."""
    if Specimen.objects.exists():
        return "there already"
    expert = users.actor(users.DOCUMENT_EXPERTS[0])
    pages = sum(_add(expert, kind) for kind in KINDS)
    return f"{len(KINDS)} specimens, {pages} pictures"


def _add(expert: Actor, kind: Drawn) -> int:
    new = NewSpecimen(kind.issuer, "P", kind.title, SOURCE, since=kind.since)
    made = library.add_specimen(expert, None, new=new)
    drawn = list(_pages(kind))
    for title, light, picture in drawn:
        library.add_specimen_page(expert, made, title=title, light=light, file=_jpeg(picture))
    for title, way, where, expected in (*FEATURES, RELIEF if kind.relief else HOLES):
        library.add_specimen_feature(
            expert, made, title=title, way=way, where=where, expected=expected
        )
    return len(drawn)


def _pages(kind: Drawn) -> Iterator[tuple[str, Light, Image.Image]]:
    page = data_page(kind)
    yield "Data page", Light.WHITE, page
    yield "Data page", Light.UV, _under_lamp(kind)
    yield "Data page", Light.THROUGH, _against_light(page)


def data_page(kind: Drawn) -> Image.Image:
    """The page with the portrait, as the eye sees it."""
    picture = Image.new("RGB", SIZE, kind.paper)
    pen = ImageDraw.Draw(picture)
    _fine_lines(pen, _darker(kind.paper, 28))
    face = Image.open(io.BytesIO(consulates.portrait(random.Random(kind.title))))  # noqa: S311 - made up
    picture.paste(face.resize((252, 324)), (60, 180))
    ink = (40, 36, 60)
    _text(pen, (60, 40), kind.state, 34, ink)
    _text(pen, (60, 88), f"{kind.state} " * 14, 7, ink)
    _text(pen, (60, 112), "PASSPORT · PASSEPORT", 26, ink)
    _text(pen, (720, 112), kind.number, 34, (150, 30, 40) if kind.relief else ink)
    rows = ("SPECIMEN", "DRAWN FOR A DEMONSTRATION", kind.issuer, "01.01.1980", "F", "01.01.2030")
    for at, row in enumerate(rows):
        _text(pen, (350, 190 + at * 50), row, 28, ink)
    for line, text in enumerate(_zone(kind)):
        for at, sign in enumerate(text):
            _text(pen, (42 + at * PITCH, FOOT + line * 46), sign, 26, (20, 20, 20))
    return picture


def _under_lamp(kind: Drawn) -> Image.Image:
    picture = Image.new("RGB", SIZE, (24, 20, 62))
    pen, rng = ImageDraw.Draw(picture), random.Random(kind.number)  # noqa: S311 - made up
    for _ in range(90):
        x, y, turn = rng.randrange(SIZE[0]), rng.randrange(SIZE[1]), rng.uniform(0, math.tau)
        end = (x + 34 * math.cos(turn), y + 34 * math.sin(turn))
        pen.line(((x, y), end), fill=kind.glow if rng.random() < 0.6 else (90, 150, 250), width=3)
    pen.polygon(_mountain(500, 420, 1.6), outline=kind.glow, width=6)
    pen.ellipse((590, 120, 690, 220), outline=kind.glow, width=6)
    return picture


def _against_light(page: Image.Image) -> Image.Image:
    shadow = Image.new("RGB", SIZE, (255, 255, 255))
    pen = ImageDraw.Draw(shadow)
    pen.polygon(_mountain(760, 420, 1.0), fill=(205, 200, 196))
    pen.polygon(_mountain(760, 400, 0.5), fill=(236, 232, 228))
    return ImageChops.multiply(Image.blend(page, Image.new("RGB", SIZE, "white"), 0.35), shadow)


def _mountain(x: int, foot: int, scale: float) -> list[tuple[float, float]]:
    shape = ((-120, 0), (-45, -130), (-10, -80), (35, -160), (120, 0))
    return [(x + dx * scale, foot + dy * scale) for dx, dy in shape]


def _fine_lines(pen: ImageDraw.ImageDraw, colour: Colour) -> None:
    for offset in range(-40, SIZE[1] + 40, 9):
        wave = [(x, offset + 22 * math.sin(x / 61 + offset / 47)) for x in range(0, SIZE[0], 8)]
        pen.line(wave, fill=colour, width=1)


def _zone(kind: Drawn) -> list[str]:
    return write(
        Document(
            document_code="P", issuer=kind.issuer, number=kind.number, surname="SPECIMEN",
            given_names="DRAWN", birth=PartialDate(1980, 1, 1), sex="F", expiry=date(2030, 1, 1),
        )
    )  # fmt: skip


def _text(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: Colour
) -> None:
    pen.text(at, text, fill=colour, font=ImageFont.load_default(size))


def _darker(colour: Colour, by: int) -> Colour:
    red, green, blue = (max(part - by, 0) for part in colour)
    return red, green, blue


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()
