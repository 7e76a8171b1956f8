"""What is a chart made of? Shapes in a box, a key, and the table with the same figures."""

from dataclasses import dataclass
from zlib import crc32

# The mean width of a letter at the 12 units of the style sheet, on the safe side.
LETTER = 7.0


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    look: str = ""


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True)
class Path:
    """`points` are the corners of `d`, for whoever must check where it goes."""

    d: str
    look: str
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Key:
    """One entry of the key: a line, or a filled box."""

    look: str
    label: str
    is_line: bool = False


@dataclass(frozen=True)
class Figures:
    """The table beneath: texts as they are shown; the first cell of a row names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A drawing of `width` by `height` units, scaled by the page. Without rows it is empty."""

    title: str
    width: int
    height: int
    table: Figures
    description: str = ""
    look: str = ""
    rects: tuple[Rect, ...] = ()
    paths: tuple[Path, ...] = ()
    texts: tuple[Text, ...] = ()
    keys: tuple[Key, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.rects or self.paths)

    @property
    def name(self) -> str:
        """The start of the ids on the page: two charts of one page have different titles."""
        return f"chart-{crc32(self.title.encode()):08x}"


def line(points: list[tuple[float, float]], look: str, *, closed: bool = False) -> Path:
    """A path through points, in tenths of a unit."""
    corners = tuple((round(x, 1), round(y, 1)) for x, y in points)
    d = "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)
    return Path(d + "Z" * closed, look, corners)


def box(x: float, y: float, width: float, height: float, look: str) -> Rect:
    return Rect(round(x, 1), round(y, 1), round(width, 1), round(height, 1), look)


def text(x: float, y: float, words: str, look: str = "") -> Text:
    return Text(round(x, 1), round(y, 1), words, look)


def fitted(words: str, width: float) -> str:
    """The words, cut where they would leave the width. The table has them whole."""
    room = max(int(width / LETTER), 2)
    return words if len(words) <= room else words[: room - 1].rstrip() + "…"
