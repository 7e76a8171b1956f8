"""The programmes of this installation: each app declares its own, the kernel knows none by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from safar.assistance.cases.choices.case import Compartment, Phase
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import Workflow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from safar.assistance.cases.case_list import Importer
    from safar.assistance.cases.due import Banner, Due
    from safar.assistance.cases.models import Case, Grant

_REGISTRY: dict[str, "Programme"] = {}


@dataclass(frozen=True)
class Terms:
    """What is to be granted: how, up to how much, by which rule of the donor's scheme.

    `of` is the grant whose ceiling is to change; None where it is to be given.
    """

    kind: str
    ceiling: Decimal
    currency: str
    rule: str
    of: "Grant | None" = None


@dataclass(frozen=True)
class Programme:
    """What the kernel needs to know of a programme.

    Args:
        code: what cases and placements keep.
        prefix: the letters in the numbers of its cases, as in `BIS-RTN-26-0044`.
        workflow: its states and moves; `start` is that of a new case.
        statuses: how each state is called in front of people.
        phases: what each state comes to.
        compartment: behind which wall its cases stand, where nobody says otherwise.
        keep_years: how long a closed case is kept before it is to be erased.
        keep_why: by which rule.
        page: the URL name of its own page of a case, with the case's key.
        due: what falls due for a worker by this programme, for her day.
        banner: how a case stands, in one sentence above its page.
        moves: how its moves are called on buttons; those not named here have pages of their own.
        importer: its own columns in a list of cases, and what they come to.
        may_grant: what its schemes have against a grant, new or changed. A programme that says
            it gives grants by its own pages alone; without it, a worker writes the rule herself.
    """

    code: str
    prefix: str
    name: "StrOrPromise"
    workflow: Workflow
    statuses: Mapping[str, "StrOrPromise"]
    phases: Mapping[str, Phase]
    compartment: Compartment
    keep_years: int
    keep_why: str
    page: str
    due: "Callable[[Actor, date], list[Due]] | None" = None
    banner: "Callable[[Actor, Case], Banner | None] | None" = None
    moves: "Mapping[str, StrOrPromise]" = field(default_factory=dict)
    importer: "Importer | None" = None
    may_grant: "Callable[[Case, Terms], RuleBroken | None] | None" = None

    def __post_init__(self) -> None:
        for known, what in ((self.statuses, "name"), (self.phases, "phase")):
            if missing := self.workflow.statuses() - set(known):
                raise ValueError(f"{self.code}: no {what} for {sorted(missing)}")


def register(programme: Programme) -> Programme:
    """Make a programme known; its app does so when it is loaded."""
    _REGISTRY[programme.code] = programme
    return programme


def get(code: str) -> Programme:
    """Return a programme.

    Raises:
        RuleBroken: this installation has none of that code.
    """
    if code not in _REGISTRY:
        raise RuleBroken(f"This installation has no programme {code!r}.", field="programme")
    return _REGISTRY[code]


def known() -> list[Programme]:
    return sorted(_REGISTRY.values(), key=lambda programme: programme.code)
