"""Which column of an owner's table is what? By its heading, in the words that are usual here."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from safar.control.documents.choices import ListedKind
from safar.control.documents.wording.refusals import TornList

FIELDS: Final = ("issuer", "number", "kind", "reported_on")
NEEDED: Final = ("issuer", "number")
# The words of an owner's headings, in small letters; `_` and `-` count as blanks.
HEADINGS: Final = {
    "issuer": (
        "issuer", "issued by", "issuing state", "issuing country", "country of issue", "country",
        "страна выдачи", "государство выдачи", "кем выдан", "страна", "берген өлкө", "өлкө",
    ),
    "number": (
        "number", "document number", "passport number", "document no", "passport no", "№",
        "номер", "номер документа", "номер паспорта", "серия и номер",
        "номери", "документтин номери", "паспорттун номери",
    ),
    "kind": (
        "kind", "status", "report", "fraud type", "type of loss",
        "статус", "вид", "причина", "абалы", "себеби",
    ),
    "reported_on": (
        "reported on", "reported", "date of report", "report date", "date of loss", "theft date",
        "date", "дата", "дата заявления", "дата утраты", "күнү", "билдирүү күнү",
    ),
}  # fmt: skip
KINDS: Final = {
    word: kind.value
    for kind, words in {
        ListedKind.LOST: ("", "lost", "утерян", "утрачен", "утеря", "жоголгон"),
        ListedKind.STOLEN: ("stolen", "похищен", "украден", "уурдалган"),
        ListedKind.VOID: (
            "void", "revoked", "invalid", "invalidated", "cancelled",
            "недействителен", "аннулирован", "жараксыз",
        ),
        ListedKind.STOLEN_BLANK: ("stolen blank", "stolen_blank", "похищенный бланк", "уурдалган бланк"),
    }.items()
    for word in words
}  # fmt: skip
_POINTED: Final = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where each field stands in a row, -1 where it does not; which headings are not read."""

    places: tuple[int, ...]  # as FIELDS
    width: int
    unread: tuple[str, ...]


def heading_of(row: list[str]) -> Heading:
    """Find the fields in a table's first line.

    Raises:
        TornList: a column that is needed is missing, or a field has two.
    """
    names = [_field(text) for text in row]
    for name in NEEDED:
        if name not in names:
            raise TornList("header", 1, found=name)
    for at, name in enumerate(names):
        if name and name in names[:at]:
            raise TornList("header_twice", 1, found=row[at].strip()[:60])
    places = tuple(names.index(name) if name in names else -1 for name in FIELDS)
    unread = [text.strip()[:60] for text, name in zip(row, names, strict=True) if not name]
    return Heading(places, len(row), tuple(filter(None, unread)))


def kind_of(text: str) -> str | None:
    """A kind as the database takes it, a value of `ListedKind`; nothing said means lost."""
    return KINDS.get(text.casefold())


def day_of(text: str) -> str | None:
    """A day as the database takes it, from 2026-01-31 or 31.01.2026; None where it is neither."""
    if pointed := _POINTED.fullmatch(text):
        text = "-".join(reversed(pointed.groups()))
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else None
    except ValueError:
        return None


def _field(heading: str) -> str:
    words = " ".join(re.split(r"[\s_-]+", heading.strip().strip('"').casefold())).strip(" .:")
    return next((name for name, known in HEADINGS.items() if words in known), "")
