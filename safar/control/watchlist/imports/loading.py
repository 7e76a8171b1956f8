"""How does a new version of a list take the place of the old one, in one piece?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import F, Model
from django.utils import timezone

from safar.control.watchlist.choices import ImportStage, Script
from safar.control.watchlist.imports.comparing import (
    ADDED,
    BATCH,
    CHANGED,
    RETURNED,
    Compared,
    Held,
    Plan,
    Tell,
    batches,
    silent,
)
from safar.control.watchlist.models import (
    EntryBirth,
    EntryDocument,
    EntryName,
    ImportRun,
    ListEntry,
    WatchList,
)
from safar.control.watchlist.sources.parsed import ParsedEntry
from safar.control.watchlist.workflow import ENTRY
from safar.core.node import uuid7
from safar.core.record import guard
from safar.lib.names import fold

COLUMNS: Final[Mapping[type[Model], tuple[str, ...]]] = {
    EntryName: ("id", "entry_id", "text", "script", "is_primary", "is_weak", "fold"),
    EntryBirth: ("id", "entry_id", "year", "month", "day", "year_to", "approximate"),
    EntryDocument: ("id", "entry_id", "kind", "issuer", "number"),
}
Pairs = list[tuple[UUID, ParsedEntry]]
Row = tuple[Any, ...]
REWRITE: Final = """
UPDATE watchlist_listentry SET sex = new.sex, remarks = new.remarks,
    citizenships = string_to_array(new.citizenships, ' '), fingerprint = new.fingerprint,
    content_version = content_version + 1, version = version + 1, changed_at = %s
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS new(id, sex, remarks, citizenships, fingerprint)
WHERE watchlist_listentry.id = new.id
"""


def apply(
    run: ImportRun, watch_list: WatchList, entries: Iterable[ParsedEntry], tell: Tell = silent
) -> Plan:
    """Write what the file changes; the caller's transaction makes it all or nothing.

    The file is read once more, in flat memory; returned is what was written.
    """
    held = Held.of(watch_list)
    done = Plan(in_force=held.in_force)
    total = run.added + run.changed + run.same + run.gone
    for batch in batches(held.compared(entries)):
        _write(run, watch_list, batch, done)
        tell(done.added + done.changed + done.same, total, ImportStage.WRITING)
    gone = held.gone()
    for keys in batches(gone):
        _move(keys, "end")
        done.gone += len(keys)
        tell(done.added + done.changed + done.same + done.gone, total, ImportStage.WRITING)
    if done.added + done.changed >= BATCH:
        tell(total, total, ImportStage.SETTLING)
        _settle()
    return done


def _settle() -> None:
    """Check the references here, by plans that know how large the tables have become.

    A session keeps its plans of such checks; made while a table was small they read all of it
    for each row, which takes hours at the commit.
    """
    with connection.cursor() as cursor:
        tables = [ListEntry._meta.db_table, *(model._meta.db_table for model in COLUMNS)]
        for table in tables:
            cursor.execute(f'ANALYZE "{table}"')
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _write(run: ImportRun, watch_list: WatchList, batch: list[Compared], done: Plan) -> None:
    new = [(uuid7(), one) for kind, _pk, one in batch if kind == ADDED]
    again = [(pk, one) for kind, pk, one in batch if kind in (CHANGED, RETURNED) and pk]
    back = [pk for kind, pk, _one in batch if kind == RETURNED and pk]
    if new:
        _add(run, watch_list, new)
    if again:
        _rewrite(again)
    if back:
        _move(back, "return")
    done.added += len(new) + len(back)
    done.changed += len(again) - len(back)
    done.same += len(batch) - len(new) - len(again)


def _add(run: ImportRun, watch_list: WatchList, pairs: Pairs) -> None:
    """New entries are alike in all but what their source says of them."""
    alike = _new_entry(run, watch_list)
    fields = ListEntry._meta.concrete_fields
    own = ("id", "source_key", "sex", "citizenships", "remarks", "fingerprint")
    columns = [field.column for field in fields if field.column not in own]
    values = tuple(getattr(alike, field.attname) for field in fields if field.column not in own)
    rows = (
        (pk, one.key, one.sex, list(one.citizenships), one.remarks, one.fingerprint(), *values)
        for pk, one in pairs
    )
    copy_in(ListEntry, (*own, *columns), rows)
    _write_identities(pairs)


def _new_entry(run: ImportRun, watch_list: WatchList) -> ListEntry:
    entry = ListEntry(
        list=watch_list,
        instruction=watch_list.default_instruction,
        legal_ground=watch_list.default_ground or watch_list.name,
        contact=watch_list.contact,
        in_force_from=timezone.localdate(),
        changed_at=run.decided_at or timezone.now(),
        proposed_at=run.prepared_at,
        proposed_by_id=run.prepared_by_id,
        proposed_by_name=run.prepared_by_name,
        decided_at=run.decided_at,
        decided_by_id=run.decided_by_id,
        decided_by_name=run.decided_by_name,
    )
    ENTRY.move(entry, "publish")
    return entry


def _rewrite(pairs: Pairs) -> None:
    guard(ListEntry)
    keys = [pk for pk, _parsed in pairs]
    said = [parsed for _pk, parsed in pairs]
    with connection.cursor() as cursor:
        cursor.execute(
            REWRITE,
            [
                timezone.now(),
                keys,
                [one.sex for one in said],
                [one.remarks for one in said],
                [" ".join(one.citizenships) for one in said],
                [one.fingerprint() for one in said],
            ],
        )
    for model in COLUMNS:
        model.objects.filter(entry__in=keys).delete()  # type: ignore[attr-defined]
    _write_identities(pairs)


def _move(keys: list[UUID], move: str) -> None:
    for before, after in ENTRY.moves[move].items():
        found = ListEntry.objects.filter(pk__in=keys, status=before)
        found.update(status=after, version=F("version") + 1)


def _write_identities(pairs: Pairs) -> None:
    for model, columns in COLUMNS.items():
        rows = (row for pk, parsed in pairs for row in _rows(model, pk, parsed))
        copy_in(model, columns, rows)


def copy_in(model: type[Model], columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Add rows by COPY: several times faster than INSERT, and without its limit of values."""
    guard(model)
    names = ", ".join(f'"{name}"' for name in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)


