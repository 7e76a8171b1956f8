"""`@action`: the one place for permission, policies, row lock, transaction and audit.

One verb, one function. The same string is the permission, the audit label and the
condition of the button.
"""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from safar.core import audit
from safar.core.errors import DomainError, NotAllowed, NotFound
from safar.core.permissions import Actor, require
from safar.core.prepared import prepared
from safar.core.record import Record, writing

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")
Policy = Callable[[Actor, Any], Any]  # returns the reason why not, or None


@dataclass(frozen=True)
class Action:
    """A verb of Safar as it is registered: for the generated docs and the buttons."""

    name: str
    policies: tuple[Policy, ...]
    function: Callable[..., Any]
    audited: bool = True

    @property
    def app(self) -> str:
        return self.name.partition(".")[0]

    @property
    def wording(self) -> str:
        return (self.function.__doc__ or "").strip().partition("\n")[0]


@dataclass
class Frame:
    """The outermost action that runs: its audit rows wait here for the end of the transaction."""

    rows: list[audit.Row] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)


REGISTRY: dict[str, Action] = {}
_frame: ContextVar[Frame | None] = ContextVar("frame", default=None)


def role_suffices(actor: Actor, target: Any) -> None:
    """The policy of an action that every holder of the permission may do to every target."""


def action(
    name: str, *, policies: tuple[Policy, ...], audited: bool = True
) -> Callable[[Callable[Concatenate[Actor, T, P], R]], Callable[Concatenate[Actor, T, P], R]]:
    """Make a function `fn(actor, target, *, ...)` an action.

    A target that is a stored `Record` is read again under a row lock. Refusals are audited
    too: the outermost frame writes them after the rollback.

    Args:
        name: `<app>.<verb>`, also the permission.
        policies: who may do it to which record; `role_suffices` where the role is enough.
        audited: False only where the audit's time and order would lead to a person who needs
            protection (ADR 0009): the record itself is then all that is kept.
    """

    def wrap(
        function: Callable[Concatenate[Actor, T, P], R],
    ) -> Callable[Concatenate[Actor, T, P], R]:
        spec = REGISTRY[name] = Action(name, policies, function, audited)

        @functools.wraps(function)
        def run(actor: Actor, target: T, *args: P.args, **kwargs: P.kwargs) -> R:
            call = functools.partial(_perform, spec, actor, target, *args, **kwargs)
            return call() if _frame.get() else _outermost(spec, actor, target, call)  # type: ignore[no-any-return]

        return cast("Callable[Concatenate[Actor, T, P], R]", run)

    return wrap


def note(**details: Any) -> None:
    """Add to the audit row of the action that runs: codes and keys, never personal data."""
    frame = _frame.get()
    if frame and frame.notes:
        frame.notes[-1].update(details)


def can(actor: Actor | None, name: str, target: Any = None) -> bool:
    """Whether the action would get past permission and policies: the button's condition."""
    if actor is None:
        return False
    spec = REGISTRY[name]
    return actor.may(name) and all(policy(actor, target) is None for policy in spec.policies)


def _outermost(spec: Action, actor: Actor, target: Any, call: Callable[[], R]) -> R:
    token = _frame.set(frame := Frame())
    try:
        with transaction.atomic():
            result = call()
            audit.append(frame.rows)  # last, because the chain's lock is held until the commit
            return result
    except DomainError as error:
        details = {"code": error.code, **_plain(error.data)}
        if spec.audited:
            audit.append([audit.Row(actor, spec.name, audit.REFUSED, describe(target), details)])
        raise
    finally:
        _frame.reset(token)


def _perform(spec: Action, actor: Actor, target: Any, *args: Any, **kwargs: Any) -> Any:
    frame = _frame.get()
    assert frame is not None  # noqa: S101 - `_outermost` has set it
    require(actor, spec.name)
    target = _locked(target)
    for policy in spec.policies:
        if (why_not := policy(actor, target)) is not None:
            raise NotAllowed(why_not, policy=policy.__name__)
    frame.notes.append({})
    before = getattr(target, "status", None)
    with writing(spec.app):
        result = spec.function(actor, target, *args, **kwargs)
    subject = result if isinstance(result, models.Model) else target
    details = frame.notes.pop()
    if before is not None or hasattr(subject, "status"):
        details |= {"from": before, "to": getattr(subject, "status", None)}
    if spec.audited:
        frame.rows.append(audit.Row(actor, spec.name, audit.DONE, describe(subject), details))
    return result


def _locked(target: Any) -> Any:
    if not isinstance(target, Record) or target._state.adding:
        return target
    found = _under_lock(type(target))(target.pk)
    if not found:
        raise NotFound(_("This is no longer there."))
    return found[0]


@functools.cache
def _under_lock(model: type[Record]) -> Callable[[Any], list[Any]]:
    def rows(key: Any) -> models.QuerySet[Any]:
        return model._base_manager.select_for_update().filter(pk=key)

    rows.__annotations__["key"] = UUID if isinstance(model._meta.pk, models.UUIDField) else str
    return prepared(rows)


def describe(target: Any) -> str:
    return f"{type(target).__name__}:{target.pk}" if isinstance(target, models.Model) else ""


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: item if isinstance(item, int) else str(item) for name, item in data.items()}
