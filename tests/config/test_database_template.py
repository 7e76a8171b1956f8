"""Is the tests' database made once for each content, and never taken half-made?"""

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from tests import database

pytestmark = pytest.mark.slow


def databases() -> set[str]:
    with database.maintenance() as server:
        return {name for (name,) in server.execute("SELECT datname FROM pg_database")}


@pytest.fixture
def unblocked(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield
        connection.close()


@pytest.fixture
def other_content(unblocked, monkeypatch):
    """The content is another one: a template of its own, gone after the test."""
    mark = f"test_{connection.settings_dict['NAME']}"
    monkeypatch.setattr(database, "fingerprint", lambda: mark)
    monkeypatch.setattr(database, "KEPT", 1000)
    yield mark
    for prefix in (database.PREFIX, database.BUILDING):
        database.drop(prefix + mark)


def test_the_same_content_is_built_once(unblocked, monkeypatch):
    monkeypatch.setattr(database, "call_command", lambda *_, **__: pytest.fail("built again"))
    assert database.template() in databases()


def test_another_content_is_built_anew(other_content, monkeypatch):
    built = []
    monkeypatch.setattr(database, "call_command", lambda *_, **__: built.append("migrate"))
    monkeypatch.setattr("safar.config.wings.grant", lambda: None)
    assert database.template() == database.template()
    assert built == ["migrate"]


def test_what_was_broken_off_is_no_template(other_content, monkeypatch):
    def breaks(*_args, **_options):
        raise KeyboardInterrupt

    before = connection.settings_dict["NAME"]
    monkeypatch.setattr(database, "call_command", breaks)
    with pytest.raises(KeyboardInterrupt):
        database.template()
    assert database.PREFIX + other_content not in databases()
    assert connection.settings_dict["NAME"] == before


def test_a_changed_statement_is_another_content(unblocked, monkeypatch):
    before = database.fingerprint()
    assert database.fingerprint() == before
    changed = migrations.RunSQL("SELECT 1")
    operations = [*_first().operations, changed]
    monkeypatch.setattr(_first(), "operations", operations)
    assert database.fingerprint() != before


def _first() -> type[migrations.Migration]:
    return type(MigrationLoader(None).disk_migrations["core", "0001_initial"])
