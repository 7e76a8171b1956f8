"""Is this a Word document or an Excel sheet (ECMA-376) with nothing in it that runs?"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import ParseError  # noqa: TID251 - only the error's name

from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.papers import FileType
from safar.assistance.cases.files.texts import UNKNOWN
from safar.core.files.refused import refused

MOST_PARTS: Final = 2_000
MOST_UNPACKED: Final = 80 * 1024 * 1024
MOST_DEPTH: Final = 200  # of elements within one another
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
    types = _attributes(archive, "[Content_Types].xml")
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
        found = _attributes(archive, name)
        if name.endswith(".rels") and any(map(_calls_out, found)):
            raise refused(ALIVE)
        return
    with archive.open(name) as part:
        while part.read(1 << 20):
            pass


class _Walk:
    """Looks at elements as they come, and builds nothing of them."""

    def __init__(self, *, keeps: bool) -> None:
        self.depth, self.keeps, self.kept = 0, keeps, list[Mapping[str, str]]()

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise ValueError
        if self.keeps:
            self.kept.append(attributes)

    def end(self, _tag: str) -> None:
        self.depth -= 1

    def close(self) -> list[Mapping[str, str]]:
        return self.kept


def _attributes(archive: zipfile.ZipFile, name: str) -> list[Mapping[str, str]]:
    """Read a part as XML to its end; the attributes of its elements, of the small parts alone."""
    small = name.endswith((".rels", "[Content_Types].xml"))
    reader = ElementTree.XMLParser(target=_Walk(keeps=small), forbid_dtd=True)
    with archive.open(name) as part:
        while piece := part.read(1 << 16):
            reader.feed(piece)
    kept: list[Mapping[str, str]] = reader.close()
    return kept


def _calls_out(relation: Mapping[str, str]) -> bool:
    return bool(
        relation.get("TargetMode") == "External"
        and not relation.get("Type", "").endswith("/hyperlink")
    )
