"""A world that several tests look at: made once, and rolled back after the last of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

Makes = Callable[[Callable[[], Any]], Any]


@contextmanager
def standing(blocker: DjangoDbBlocker) -> Iterator[Makes]:
    """Hold a transaction around those of the tests, and give what makes a world in it.

    What a test does is rolled back to the world as it was made.
    """
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # as Django's own, around a test
    with blocker.unblock():
        around.__enter__()

    def make(world: Callable[[], Any]) -> Any:
        with blocker.unblock(), translation.override("en"):
            made = world()
            connection.check_constraints()  # here, and not once more after each test
        return made

    try:
        yield make
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
