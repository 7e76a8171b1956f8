"""The ground of every table: keys, sight, and the guard against writes outside an action."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.db import migrations, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.core.errors import NotFound, Stale
from safar.core.node import uuid7
from safar.core.permissions import Actor

ANY_APP = "*"
_writing: ContextVar[tuple[str, ...]] = ContextVar("writing", default=())


class UnguardedWrite(Exception):
    """A programming error: a table is written outside an action of the app that owns it."""


@contextmanager
def writing(app_label: str = ANY_APP) -> Iterator[None]:
    """Allow writes to an app's tables: for `@action`, and for the makers of tests."""
    token = _writing.set((*_writing.get(), app_label))
    try:
        yield
    finally:
        _writing.reset(token)


def guard(model: type[models.Model]) -> None:
    if not {ANY_APP, model._meta.app_label} & set(_writing.get()):
        raise UnguardedWrite(f"{model.__name__} is written outside an action of its app")


M = TypeVar("M", bound=models.Model)


class RecordQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """Return what the actor may see: the start of every query."""
        return self.filter(self.model.scope(actor))  # type: ignore[attr-defined]

    def update(self, **kwargs: Any) -> int:
        guard(self.model)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        guard(self.model)
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        guard(self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        guard(self.model)
        return super().bulk_update(*args, **kwargs)


RecordManager = models.Manager.from_queryset(RecordQuerySet)


class Record(models.Model):
    """A row of Safar: keyed by UUIDv7, written by actions only, seen by scope only.

    A model that holds personal data declares `retention` (how long, and by which law) and
    `exports` (the fields that a person's own copy of her data holds).
    """

    retention: ClassVar[str] = ""
    exports: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        guard(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        guard(type(self))
        return super().delete(*args, **kwargs)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Return the condition of what the actor may see; nothing, until a model says more."""
        return Q(pk__in=[])


class Event(Record):
    """What happened: added once, never changed. The database refuses the rest (`append_only`)."""

    class Meta:
        abstract = True


class Versioned(Record):
    """A record that people edit: a save on top of somebody else's change is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        guard(type(self))
        if not self._state.adding:
            mine = type(self)._default_manager.filter(pk=self.pk, version=self.version)
            if not mine.update(version=F("version") + 1):
                raise Stale(
                    _("Somebody else changed this meanwhile. Open it again and repeat your change.")
                )
            self.version += 1
        super().save(*args, **kwargs)


def get_visible(queryset: RecordQuerySet[M], actor: Actor, key: UUID) -> M:
    """Return the record of this key, if the actor may see it.

    Raises:
        NotFound: the same whether it is missing or out of her sight.
    """
    record = queryset.visible_to(actor).filter(pk=key).first()
    if record is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return record


def append_only(*tables: str) -> migrations.RunSQL:
    """Return the migration step that makes tables refuse UPDATE, DELETE and TRUNCATE.

    The triggers bind the tables' owner too. `safar_append_only()` is made by core's first
    migration.
    """
    return migrations.RunSQL(
        [APPEND_ONLY.format(table=table) for table in tables],
        [REMOVE_APPEND_ONLY.format(table=table) for table in tables],
    )


APPEND_ONLY = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION safar_append_only();
CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION safar_append_only();
"""
REMOVE_APPEND_ONLY = """
DROP TRIGGER {table}_append_only ON {table};
DROP TRIGGER {table}_keep ON {table};
"""
