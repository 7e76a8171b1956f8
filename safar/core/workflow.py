"""One table of moves for each kind of record: it moves, refuses, draws buttons and diagrams."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from safar.core.errors import InvalidMove

NOT_NOW = _("This was already dealt with, or is not yet ready. Open it again to see how it stands.")
REGISTRY: dict[str, "Workflow"] = {}


class HasStatus(Protocol):
    status: str


@dataclass(frozen=True)
class Workflow:
    """The moves of a record: `{move: {from: to}}`, where it starts, and where it may end."""

    name: str
    start: str
    moves: Mapping[str, Mapping[str, str]]
    terminal: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        REGISTRY[self.name] = self

    def move(self, record: HasStatus, move: str) -> None:
        """Move the record, without saving it.

        Raises:
            InvalidMove: where the table has no such move from the record's status.
        """
        if not self.allows(record.status, move):
            raise InvalidMove(NOT_NOW, move=move, status=record.status)
        record.status = self.moves[move][record.status]

    def allows(self, status: str, move: str) -> bool:
        return status in self.moves.get(move, {})

    def statuses(self) -> frozenset[str]:
        ends = (pair for pairs in self.moves.values() for pair in pairs.items())
        return frozenset({self.start, *chain.from_iterable(ends)})

    def dead_ends(self) -> frozenset[str]:
        """Statuses that nobody can leave and that are not declared as an end."""
        left = {before for pair in self.moves.values() for before in pair}
        return self.statuses() - left - self.terminal

    def diagram(self) -> str:
        """The workflow as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for move, pairs in self.moves.items():
            lines += [f"    {before} --> {after}: {move}" for before, after in pairs.items()]
        return "\n".join([*lines, *(f"    {end} --> [*]" for end in sorted(self.terminal))])
