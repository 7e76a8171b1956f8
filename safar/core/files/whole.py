"""A file appears at its place in one moment, when all of it is written: never half of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

PRIVATE: Final = 0o600
READ_BY_ALL: Final = 0o644


@contextmanager
def whole_file(path: Path, mode: int = PRIVATE) -> Iterator[BinaryIO]:
    """Write beside `path`; at the end, without an error, it takes the place of what was there.

    Args:
        mode: who may read it, from its first byte on.

    Raises:
        OSError: the folder is not there, may not be written to, or is full.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)  # of a process of the same number that was killed
    try:
        opened = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        with os.fdopen(opened, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
