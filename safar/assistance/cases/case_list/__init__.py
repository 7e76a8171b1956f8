"""What does a list of cases say? One line a person; lines with the same key are one case.

Columns are found by their headings, in English or Russian. A line that cannot be taken says why,
and its whole case stays out: no case is half there.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.case_list import cells as of
from safar.assistance.cases.case_list import families
from safar.assistance.cases.case_list.shapes import (
    Imported,
    Importer,
    Listed,
    Where,
    Wrong,
    refuse,
    texts_of,
)
from safar.assistance.cases.case_words import plain
from safar.assistance.cases.name_keys import keys_of
from safar.assistance.cases.sheets import Formula, Row, refused

if TYPE_CHECKING:
    from safar.assistance.cases.models import CaseImportRow

__all__ = ["COLUMNS", "Imported", "Importer", "Listed", "Where", "read", "texts_of"]

# field -> headings under which it is found
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "key": ("case", "case key", "case number", "дело", "номер дела", "ключ дела"),
    "office": ("office", "офис", "бюро"),
    "programme": ("programme", "program", "программа"),
    "scheme": ("scheme", "схема"),
    "opened_on": ("opened on", "opened", "date opened", "открыто", "дата открытия"),
    "status": ("state", "status", "состояние", "статус"),
    "closed_on": ("closed on", "closed", "date closed", "закрыто", "дата закрытия"),
    "closure": ("how it ended", "outcome", "итог", "чем закончилось"),
    "surname": ("surname", "last name", "family name", "фамилия"),
    "given_names": ("given names", "given name", "first name", "имя", "имена"),
    "patronymic": ("patronymic", "отчество"),
    "birth": ("birth", "born", "date of birth", "birth date", "дата рождения", "год рождения"),
    "sex": ("sex", "gender", "пол"),
    "citizenships": ("citizenship", "citizenships", "nationality", "гражданство"),
    "role": ("role", "relationship", "роль", "кем приходится"),
    "number": ("unhcr number", "unhcr", "unhcr no", "номер увкб", "номер увкб оон"),
    "phone": ("phone", "telephone", "phone number", "телефон"),
}


def read(lines: Iterable[Row], where: Where) -> Listed:
    """Read a list; every line is checked by itself, and then with its case.

    Raises:
        RuleBroken: there are no headings, or not those without which there is no case.
    """
    found = iter(lines)
    first = next(found, None)
    if first is None:
        raise refused(_("The file is empty."))
    columns, own, unread = _columns(first[1])
    listed = Listed(unread=unread)
    listed.rows = [_row(number, cells, columns, own, where) for number, cells in found]
    if not listed.rows:
        raise refused(_("There is no line below the headings."))
    families.check(listed.rows, where)
    return listed


def _columns(head: list[str]) -> tuple[dict[str, int], dict[str, tuple[str, int]], list[str]]:
    """Where each field stands, where the programmes' own do, and what is not read."""
    known = {heading: name for name, headings in COLUMNS.items() for heading in headings}
    theirs = _own_headings()
    columns: dict[str, int] = {}
    own: dict[str, tuple[str, int]] = {}
    unread = []
    for at, text in enumerate(head):
        heading = plain(text)
        if name := known.get(heading):
            if name in columns:
                raise refused(_("Two columns say the same: “%(name)s”.") % {"name": text[:60]})
            columns[name] = at
        elif heading in theirs:
            own[heading] = (text, at)
        elif heading:
            unread.append(text[:60])
    if "key" not in columns or not {"surname", "given_names"} & set(columns):
        raise refused(
            _("The first line needs headings; without “case” and “surname” there is no list.")
        )
    return columns, own, unread


def _own_headings() -> set[str]:
    importers = (one.importer for one in programmes.known() if one.importer)
    return {plain(h) for one in importers for names in one.columns.values() for h in names}


def _row(
    number: int,
    cells: list[str],
    columns: Mapping[str, int],
    own: Mapping[str, tuple[str, int]],
    where: Where,
) -> "CaseImportRow":
    from safar.assistance.cases.models import CaseImportRow

    row = CaseImportRow(line=number)
    texts = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
    for name in of.FIELDS:
        text = texts.get(name, "")
        try:
            if isinstance(text, Formula):
                raise Wrong("formula")
            of.take(row, name, text, where)
        except Wrong as wrong:
            refuse(row, wrong.code, name, wrong.found or text)
    if not row.key:
        refuse(row, "no_key", "key", "")
    if not keys_of(row.name):
        refuse(row, "no_name", "surname", row.name)
    _take_own(row, cells, own, where)
    return row


def _take_own(
    row: "CaseImportRow", cells: list[str], own: Mapping[str, tuple[str, int]], where: Where
) -> None:
    importer = programmes.get(row.programme or where.programme).importer
    if importer is None:
        return
    at = {plain(h): name for name, headings in importer.columns.items() for h in headings}
    row.own = {
        at[heading]: cells[place][:300]
        for heading, (_text, place) in own.items()
        if heading in at and place < len(cells) and cells[place]
    }
    if why_not := importer.check(row.own):
        refuse(row, "own", why_not[0], why_not[1])
