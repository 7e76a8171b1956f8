"""Is this a Word document or an Excel sheet (ECMA-376) with nothing in it that runs?"""

import io
import zipfile
import zlib
from typing import Any, Final
from xml.etree.ElementTree import ParseError  # noqa: TID251 - only the error's name

from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices import FileType
from safar.assistance.cases.files.refused import UNKNOWN, refused

MOST_PARTS: Final = 2_000
MOST_UNPACKED: Final = 150 * 1024 * 1024
MAIN: Final = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}
MAIN_TYPES: Final = {
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
# Parts that carry programs, controls, other files, or calls to other programs.
RUNS: Final = (
    "vbaproject", "vbadata", "/activex/", "/embeddings/", "/macrosheets/", "/ctrlprops/",
    "/externallinks/", ".bin",
)  # fmt: skip
HARMLESS_BINARY: Final = "printersettings"  # Excel keeps the printer's settings in a .bin
_DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
    ParseError, DefusedXmlException,
)  # fmt: skip
ALIVE = _(
    "There is a macro, a control or another file inside. Save it without them, or as PDF. "
    "Nothing was kept."
)


def opened(content: bytes) -> tuple[FileType, int | None]:
    """Return DOCX or XLSX.

    Raises:
        RuleBroken: another archive, damaged, or with something in it that runs or calls out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _kind(archive), None
    except _DAMAGED:
        raise refused() from None


def _kind(archive: zipfile.ZipFile) -> FileType:
    parts = {part.filename: part for part in archive.infolist()}
    file_type = next((kind for name, kind in MAIN.items() if name in parts), None)
    if file_type is None or "[Content_Types].xml" not in parts:
        raise refused(UNKNOWN)
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts.values()) > MOST_UNPACKED:
        raise refused()
    if any(_runs(name) for name in parts):
        raise refused(ALIVE)
    types = ElementTree.fromstring(archive.read("[Content_Types].xml"), forbid_dtd=True)
    if MAIN_TYPES[file_type] not in {entry.get("ContentType") for entry in types}:
        raise refused(ALIVE)  # the kinds with macros have another main type
    for name in parts:
        _part(archive, name)
    return file_type


def _runs(name: str) -> bool:
    low = f"/{name.lower()}"
    return HARMLESS_BINARY not in low and any(mark in low for mark in RUNS)


def _part(archive: zipfile.ZipFile, name: str) -> None:
    """Read a part to its end, where its sum is checked; relations lead to nothing that is fetched."""
    if name.endswith((".xml", ".rels")):
        root = ElementTree.fromstring(archive.read(name), forbid_dtd=True)
        if name.endswith(".rels") and any(map(_calls_out, root)):
            raise refused(ALIVE)
        return
    with archive.open(name) as part:
        while part.read(1 << 20):
            pass


def _calls_out(relation: Any) -> bool:
    return bool(
        relation.get("TargetMode") == "External"
        and not relation.get("Type", "").endswith("/hyperlink")
    )
