"""Does an application to stay longer wait? The app that keeps them, above the border, tells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from safar.control.border.rules.facts import Waits

NONE: Final = "SELECT WHERE false"


@dataclass(frozen=True)
class Source:
    """Who knows of applications that were made in time.

    Args:
        of: the one that waits for the stay that began with an entry.
        suspended: a query that has a row where one waits for the entry `e`; a constant, never
            input.
    """

    of: Callable[[UUID], Waits | None]
    suspended: str


_SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Make the one source known; its app does so when it is loaded."""
    _SOURCES[:] = [source]
    return source


def waiting_for(crossing: UUID) -> Waits | None:
    """The application that waits for the stay that began with an entry, or None."""
    return _SOURCES[0].of(crossing) if _SOURCES else None


def suspended() -> str:
    """The query of `Source.suspended`; one without rows where nobody keeps applications."""
    return _SOURCES[0].suspended if _SOURCES else NONE
