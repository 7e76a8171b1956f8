"""The files of an import, kept in pieces: how they are put away, and lie on disk to be read."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from safar.control.watchlist.models import ImportFile, ImportPiece, ImportRun
from safar.control.watchlist.sources.files import MB, SourceFile
from safar.control.watchlist.sources.parsed import FAILED
from safar.core.errors import RuleBroken

PIECE: Final = 4 * MB  # compressed; a row of the database


def keep(run: ImportRun, part: str, file: SourceFile) -> ImportFile:
    """Put a file away with its run, in flat memory."""
    kept = ImportFile.objects.create(
        run=run, part=part, name=file.name[:120], sha256=file.sha256, size=file.size
    )
    with file.open() as raw:
        for number, content in enumerate(_packed(raw)):
            ImportPiece.objects.create(file=kept, number=number, content=content)
    return kept


def _packed(raw: BinaryIO) -> Iterator[bytes]:
    packer, waiting = zlib.compressobj(6), b""
    while piece := raw.read(MB):
        waiting += packer.compress(piece)
        if len(waiting) >= PIECE:
            yield waiting
            waiting = b""
    yield waiting + packer.flush()


@contextmanager
def kept(run: ImportRun) -> Iterator[dict[str, SourceFile]]:
    """The files of a run, by part, in a folder that is gone afterwards.

    Raises:
        RuleBroken: what lies there is not what was put away.
    """
    with TemporaryDirectory(prefix="safar-import-") as folder:
        yield {
            one.part: SourceFile(one.name, path=_unpacked(one, Path(folder) / one.part))
            for one in ImportFile.objects.filter(run=run)
        }


def _unpacked(file: ImportFile, path: Path) -> Path:
    unpacker, sha256 = zlib.decompressobj(), hashlib.sha256()
    pieces = ImportPiece.objects.filter(file=file).order_by("number").values_list("pk", flat=True)
    try:
        with path.open("wb") as out:
            for key in pieces:
                content = unpacker.decompress(bytes(ImportPiece.objects.get(pk=key).content))
                sha256.update(content)
                out.write(content)
    except zlib.error:
        sha256 = hashlib.sha256(b"damaged")
    if sha256.hexdigest() != file.sha256:
        raise RuleBroken(FAILED["damaged"], code="E-613")
    return path
