"""The tests' database: made by the migrations once for each content, and copied for each run.

The copy is a matter of a second; the migrations take most of a minute. The template lies in the
server that the tests use, under a name that tells what it was made from.
"""

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import BaseConstraint, Index
from psycopg import sql

from safar.config import database as config
from safar.config import wings

PREFIX, BUILDING = "safar_template_", "safar_building_"
KEPT = 3  # templates of one server: two trees may share it, each with its own migrations
LOCK = 5_147_001  # any number that is this file's own


def template() -> str:
    """The name of the database with every table and nothing else; made where there is none."""
    name = PREFIX + fingerprint()
    with maintenance() as server:
        # Workers and runs that begin together wait here for the one that builds.
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if name not in _names(server, PREFIX):
            _build(server, name)
    return name


def copy(name: str) -> None:
    """Make a database of this name anew, as the migrations leave it."""
    source = template()
    with maintenance() as server:
        _drop(server, name)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )


def address(name: str) -> str:
    """Where a database of this name lies, for programs of other processes."""
    return urlsplit(config.url())._replace(path=f"/{name}").geturl()


def drop(name: str) -> None:
    with maintenance() as server:
        _drop(server, name)


def _append_in_place(
    state: ProjectState, app_label: str, model: str, option: str, one: BaseConstraint | Index
) -> None:
    """A constraint or an index more: Django would define dozens of related models anew for each.

    That is half of all the time of the migrations; the statements to the database are the same.
    """
    options = state.models[app_label, model].options
    options[option] = [*options[option], one]
    if "apps" in state.__dict__:
        meta = state.apps.get_model(app_label, model)._meta
        setattr(meta, option, [*getattr(meta, option), one])


def _add_in_place(self: ProjectState, model_state: ModelState) -> None:
    """A model more: Django would define anew whatever it refers to, over several hands.

    That was two thirds of what was left. The reverse side of a relation comes with the model.
    """
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:  # type: ignore[attr-defined]  # Django's own, not in the stubs
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


def point_at(name: str) -> None:
    """Django's connection goes to the database of this name."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def fingerprint() -> str:
    """What a template is made from: migrations, the SQL they take from elsewhere, models, rights."""
    digest = hashlib.sha256()
    for key, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        digest.update(repr(key).encode())
        digest.update(Path(inspect.getfile(type(migration))).read_bytes())
        for operation in migration.operations:
            digest.update(_statements(operation).encode())
    digest.update(Path(wings.__file__).read_bytes())
    digest.update(repr(sorted(_rights())).encode())
    return digest.hexdigest()[:16]


def _statements(operation: Operation) -> str:
    """The SQL of an operation, which may be written in another file than the migration."""
    if isinstance(operation, SeparateDatabaseAndState):
        return "".join(map(_statements, operation.database_operations))
    return repr((operation.sql, operation.reverse_sql)) if isinstance(operation, RunSQL) else ""


def _rights() -> list[str]:
    """The models and rights that Django keeps a row of, once the migrations are through."""
    return [
        repr((one._meta.label, one._meta.permissions, one._meta.default_permissions))
        for one in apps.get_models()
    ]


def _build(server: "psycopg.Connection[Any]", name: str) -> None:
    """Build under another name: what was broken off is never taken for a template."""
    building = name.replace(PREFIX, BUILDING)
    for left in _names(server, BUILDING):
        _drop(server, left)
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(building)
        )
    )
    before = connection.settings_dict["NAME"]
    point_at(building)
    try:
        with patch.multiple(ProjectState, _append_option=_append_in_place, add_model=_add_in_place):
            call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        wings.grant()
    finally:
        point_at(before)
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(building), sql.Identifier(name)
        )
    )
    for old in _names(server, PREFIX)[KEPT:]:
        _drop(server, old)


def _names(server: "psycopg.Connection[Any]", prefix: str) -> list[str]:
    """The databases whose name begins so, the newest first."""
    found = server.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC",
        [prefix],
    )
    return [name for (name,) in found]


def _drop(server: "psycopg.Connection[Any]", name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def maintenance() -> Iterator["psycopg.Connection[Any]"]:
    """A connection to the server's own database, which takes what no transaction may hold."""
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    for django_only in ("cursor_factory", "context", "prepare_threshold", "server_side_binding"):
        parameters.pop(django_only, None)
    with psycopg.connect(**parameters, autocommit=True) as server:
        yield server