def identities(entry_id: UUID, parsed: ParsedEntry) -> list[Model]:
    """The rows of an entry's names, births and documents, not yet written."""
    return [
        model(**dict(zip(columns, row, strict=True)))
        for model, columns in COLUMNS.items()
        for row in _rows(model, entry_id, parsed)
    ]


def _rows(model: type[Model], key: UUID, parsed: ParsedEntry) -> Iterator[Row]:
    """The values of an entry's rows in a table of identities, as `COLUMNS` names them."""
    if model is EntryName:
        for number, (text, weak) in enumerate(parsed.names):
            script = script_of(text).value
            yield uuid7(), key, text, script, number == 0, weak, fold(text)[:300]
    elif model is EntryBirth:
        for birth in parsed.births:
            date = birth.date
            yield uuid7(), key, date.year, date.month, date.day, birth.year_to, birth.approximate
    else:
        for kind, issuer, number_text in parsed.documents:
            yield uuid7(), key, kind, issuer, number_text


def script_of(name: str) -> Script:
    """The script of a name's first letter outside ASCII; Latin where there is none."""
    for letter in name:
        code = ord(letter)
        if 0x400 <= code <= 0x52F:
            return Script.CYRILLIC
        if 0x600 <= code <= 0x6FF or 0x750 <= code <= 0x77F or 0xFB50 <= code <= 0xFEFF:
            return Script.ARABIC
        if letter.isalpha() and code > 0x24F and not 0x1E00 <= code < 0x1F00:
            return Script.OTHER
    return Script.LATIN
