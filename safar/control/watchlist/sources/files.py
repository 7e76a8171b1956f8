"""A file as it was handed in, and its content unpacked: never more of it than a list can have."""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from safar.control.watchlist.sources.parsed import TornFileError

MB: Final = 1024 * 1024
LARGEST_RATIO: Final = 150  # JSON and XML pack to a tenth or a thirtieth; bombs to a thousandth
RATIO_FROM: Final = 4 * MB  # unpacked; a small file of blanks harms nobody
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
_DAMAGED: Final = (zlib.error, EOFError, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError,
                   RuntimeError, ValueError, OSError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file by its name, in memory (`content`) or on disk (`path`)."""

    name: str
    content: bytes = b""
    path: Path | None = None

    def open(self) -> BinaryIO:
        return self.path.open("rb") if self.path else io.BytesIO(self.content)

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path else len(self.content)

    @property
    def sha256(self) -> str:
        with self.open() as raw:
            return hashlib.file_digest(raw, "sha256").hexdigest()  # type: ignore[arg-type]


@dataclass(slots=True)
class Meter:
    """How far a reader is: bytes of the files as they lie there."""

    done: int = 0
    total: int = 0
    _at: dict[str, int] = field(default_factory=dict)

    def at(self, name: str, position: int) -> None:
        self.done += max(position - self._at.get(name, 0), 0)
        self._at[name] = max(position, self._at.get(name, 0))


class Limited(io.RawIOBase):
    """A stream that ends in a TornFileError once more came out of it than a list can have."""

    def __init__(self, file: SourceFile, inner: BinaryIO, largest: int, meter: Meter | None):
        self.file, self.inner, self.largest = file, inner, largest
        self.meter, self.raw, self.came = meter, inner, 0
        self.size = file.size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            piece = self.inner.read(len(buffer))
        except _DAMAGED as error:
            raise TornFileError(self.file.name, 0, "packed") from error
        self.came += len(piece)
        refuse_too_much(self.file.name, self.came, self.size, self.largest)
        if self.meter:
            self.meter.at(self.file.name, self.raw.tell())
        buffer[: len(piece)] = piece
        return len(piece)


def refuse_too_much(name: str, came: int, packed: int, largest: int) -> None:
    """Raise TornFileError where `came` bytes are more than a list has, or than honest packing."""
    if came > largest:
        raise TornFileError(name, 0, "bomb", limit=largest // MB)
    if came > RATIO_FROM and came > packed * LARGEST_RATIO:
        raise TornFileError(name, 0, "ratio", times=LARGEST_RATIO)


@contextmanager
def unpacked(
    file: SourceFile, largest: int, meter: Meter | None = None
) -> Iterator[io.BufferedReader]:
    """Open the file; gzip, or a zip of one file, is unpacked while it is read.

    Raises:
        TornFileError: empty, damaged, more than one file in it, or larger than `largest` bytes.
    """
    if not file.size:
        raise TornFileError(file.name, 0, "empty")
    with file.open() as raw:
        start = raw.read(4)
        raw.seek(0)
        inner = raw
        if start.startswith(GZIP):
            inner = gzip.GzipFile(fileobj=raw)  # type: ignore[assignment]
        elif start == ZIP:
            inner = _only_member(file.name, raw)
        stream = Limited(file, inner, largest, meter)
        stream.raw = raw
        yield io.BufferedReader(stream, 256 * 1024)


def whole(file: SourceFile, largest: int, meter: Meter | None = None) -> bytes:
    """The unpacked content of a file that is small enough to be held in memory."""
    if not file.size:
        return b""
    with unpacked(file, largest, meter) as stream:
        return stream.read()


def _only_member(name: str, raw: BinaryIO) -> BinaryIO:
    try:
        archive = zipfile.ZipFile(raw)
        members = [one for one in archive.infolist() if not one.is_dir()]
        if len(members) != 1:
            raise TornFileError(name, 0, "members", found=len(members))
        return archive.open(members[0])  # type: ignore[return-value]
    except _DAMAGED as error:
        raise TornFileError(name, 0, "packed") from error
