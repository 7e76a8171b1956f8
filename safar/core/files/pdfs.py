"""Is this a whole PDF (ISO 32000-2) that does nothing by itself when it is opened?"""

import io
import logging
import re
import time
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from safar.core.files.refused import refused

MOST_OBJECTS: Final = 10_000
MOST_PAGES: Final = 2_000
MOST_SECONDS: Final = 3.0
MOST_UNPACKED: Final = 20_000_000  # bytes of one packed stream; the limit of pypdf is 75 million
MOST_NESTED: Final = 50_000  # openings of dictionaries
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # else words of the file stand in the log
ACTS: Final = {  # actions (12.6) that run, fetch, send or start something
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition",
    "/RichMediaExecute", "/Movie", "/Sound",
}  # fmt: skip
HOLDS: Final = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
# What an older or a mended table of objects would show another program.
RAW: Final = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles|RichMedia)\b")
HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_DAMAGED: Final = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError,
                   RecursionError, OSError, ArithmeticError, AssertionError, NotImplementedError)  # fmt: skip
LOCKED = _("The PDF is locked with a password. Hand in a copy without one. Nothing was kept.")
INTRICATE = _(
    "The PDF is too intricate to be checked. Print it as a new PDF and hand that in. "
    "Nothing was kept."
)
ALIVE = _(
    "The PDF holds a script, a start of another program or another file. Print it as a new PDF "
    "and hand that in. Nothing was kept."
)


def pages(content: bytes) -> int:
    """Open the PDF, look at every object of it, and return how many pages it has.

    Raises:
        RuleBroken: damaged, locked, or with something in it that runs, calls out or is hidden.
    """
    if content.count(b" obj") > MOST_OBJECTS or content.count(b"<<") > MOST_NESTED:
        raise refused(INTRICATE)
    if RAW.search(HEX.sub(lambda two: bytes([int(two[1], 16)]), content)):
        raise refused(ALIVE)
    try:
        with apply_configuration(zlib_maximum_output_length=MOST_UNPACKED):
            return _opened(content)
    except _DAMAGED:
        raise refused() from None


def _opened(content: bytes) -> int:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise refused(LOCKED)
    found = len(reader.pages)
    if not 0 < found <= MOST_PAGES:
        raise refused()
    _look_at_all(reader)
    return found


def _look_at_all(reader: PdfReader) -> None:
    """Look at every object that the file has a place for, those inside packed streams too."""
    places = {(number, int(gen)) for gen, table in reader.xref.items() for number in table}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > MOST_OBJECTS:
        raise refused(INTRICATE)
    _look_at(reader.trailer)
    until = time.monotonic() + MOST_SECONDS
    for number, generation in sorted(places):
        if time.monotonic() > until:
            raise refused(INTRICATE)
        _look_at(reader.get_object(IndirectObject(number, generation, reader)))


def _look_at(thing: Any) -> None:
    left = [thing]
    while left:
        one = left.pop()
        if isinstance(one, DictionaryObject):
            if HOLDS & one.keys() or str(one.get("/S", "")) in ACTS:
                raise refused(ALIVE)
            left += [one.raw_get(name) for name in one]
        elif isinstance(one, ArrayObject):
            left += list.__iter__(one)
