"""Makers of owners' lists of lost documents: their files, opened lists, and imports half way."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from safar.accounts.models import User
from safar.control.documents import actions, tasks
from safar.control.documents.files import listed as listed_reading
from safar.control.documents.imports import listed
from safar.control.documents.models import ListedImport, ListedSource
from safar.core.permissions import system
from tests import cast
from tests.makers.accounts import actor, sign_in

HEAD = "issuer,number,kind,reported_on\n"
MAKER = system("makers")
PARTS = "^documents_listed_[0-9]"


def browser(who: User) -> Client:
    """Somebody who is signed in."""
    client = Client()
    sign_in(client, who)
    return client


def page(name: str, run: ListedImport) -> str:
    """Where a page of an import is."""
    return reverse(f"documents:{name}", args=[run.pk])


def text(client: Client, url: str, **headers: str) -> str:
    """What a page says that must be there."""
    response = client.get(url, headers=headers)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def numbers(count: int, start: int = 0) -> str:
    """A list of so many lost documents: U0000000 and on, of Russia."""
    return HEAD + "".join(f"RUS,U{number:07d},lost,\n" for number in range(start, start + count))


def book(rows: Sequence[Sequence[Any]]) -> bytes:
    """An XLSX workbook of these rows."""
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def formatted(*cells: tuple[Any, str]) -> bytes:
    """A workbook of Russia's lost documents whose numbers bear these formats."""
    made, out = Workbook(), io.BytesIO()
    made.active.append(HEAD.strip().split(","))
    for value, shown in cells:
        made.active.append(["RUS", value, "lost", None])
        made.active.cell(made.active.max_row, 2).number_format = shown
    made.save(out)
    return out.getvalue()


def opened(code: str = "sltd") -> ListedSource:
    """The empty list of an owner; the same one when asked for again."""
    found = ListedSource.objects.filter(code=code).first()
    return found or actions.add_source(MAKER, None, code=code, name=code.upper())


def loaded(folder: Path, text: str, code: str = "sltd") -> ListedSource:
    """A list with a version in force, as the command line loads it."""
    source, path = opened(code), folder / "loaded.csv"
    path.write_text(text)
    outcome = listed_reading.Outcome()
    blocks = listed_reading.blocks(path, source.number, outcome, lambda *_: None)
    file = actions.ListedFile(path.name, "", blocks, lambda: outcome.left_out)
    return actions.replace_listed(MAKER, None, source=source, file=file, confirm_shrink=True)


def proposed(content: str | bytes, by: Any = None, code: str = "sltd") -> ListedImport:
    """A file that was put forward; a worker has not read it yet."""
    raw = content.encode() if isinstance(content, str) else content
    return actions.propose_list(
        actor(by or cast.elena()), opened(code), name="list.csv", content=io.BytesIO(raw),
        start=tasks.start,
    )  # fmt: skip


def work() -> list[str]:
    """What a worker does: the jobs that wait, each once."""
    jobs = list(ProcrastinateJob.objects.filter(status="todo").order_by("pk"))
    for job in jobs:
        if job.task_name == "documents.read_list":
            tasks.read_list(**job.args)
    ProcrastinateJob.objects.filter(pk__in=[job.pk for job in jobs]).delete()
    return [job.task_name for job in jobs]


def read(content: str | bytes, code: str = "sltd") -> ListedImport:
    """A file that was put forward and read: prepared, or failed."""
    run = proposed(content, code=code)
    work()
    return ListedImport.objects.get(pk=run.pk)


def tables() -> set[str]:
    """Every table of a version of a list: in force, or staged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ %s", [PARTS])
        return {name for (name,) in cursor.fetchall()}


def in_force(source: ListedSource) -> str | None:
    return listed.part_in_force(source.number)
