"""The file of an import, kept in pieces in the database until a worker, here or there, reads it."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from safar.control.documents.models import ListedImport, ListedPiece
from safar.control.documents.wording.refusals import TornList

PIECE: Final = 4 * 1024 * 1024  # bytes, before they are packed


def keep(run: ListedImport, content: BinaryIO) -> tuple[str, int]:
    """Put a file away with its run, in flat memory; return its SHA-256 and size."""
    sha256, size = hashlib.sha256(), 0
    content.seek(0)
    for position, piece in enumerate(iter(lambda: content.read(PIECE), b"")):
        sha256.update(piece)
        size += len(piece)
        ListedPiece.objects.create(run=run, position=position, content=zlib.compress(piece, 1))
    return sha256.hexdigest(), size


@contextmanager
def kept(run: ListedImport) -> Iterator[Path]:
    """The file of a run, in a folder that is gone afterwards.

    Raises:
        TornList: what lies there is not what was put away.
    """
    sha256 = hashlib.sha256()
    keys = list(ListedPiece.objects.filter(run=run).values_list("pk", flat=True))
    with TemporaryDirectory(prefix="safar-documents-") as folder:
        path = Path(folder) / "list"
        with path.open("wb") as out:
            for key in keys:
                piece = _unpacked(ListedPiece.objects.get(pk=key))
                sha256.update(piece)
                out.write(piece)
        if sha256.hexdigest() != run.sha256:
            raise TornList("damaged")
        yield path


def _unpacked(piece: ListedPiece) -> bytes:
    try:
        return zlib.decompress(bytes(piece.content))
    except zlib.error:
        raise TornList("damaged") from None
