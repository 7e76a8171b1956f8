"""Is this CSV file whole? Its rows with their line numbers, or the line where it is torn."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from safar.control.watchlist.sources.parsed import TornFileError

LARGEST: Final = 64 * 1024 * 1024  # bytes; OFAC's whole SDN.CSV has 6 MB
END_MARK: Final = "\x1a"  # OFAC's files end in it, as under CP/M
_ALLOWED_CONTROL: Final = "\t\r\n"


def whole_rows(file: str, content: bytes, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields) of a CSV file without a header, every row with `columns` fields.

    Raises:
        TornFileError: at the first sign that this is not the file, or not the whole of it.
    """
    text = _text(file, content)
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    line = 0
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error:
            raise TornFileError(file, line, "quote") from None
        if row is None:
            return
        if not row:
            continue  # an empty line
        if len(row) != columns:
            raise TornFileError(file, line, "columns", expected=columns, found=len(row))
        yield line, [field.strip() for field in row]


def _text(file: str, content: bytes) -> str:
    if len(content) > LARGEST:
        raise TornFileError(file, 0, "too_large", limit=LARGEST // 1024 // 1024)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"0x{content[error.start]:02X}"
        raise TornFileError(file, line, "encoding", found=found) from None
    text, mark, rest = text.partition(END_MARK)
    if rest.strip():
        raise TornFileError(file, text.count("\n") + 1, "after_end")
    if not text.strip():
        raise TornFileError(file, 0, "empty")
    if text.lstrip().startswith("<"):
        raise TornFileError(file, 1, "web_page")
    if not mark and not text.endswith(("\n", "\r")):
        raise TornFileError(file, text.count("\n") + 1, "last_line")
    _refuse_control_signs(file, text)
    return text


def _refuse_control_signs(file: str, text: str) -> None:
    if text.isprintable():
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for sign in line:
            if ord(sign) < 32 and sign not in _ALLOWED_CONTROL:
                raise TornFileError(file, number, "control", found=ord(sign))
