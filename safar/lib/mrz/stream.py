"""Where does one document end and the next begin in a file or a pipe of any content?"""

import codecs
import io
import json
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

LONGEST_LINE = 65_536
"""Characters kept of one line; what follows, to the line's end, is dropped."""
_MOST_LINES = 40


class Block(NamedTuple):
    """The text of one document, or the code of what is wrong with it."""

    text: str
    problem: str = ""


def blocks(stream: BinaryIO) -> Iterator[Block]:
    """Cut a stream at empty lines; a line that starts with `{` is a JSON object of its own."""
    rows: list[str] = []
    for line in _lines(stream):
        stripped = line.strip()
        if stripped.startswith("{"):
            if rows:
                yield Block("\n".join(rows))
            rows = []
            yield _from_json(stripped)
        elif stripped.strip("\x00\x02\x03"):
            if len(rows) < _MOST_LINES:
                rows.append(line)
        elif rows:
            yield Block("\n".join(rows))
            rows = []
    if rows:
        yield Block("\n".join(rows))


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Lines as text, whatever the bytes; each ends at CR, LF or both."""
    start = stream.read(2)
    wide = start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding = "utf-16" if wide else "utf-8-sig"
    rest = io.BufferedReader(_Prefixed(start, stream))
    text = io.TextIOWrapper(rest, encoding=encoding, errors="replace", newline=None)
    inside = False
    while line := text.readline(LONGEST_LINE):
        if not inside:
            yield line.rstrip("\n")
        inside = not line.endswith("\n")


class _Prefixed(io.RawIOBase):
    """A stream with the bytes put back that were taken off its start."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._start = start
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "io._WriteableBuffer") -> int:  # type: ignore[name-defined]
        view = memoryview(buffer)
        data = self._start or self._stream.read(len(view))
        self._start = b""
        view[: len(data)] = data
        return len(data)


def _from_json(line: str) -> Block:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return Block("", "mrz.input.json")
    lines = value.get("lines") if isinstance(value, dict) else None
    if isinstance(lines, str):
        return Block(lines)
    if isinstance(lines, list) and all(isinstance(row, str) for row in lines):
        return Block("\n".join(lines))
    return Block("", "mrz.input.json")
