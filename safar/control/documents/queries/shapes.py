"""Reads: the shapes of an issuer's numbers, from memory; they are counted anew once a night."""

import time
from typing import Final

from safar.control.documents.models import NumberShape

ASK_SECONDS: Final = 600.0
"""So long last night's counts may stay unseen: they only advise."""


class Shapes:
    """All counts in memory, by issuer and kind."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Read the counts anew at the next question."""
        self._rows: dict[tuple[str, str], dict[str, int]] = {}
        self._asked_at = float("-inf")

    def of(self, issuer: str, kind: str) -> dict[str, int]:
        """Shape → numbers seen."""
        now = time.monotonic()
        if now - self._asked_at > ASK_SECONDS:
            self._rows, self._asked_at = _all(), now
        return self._rows.get((issuer, kind), {})


SHAPES: Final = Shapes()


def shapes_of(issuer: str, kind: str) -> dict[str, int]:
    """Return how many numbers of each shape of an issuer and kind crossed."""
    return SHAPES.of(issuer, kind)


def _all() -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for issuer, kind, shape, seen in NumberShape.objects.values_list(
        "issuer", "kind", "shape", "seen"
    ):
        found.setdefault((issuer, kind), {})[shape] = seen
    return found
