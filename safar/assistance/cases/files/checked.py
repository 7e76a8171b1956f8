"""Which of the few kinds is this file, whatever its name says? It is opened to find out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.papers import FileType
from safar.assistance.cases.files import office, texts
from safar.core.files import LARGEST, TOO_LARGE, pdfs, pictures
from safar.core.files.checked import JPEG, PDF, PNG
from safar.core.files.refused import refused

EXTENSIONS: Final = {
    FileType.PDF: "pdf",
    FileType.JPEG: "jpg",
    FileType.PNG: "png",
    FileType.DOCX: "docx",
    FileType.XLSX: "xlsx",
    FileType.TEXT: "txt",
}
Opens = Callable[[bytes], tuple[FileType, int | None]]  # the kind, and its pages where it has any


def _pdf(content: bytes) -> tuple[FileType, int | None]:
    return FileType.PDF, pdfs.pages(content)


def _jpeg(content: bytes) -> tuple[FileType, int | None]:
    pictures.look_at(content)
    return FileType.JPEG, None


def _png(content: bytes) -> tuple[FileType, int | None]:
    pictures.look_at(content)
    return FileType.PNG, None


BY_START: Final[tuple[tuple[bytes, Opens], ...]] = (
    (PDF, _pdf),
    (JPEG, _jpeg),
    (PNG, _png),
    (b"PK\x03\x04", office.opened),
)


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    content: bytes
    file_type: FileType
    pages: int | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def checked(content: bytes) -> Checked:
    """Open a file as what its first bytes say it is.

    Raises:
        RuleBroken: in a plain sentence: empty, too large, none of the kinds, damaged, locked, or
            it would do something by itself when it is opened.
    """
    if not content:
        raise refused(_("The file is empty. Nothing was kept."))
    if len(content) > LARGEST:
        raise refused(TOO_LARGE)
    opens = next((opens for start, opens in BY_START if content.startswith(start)), texts.opened)
    file_type, pages = opens(content)
    return Checked(content, file_type, pages)


def extension(file_type: str) -> str:
    """Return how a kept file's name ends: by what it is, not by what it was called."""
    return EXTENSIONS[FileType(file_type)]


__all__ = ["LARGEST", "Checked", "checked", "extension"]
