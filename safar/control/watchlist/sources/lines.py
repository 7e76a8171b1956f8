"""The lines of a text file with their numbers: one at a time, each whole."""

from collections.abc import Iterator
from typing import Final

from safar.control.watchlist.sources.files import MB, Meter, SourceFile, unpacked
from safar.control.watchlist.sources.parsed import TornFileError

LONGEST_LINE: Final = 16 * MB


def whole_lines(
    file: SourceFile, largest: int, meter: Meter | None = None
) -> Iterator[tuple[int, bytes]]:
    """Yield (line, bytes with the line end) of the file.

    Raises:
        TornFileError: no content, a web page, a line too long, the last line cut off.
    """
    number = 0
    with unpacked(file, largest, meter) as stream:
        for number, raw in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), start=1):
            if not raw.endswith(b"\n"):
                too_long = len(raw) >= LONGEST_LINE
                code = "long_line" if too_long else "last_line"
                raise TornFileError(file.name, number, code, limit=LONGEST_LINE // MB)
            if number == 1 and raw.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
                raise TornFileError(file.name, 1, "web_page")
            yield number, raw
    if not number:
        raise TornFileError(file.name, 0, "empty")


def as_text(name: str, number: int, raw: bytes) -> str:
    """The line as UTF-8 text; a byte order mark at the file's beginning is no text."""
    if number == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        found = f"0x{raw[error.start]:02X}"
        raise TornFileError(name, number, "encoding", found=found) from None
    if "\0" in text:
        raise TornFileError(name, number, "control", found=0)
    return text
