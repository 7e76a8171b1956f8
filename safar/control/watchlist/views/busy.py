"""What is said where an import, or another person, holds what a page of the lists needs?"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import ImportStatus
from safar.control.watchlist.models import ImportRun
from safar.core.errors import Unavailable
from safar.core.permissions import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]
WAIT: Final = "4s"  # for a lock; the worker, which nobody looks at, waits as long as it takes
LOCKED: Final = "55P03"  # PostgreSQL's SQLSTATE for "lock not available"
REPLACED: Final = _(
    "This list is being replaced just now. Try again in a minute: nothing of this was recorded."
)
TAKEN: Final = _(
    "Somebody else is changing this just now. Try again in a minute: nothing of this was recorded."
)


def soon(view: View[P]) -> View[P]:
    """Make a page answer soon: it waits a few seconds for a lock, then says who holds it.

    Raises:
        Unavailable: the lock was not to be had.
    """

    @functools.wraps(view)
    def answer(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            with _short_waits():
                return view(request, *args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCKED:
                raise
            raise Unavailable(_who_holds_it(), code="E-509") from error

    return cast("View[P]", answer)


@contextmanager
def _short_waits() -> Iterator[None]:
    _wait_for(WAIT)
    try:
        yield
    finally:
        with suppress(DatabaseError, InterfaceError):  # it broke: the next one begins anew
            _wait_for("0")


def _wait_for(how_long: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [how_long])


def _who_holds_it() -> Any:
    loading = ImportRun.objects.filter(status=ImportStatus.LOADING)
    return REPLACED if loading.exists() else TAKEN
