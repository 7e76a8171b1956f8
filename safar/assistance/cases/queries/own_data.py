"""What is kept about one person, as she may have it: nothing of other people, no hidden case."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from safar.assistance.cases.forgetting import paths
from safar.assistance.cases.models import (
    Case,
    Document,
    DocumentVersion,
    IncomingReferral,
    Note,
    OwnDataCopy,
    Person,
)
from safar.assistance.cases.queries import notes
from safar.assistance.cases.queries.notes import Read
from safar.core.permissions import Actor
from safar.core.record import Record

# Shown and decided one by one; and what a partner wrote of whomever it liked.
BY_HAND: Final = {Person, Document, DocumentVersion, Note, IncomingReferral}
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class NotesOfCase:
    """The notes of one of her cases, opened, so that it can be decided which are hers to have."""

    case: Case
    notes: list[Read]


def cases_of(actor: Actor, person: Person) -> QuerySet[Case]:
    """The cases to which she belongs, those in sight of whoever answers her."""
    found = Case.objects.visible_to(actor).filter(members__person=person)
    return found.order_by("opened_on")


def own_documents(actor: Actor, person: Person) -> QuerySet[Document]:
    """The documents that are hers by name."""
    return _with_versions(actor).filter(person=person)


def shared_documents(actor: Actor, person: Person) -> QuerySet[Document]:
    """The documents of her cases that name nobody: whether they are hers is decided one by one."""
    return _with_versions(actor).filter(person=None, case__in=cases_of(actor, person))


def notes_by_case(actor: Actor, person: Person) -> list[NotesOfCase]:
    """The notes of her cases with their words, for the officer who decides."""
    return [
        NotesOfCase(case, notes.opened(case, notes.notes_of(actor, case)))
        for case in cases_of(actor, person)
    ]


def letters(actor: Actor, person: Person) -> QuerySet[IncomingReferral]:
    """What partners wrote when they sent her to us: whether it speaks of her alone is decided."""
    found = IncomingReferral.objects.visible_to(actor).filter(case__in=cases_of(actor, person))
    return found.select_related("case", "partner").order_by("arrived_on")


def as_written(letter: IncomingReferral) -> dict[str, Any]:
    """A referral to us as a copy holds it."""
    return {"case": letter.case.number if letter.case else "", **_row(letter)}


def copies(actor: Actor, person: Person) -> QuerySet[OwnDataCopy]:
    """The copies that she was given before."""
    found = OwnDataCopy.objects.visible_to(actor).filter(person=person)
    return found.select_related("given_by")


def rows_about(actor: Actor, person: Person) -> dict[str, Rows]:
    """Every table that says something of her, as far as its `exports` go."""
    found = {"person": [_row(person)]}
    for model in exported():
        hers = about(model, actor, person)
        if hers is None:
            continue
        rows = model._default_manager.visible_to(actor).filter(hers)
        if listed := [_row(row) for row in rows.order_by("pk")]:
            found[model._meta.label_lower] = listed
    return found


def exported() -> list[type[Record]]:
    """The tables of which a copy holds something; not those whose rows are decided by hand."""
    found = (m for m in apps.get_models() if issubclass(m, Record) and m.exports)
    return [model for model in found if model not in BY_HAND]


def counts(tables: dict[str, Rows]) -> list[tuple[str, int]]:
    """How much there is, table by table, in words for the page."""
    return [(str(apps.get_model(n)._meta.verbose_name), len(rows)) for n, rows in tables.items()
            if "." in n]  # fmt: skip


def about(model: type[Record], actor: Actor, person: Person) -> Q | None:
    """Rows that name her, and rows of her cases that name nobody; None where neither can be."""
    hers, nobody = _whose(model, person)
    if model not in paths():
        return hers or None
    way = "__".join(paths()[model])
    of_case = Q(**{f"{way}__in" if way else "pk__in": cases_of(actor, person)})
    return hers | (of_case & nobody) if hers else of_case


def _whose(
    model: type[models.Model], person: Person, at: str = "", below: tuple[Any, ...] = (Case,)
) -> tuple[Q, Q]:
    """Rows that name her, and rows that name nobody.

    A row that has no name of its own is of whom the rows name on which it hangs: a referral is
    of whoever gave its consent. Where those name two people it is neither's.
    """
    hers, nobody, others = Q(), Q(), Q()
    for key in _keys(model):
        if key.related_model is Person:
            hers |= Q(**{f"{at}{key.name}": person})
            nobody &= Q(**{f"{at}{key.name}__isnull": True})
    above, nobody_above = Q(), Q()
    for key in _keys(model):
        if key.related_model in paths() and key.related_model not in (*below, model):
            way = f"{at}{key.name}__"
            one, none = _whose(key.related_model, person, way, (*below, model))
            if one:
                above, others = above | one, others & (one | none)
                nobody_above &= none
    return hers | (nobody & above & others) if above else hers, nobody & nobody_above


def _keys(model: type[models.Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if f.many_to_one or f.one_to_one]


def _with_versions(actor: Actor) -> QuerySet[Document]:
    found = Document.objects.visible_to(actor).select_related("case")
    return found.order_by("added_at")


def _row(row: Record) -> dict[str, Any]:
    return {name: _plain(row, name) for name in row.exports}


def _plain(row: Record, name: str) -> Any:
    value = getattr(row, name)
    if value and (label := getattr(row, f"get_{name}_display", None)):
        return str(label())
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return value if value is None or isinstance(value, bool | int | dict) else str(value)
