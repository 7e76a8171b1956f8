"""What does the machine zone in a photo say? Read in processes of their own, with limits."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.control.documents.zone_photo.alike import put_right
from safar.control.documents.zone_photo.cutting_child import LARGEST
from safar.control.documents.zone_photo.installed import Reader, reader
from safar.core.errors import RuleBroken, Unavailable
from safar.lib import mrz

PATIENCE: Final = 4.0  # seconds, for all that is tried: the page answers within five
HERE: Final = "safar.control.documents.zone_photo"
FAILED: Final = _("The photo could not be read. Take it again: flat, sharp, the zone large.")
NONE_FOUND: Final = _("There is no machine zone in this photo. Take it again, or type the zone.")
TOO_LARGE: Final = _("The photo is too large: 10 MB at most.")
SHORTEST: Final = 24  # signs of a line that may be a zone's
_SIZES: Final = ((30, 3), (36, 2), (44, 2))


@dataclass(frozen=True, slots=True)
class ZonePhoto:
    """The lines as read, which prove nothing: the officer compares them with the paper.

    `doubtful`: the fields whose check digits do not fit, as `lib.mrz` calls them.
    """

    lines: tuple[str, ...]
    reading: mrz.Reading

    @property
    def doubtful(self) -> tuple[str, ...]:
        fields = (str(found.params.get("field", found.code)) for found in self.reading.findings)
        return tuple(dict.fromkeys(fields))


def read_photo(photo: bytes, *, today: date) -> ZonePhoto:
    """Return the text of the zone in a picture: of the cut band at two sizes, else of the page.

    Raises:
        Unavailable: no reader is installed.
        RuleBroken: it is no picture, too large, shows no zone, or took too long.
    """
    tool = reader()
    if not isinstance(tool, Reader):
        raise Unavailable(tool)
    if len(photo) > LARGEST:
        raise RuleBroken(TOO_LARGE, field="photo")
    until = time.monotonic() + PATIENCE
    found: ZonePhoto | None = None
    for how in ((), ("larger",), ("page",)):
        if found and (not found.reading.findings or how == ("page",)):
            break
        text = _text(photo, how, tool, until)
        if text is None:
            break
        found = _better(found, _zone_in(text, today))
    if text is None and found is None:
        raise RuleBroken(FAILED, field="photo")
    if found is None:
        raise RuleBroken(NONE_FOUND, field="photo")
    return found


def _text(photo: bytes, how: tuple[str, ...], tool: Reader, until: float) -> str | None:
    """What tesseract reads in the picture; None where a process failed or time ran out."""
    band = _run("cutting_child", how, photo, until)
    if not band:
        return None
    said = _run("reading_child", (tool.program, str(tool.folder), tool.model), band, until)
    return None if said is None else said.decode("ascii", "replace")


def _run(module: str, words: tuple[str, ...], given: bytes, until: float) -> bytes | None:
    left = until - time.monotonic()
    if left <= 0:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and nothing of the picture
            (sys.executable, "-m", f"{HERE}.{module}", *words), input=given, capture_output=True,
            timeout=left, check=False,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": "/usr/bin:/bin",
                 "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout if done.returncode == 0 else None


def _better(one: ZonePhoto | None, other: ZonePhoto | None) -> ZonePhoto | None:
    found = [zone for zone in (one, other) if zone is not None]
    return min(found, key=lambda zone: len(zone.reading.findings), default=None)


def _zone_in(text: str, today: date) -> ZonePhoto | None:
    """The last lines that make a zone of one of the three sizes."""
    lines = [re.sub(r"[^A-Z0-9<]", "", line.upper()) for line in text.splitlines()]
    lines = [line for line in lines if len(line) >= SHORTEST]
    found: ZonePhoto | None = None
    for size, count in _SIZES:
        for last in range(count, len(lines) + 1):
            some = lines[last - count : last]
            if all(abs(len(line) - size) <= 4 for line in some):
                fitted = put_right(tuple(_fitted(line, size) for line in some))
                reading = mrz.read(fitted, today=today)
                if reading.format is not None:
                    found = _better(ZonePhoto(fitted, reading), found)
    return found


def _fitted(line: str, size: int) -> str:
    """A line of the right length: fillers at its end are miscounted first."""
    if len(line) > size and not line[size:].strip("<"):
        return line[:size]
    return line.ljust(size, "<")[:size]
