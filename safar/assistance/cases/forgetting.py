"""What is erased with a case, in every table that knows of it: all words, unless they are codes.

Nobody has to remember a new table: whatever leads to a case by its keys is found, and each of
its texts goes that is no choice, no code of three letters, and not named in `kept_when_erased`.
"""

import json
from collections import deque
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from safar.assistance.cases.models import Case, Person

HASH, NO_HASH = "sha256", "0" * 64  # of words that can be guessed: a hash would confirm them
CODE: Final = 3  # letters: countries, languages, currencies
# Columns without a word about a person, of tables that do not say so themselves.
KEPT: Final[Mapping[str, frozenset[str]]] = {
    "cases.case": frozenset({"number", "programme", "scheme", "status"}),
    "cases.casemove": frozenset({"move", "before", "after"}),
    "cases.casekey": frozenset({"wrapped", "wrapped_by"}),
    "cases.documentversion": frozenset({"file_type"}),
    "cases.consent": frozenset({"form_version", "language"}),
    "cases.disclosure": frozenset({"fields"}),
    "cases.referral": frozenset({"shares"}),
    "cases.referralmove": frozenset({"move"}),
    "cases.incomingreferral": frozenset({"programme"}),
    # money is accounted for longer than casework is kept
    "cases.approval": frozenset({"subject", "rule"}),
    "cases.grant": frozenset({"rule"}),
    "cases.payment": frozenset({"receipt"}),
    "cases.purchase": frozenset({"order_number"}),
}
Hops = list[tuple[str | None, str]]  # from the case down: (table, column); the last without table


@cache
def paths() -> dict[type[models.Model], tuple[str, ...]]:
    """Return how each table of the wing leads to a case: the names of its keys, nearest first."""
    wing = [m for m in apps.get_models() if m.__module__.startswith("safar.assistance.")]
    found: dict[type[models.Model], tuple[str, ...]] = {Case: ()}
    left: deque[type[models.Model]] = deque([Case])
    while left:
        parent = left.popleft()
        for model in wing:
            key = _key_to(model, parent)
            if model not in found and model is not Person and key:
                found[model] = (key, *found[parent])
                left.append(model)
    return found


def plan() -> list[dict[str, Any]]:
    """Return, for each table, how its rows of a case are found, and what of them goes."""
    return [
        {
            "table": model._meta.db_table,
            "hops": _hops(model, keys),
            "words": [f.column for f in _columns(model) if _is_text(f)],
            "blank": {f.column: _nothing(f) for f in _columns(model) if not _is_text(f)},
            "people": [f.column for f in _keys_of(model) if f.related_model is Person],
        }
        for model, keys in paths().items()
    ]


def erase(case_id: UUID, husks: Mapping[UUID, UUID]) -> None:
    """Blank everything of a case whose key is destroyed in this transaction.

    Args:
        husks: for each of its people, the row without a name that stays in her place.
    """
    people = json.dumps({str(was): str(husk) for was, husk in husks.items()})
    with connection.cursor() as cursor:
        cursor.execute("SELECT safar_erase(%s, %s, %s)", [case_id, json.dumps(plan()), people])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what still points at her is said now


def _is_text(field: Any) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not field.name.endswith(HASH)


def _nothing(field: Any) -> str | None:
    """What a column that is no text holds afterwards."""
    if isinstance(field, models.BinaryField):
        return None if field.null else ""
    return NO_HASH if field.name.endswith(HASH) else "{}"


def _is_kept(field: "models.Field[Any, Any]") -> bool:
    model = field.model
    own = KEPT.get(model._meta.label_lower, frozenset()) | {*getattr(model, "kept_when_erased", ())}
    inner = field.base_field if isinstance(field, ArrayField) else field
    words = isinstance(
        inner, models.CharField | models.TextField | models.JSONField | models.BinaryField
    )
    is_code = bool(inner.choices) or (inner.max_length or CODE + 1) <= CODE
    return not words or field.name in own or is_code or bool(field.unique)


def _columns(model: type[models.Model]) -> Iterable[Any]:
    """The columns that go."""
    own = model._meta.local_concrete_fields
    return (f for f in own if not f.is_relation and not _is_kept(f))


def _keys_of(model: type[models.Model]) -> list[Any]:
    return [f for f in model._meta.local_concrete_fields if f.many_to_one or f.one_to_one]


def _key_to(model: type[models.Model], parent: type[models.Model]) -> str:
    keys = [f.name for f in _keys_of(model) if f.related_model is parent and parent is not model]
    return "case" if "case" in keys else next(iter(keys), "")


def _hops(model: type[models.Model], keys: tuple[str, ...]) -> list[dict[str, str]]:
    """The way from the case down to the model's rows; the last hop is its own condition."""
    if not keys:
        return [{"column": "id"}]
    way, at = list[dict[str, str]](), model
    for number, key in enumerate(keys):
        field: Any = at._meta.get_field(key)
        way.insert(0, {"column": field.column} | ({"table": at._meta.db_table} if number else {}))
        at = field.related_model
    return way
