"""Reads on the booth's path: building their statement takes longer than running it.

So the ORM builds it once, with stand-ins, and from then on it runs with what is asked.
"""

import inspect
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, models

P = ParamSpec("P")
Row = TypeVar("Row")
STAND_INS: dict[type, Callable[[int], Any]] = {
    str: "\x01{}".format,
    UUID: lambda number: UUID(int=number + 1),
    datetime: lambda number: datetime(1, 1, 1, microsecond=number + 1, tzinfo=UTC),
}


class prepared(threading.local, Generic[P, Row]):  # noqa: N801 - it is written as a decorator
    """Decorate a function of texts, keys and times that returns a queryset: calling it reads.

    Its statement must be the same whatever is asked; a list or None among the values is not.
    """

    def __init__(self, rows: Callable[P, models.QuerySet[Any, Row]]) -> None:
        self.rows: Any = rows  # what is asked, like the connection, is a thread's own
        self.asked: tuple[Any, ...] = ()

    @cached_property
    def built(self) -> tuple[Any, list[str], list[tuple[Any, int | None]]]:
        kinds = inspect.signature(self.rows, eval_str=True).parameters
        values = [STAND_INS[kind.annotation](n) for n, kind in enumerate(kinds.values())]
        queryset = self.rows(*values)
        compiler = queryset.query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        compiler.as_sql = lambda *_, **__: (sql, self.asked)
        queryset.query.get_compiler = lambda *_, **__: compiler
        places = [(value, values.index(value) if value in values else None) for value in params]
        return queryset, list(kinds), places

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        queryset, names, places = self.built
        values = [*args, *(kwargs[name] for name in names[len(args) :])]
        self.asked = tuple(fixed if n is None else values[n] for fixed, n in places)
        return list(queryset._iterable_class(queryset))
