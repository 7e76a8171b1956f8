"""Which of the few kinds is this file, whatever its name says? It is opened to find out."""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from safar.core.files import pdfs, pictures, portraits
from safar.core.files.refused import NO_PICTURE, UNKNOWN, refused

LARGEST: Final = 10 * 1024 * 1024
TOO_LARGE = _("The file is larger than 10 MB. Make it smaller. Nothing was kept.")
PDF, JPEG, PNG = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"


class FileType(TextChoices):
    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    content: bytes
    file_type: FileType
    pages: int | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def checked(content: bytes, *, portrait: bool) -> Checked:
    """Open a file as what its first bytes say it is; a portrait is made anew from its pixels.

    Raises:
        RuleBroken: in a plain sentence: empty, too large, none of the kinds, damaged, locked,
            acting by itself when it is opened, or no portrait where one is asked for.
    """
    if not content:
        raise refused(_("The file is empty. Nothing was kept."))
    if len(content) > LARGEST:
        raise refused(TOO_LARGE)
    if portrait:
        if not content.startswith((JPEG, PNG)):
            raise refused(NO_PICTURE)
        return Checked(portraits.portrait(content), FileType.JPEG)
    if content.startswith(PDF):
        return Checked(content, FileType.PDF, pdfs.pages(content))
    if content.startswith((JPEG, PNG)):
        pictures.look_at(content)
        return Checked(content, FileType.JPEG if content.startswith(JPEG) else FileType.PNG)
    raise refused(UNKNOWN)


def tidy_name(name: str) -> str:
    """The last part of a file's name, without signs that no name has."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable())[-80:] or "–"
