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
def django_db_setup(django_db_setup, django_db_blocker):
    """Pages act as their wing's role in the tests too: what it may touch is granted."""
    from safar.config import wings

    with django_db_blocker.unblock():
        wings.grant()


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
    from safar.control.watchlist.matcher import NAMES
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
