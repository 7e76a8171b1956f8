"""What do the apps above the border add to a traveller's file? Each declares its own section."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from safar.core.permissions import Actor


@dataclass(frozen=True)
class FileSection:
    """One section of the file.

    Args:
        template: draws what `load` returns, as `found`.
        load: of the travellers who are held to be one person, what this actor may see; None
            where there is nothing that she may. The opening of the file is on record before.
    """

    template: str
    load: Callable[[Actor, frozenset[UUID]], Any]


_SECTIONS: dict[str, FileSection] = {}


def register(section: FileSection) -> FileSection:
    """Make a section known; its app does so when it is loaded."""
    _SECTIONS[section.template] = section
    return section


def sections(actor: Actor, keys: frozenset[UUID]) -> list[dict[str, Any]]:
    """The sections of these travellers' file for an actor, with their templates."""
    loaded = [(one.template, one.load(actor, keys)) for one in _SECTIONS.values()]
    return [{"template": name, "found": found} for name, found in loaded if found is not None]
