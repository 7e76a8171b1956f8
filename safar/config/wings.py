"""Which PostgreSQL role each wing's pages act as, and what that role may touch.

Each wing has a role of its own with rights on its own tables and on the ground floor's.
Neither owns a table nor is exempt from row-level security, so a mistake in a query of one
wing cannot read the other's (DESIGN §1, ADR 14).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase
from psycopg import sql

from safar.core.permissions import Request

CONTROL, ASSISTANCE = "control", "assistance"
WINGS = (CONTROL, ASSISTANCE)
ROLE = "safar_{}"
ENTER = "SELECT set_config('role', %s, false), set_config('safar.user', %s, false)"
Answer = Callable[[HttpRequest], HttpResponseBase]


def wing_of(module: str) -> str:
    """The wing that code belongs to. What is of neither (accounts, figures) acts as control."""
    return ASSISTANCE if module.startswith("safar.assistance.") else CONTROL


class Wing:
    """Each page acts as its wing's role, and the database knows on whose behalf."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.role_before = None  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            _leave(request.role_before)  # type: ignore[attr-defined]

    def process_view(self, request: Request, view: Any, *_rest: Any) -> None:
        wing = wing_of(view.__module__)
        before = connection.settings_dict.get("SAFAR_ROLE") or _role_now()
        if wing == ASSISTANCE or before != ROLE.format(wing):
            actor = getattr(request, "actor", None)
            request.role_before = before  # type: ignore[attr-defined]
            _enter(ROLE.format(wing), actor.user_id if actor else None)


@contextmanager
def acting_in(wing: str, user_id: UUID | None) -> Iterator[None]:
    """Act as a wing's role on behalf of a user: for background work and for the tests."""
    before = _role_now()
    _enter(ROLE.format(wing), user_id)
    try:
        yield
    finally:
        _leave(before)


def _enter(role: str, user_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [role, str(user_id or "")])


def _leave(before: str | None) -> None:
    """Back to the role of before. A connection that broke begins anew as what it may be."""
    if before is None or connection.connection is None or connection.needs_rollback:
        return
    try:
        _enter(before, None)
    except DatabaseError:
        connection.close()  # the next one begins as what it may be


def _role_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        return str(cursor.fetchone()[0])


def grant(**_of_migrate: Any) -> None:
    """Give each wing's role what its pages need, and take away the rest. Can be run again.

    What reads with the owner's eyes is called by nobody but the pages that need it, and no page
    makes a temporary table: one of the name of a true table would be read in its place.

    Raises:
        psycopg.errors.InsufficientPrivilege: the database's user may not make roles; its
            administrator makes them first (docs/installing.md).
    """
    with connection.cursor() as cursor:
        for wing in WINGS:
            role = ROLE.format(wing)
            cursor.execute(MAKE_ROLE.format(role=role))
            cursor.execute(ON_SCHEMA.format(role=role))
        for table, wings in _tables(cursor).items():
            for wing in WINGS:
                rights = RIGHTS if wing in wings else NO_RIGHTS
                cursor.execute(
                    sql.SQL(rights)
                    .format(table=sql.Identifier(table), role=sql.Identifier(ROLE.format(wing)))
                    .as_string(None)
                )
        cursor.execute(NO_TEMPORARY_TABLES)
        for function, name in _with_the_owners_eyes(cursor):
            cursor.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
            for wing in (wing for wing in WINGS if name in ASKED_BY_PAGES[wing]):
                role = ROLE.format(wing)
                cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {role}")


def _tables(cursor: Any) -> dict[str, frozenset[str]]:
    """Every table of the database, and the wings whose pages may touch it."""
    labels = {app.label: _own_wings(app.name) for app in apps.get_app_configs()}
    cursor.execute(TABLES)
    return {name: labels.get(name.split("_")[0], frozenset(WINGS)) for (name,) in cursor.fetchall()}


def _with_the_owners_eyes(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute(OWNERS_EYES)
    return list(cursor.fetchall())


def _own_wings(app: str) -> frozenset[str]:
    wing = next((wing for wing in WINGS if app.startswith(f"safar.{wing}.")), None)
    return frozenset({wing}) if wing else frozenset(WINGS)


# Roles belong to the whole server: another database of it may be making the same one.
MAKE_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
        EXECUTE format('GRANT {role} TO %I', current_user);
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
ON_SCHEMA = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}
"""
TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
"""
RIGHTS = "GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"
NO_RIGHTS = "REVOKE ALL ON {table} FROM {role}"
# Walls, guards and pages of a wing ask these; every other one is called by triggers alone.
ASKED_BY_PAGES = {
    CONTROL: frozenset({"documents_hang_in", "documents_drop_part"}),
    ASSISTANCE: frozenset(
        {
            "safar_named_cases",
            "safar_names_sounding",
            "safar_is_being_erased",
            "safar_erase",
            "safar_line_totals",
            "safar_hand_over",
            "safar_may_join",
            "movements_places_taken",
        }
    ),
}
OWNERS_EYES = """
SELECT oid::regprocedure::text, proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prosecdef AND pg_has_role(proowner, 'MEMBER')
"""
# The owner keeps the right: the command that imports reported documents uses such a table.
NO_TEMPORARY_TABLES = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
            WHERE d.datname = current_database() AND a.grantee = 0
            AND a.privilege_type = 'TEMPORARY' AND pg_has_role(d.datdba, 'MEMBER')) THEN
        EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    END IF;
END $$
"""
