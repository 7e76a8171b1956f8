"""What every test stands on: a running PostgreSQL, forgotten caches, English pages."""

import os
import shutil

import pytest
from django.utils import translation


def pytest_configure() -> None:
    """Start the private PostgreSQL, unless DATABASE_URL names a server."""
    from safar.config import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.test")
    database.ensure_running()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Instead of pytest-django's: a copy of what the migrations made once.

    Pages act as their wing's role in the tests too. The rights to a table come with the copy;
    those to the database itself do not.
    """
    from django.db import connection

    from safar.config import wings
    from tests import database

    before = connection.settings_dict["NAME"]
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    with django_db_blocker.unblock():
        database.copy(name)
        database.point_at(name)
        wings.grant()
        connection.close()
    yield
    with django_db_blocker.unblock():
        database.point_at(before)
        database.drop(name)


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """Call it with what makes a world: the tests of one file have it together."""
    from tests import worlds

    with worlds.standing(django_db_blocker) as make:
        yield make


@pytest.fixture(autouse=True, scope="session")
def _no_clock():
    """A worker that a test starts does what the test queued, and not what is due at this hour."""
    from procrastinate.periodic import PeriodicDeferrer

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(PeriodicDeferrer, "get_previous_tasks", lambda _self, at: iter(()))
        yield


@pytest.fixture(autouse=True)
def _forget_between_tests():
    """Code lists in memory and names on disk outlive a rolled-back test; each starts without."""
    from django.conf import settings

    from safar.control.documents.queries import TABLE
    from safar.control.watchlist.screening.matcher import NAMES
    from safar.reference import queries as reference

    reference.forget()
    TABLE.forget()
    NAMES.forget()
    shutil.rmtree(settings.SAFAR_INDEX_FOLDER, ignore_errors=True)
    with translation.override("en"):
        yield


def pytest_unconfigure() -> None:
    """Leave no index of names behind."""
    from django.conf import settings

    if settings.configured:
        shutil.rmtree(settings.SAFAR_INDEX_FOLDER, ignore_errors=True)
