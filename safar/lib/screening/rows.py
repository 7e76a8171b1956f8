"""Which entities and queries do these CSV files hold? A bad row is told by its line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safar.lib.screening.births import parse_birth
from safar.lib.screening.build import Builder
from safar.lib.screening.entity import Birth, Document, Query
from safar.lib.screening.errors import BadRow

FACTS: Final = ("birth_date", "sex", "citizenship", "document")
_LONGEST_FIELD: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line: an id, a name, and what else was given."""

    key: str
    name: str
    births: tuple[Birth, ...]
    sexes: frozenset[str]
    citizenships: tuple[str, ...]
    documents: tuple[Document, ...]


def rows(path: Path, key: str) -> Iterator[Row]:
    """The rows of a file with a header; `key` is the column of the id. Read as it goes.

    Raises:
        BadRow: no such column, text that is no UTF-8, or a row that cannot be understood.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        try:
            places = _places(path, next(reader, []), key)
            for fields in reader:
                if fields:
                    yield _row(fields, places)
        except UnicodeDecodeError:
            after = f"after line {reader.line_num}"
            raise BadRow(f"{path.name}, {after}: this is not UTF-8 text.") from None
        except (csv.Error, ValueError) as problem:
            raise BadRow(f"{path.name}, line {reader.line_num}: {problem}") from None


def _places(path: Path, header: list[str], key: str) -> dict[str, int]:
    names = [name.strip().lower() for name in header]
    for wanted in (key, "name"):
        if wanted not in names:
            raise BadRow(f"{path.name}, line 1: the header has no column {wanted}.")
    places = {name: names.index(name) for name in (*FACTS, "name") if name in names}
    return places | {"key": names.index(key)}


def _row(fields: list[str], places: dict[str, int]) -> Row:
    def field(name: str) -> str:
        at = places.get(name, -1)
        return fields[at].strip() if 0 <= at < len(fields) else ""

    if len(fields) <= max(places["key"], places["name"]):
        raise ValueError("the row is too short to have an id and a name.")
    if not field("key"):
        raise ValueError("the row has no id.")
    return Row(
        field("key"),
        field("name"),
        _births(field("birth_date")),
        _sexes(field("sex")),
        tuple(filter(None, (code.strip().upper() for code in field("citizenship").split(";")))),
        tuple(_document(text) for text in field("document").split(";") if text.strip()),
    )


def _births(text: str) -> tuple[Birth, ...]:
    found = (parse_birth(part) for part in text.split(";")) if text else ()
    return tuple(birth for birth in found if birth)


def _sexes(text: str) -> frozenset[str]:
    letter = text[:1].upper()
    if text and letter not in "FMXU<":
        raise ValueError(f"the sex {text[:20]!r} is none of F, M, X.")
    return frozenset({letter} & {"F", "M"})


def _document(text: str) -> Document:
    """`AA1234567`, or `UZB:AA1234567` with its issuer."""
    issuer, colon, number = text.strip().rpartition(":")
    return Document(number, issuer.strip().upper() if colon else "")


def read_list(path: Path, builder: Builder) -> None:
    """Put every row of a list into a builder; an id that comes back is the same entity."""
    for row in rows(path, "entity_id"):
        owner = builder.add_name(row.key, row.name)
        for birth in row.births:
            builder.add_birth(owner, birth)
        for sex in row.sexes:
            builder.add_sex(owner, sex)
        for code in row.citizenships:
            builder.add_citizenship(owner, code)
        for document in row.documents:
            builder.add_document(owner, document)


def read_queries(path: Path) -> Iterator[tuple[str, Query]]:
    """Each row as a query with its id."""
    for row in rows(path, "query_id"):
        facts = (row.births, row.sexes, row.citizenships, row.documents)
        yield row.key, Query((row.name,), *facts)


__all__ = ["BadRow", "Row", "read_list", "read_queries", "rows"]
