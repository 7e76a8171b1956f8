"""Comparing two faces by machine: off, unless a state sets a program of its own.

What it says stands beside the two photos as a number. It never decides, and stops nobody.
"""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class FaceComparison(Protocol):
    """A program of the state's own, named by SAFAR_FACE_COMPARISON as a dotted path."""

    def __call__(self, one: bytes, other: bytes) -> float | None:
        """How alike two JPEG portraits are, from 0 to 1; None where it finds no face."""


def comparison() -> FaceComparison | None:
    """The program that is set, or None: then nothing is compared."""
    named = str(settings.SAFAR_FACE_COMPARISON)
    return import_string(named) if named else None


def compared(one: bytes | None, other: bytes | None) -> float | None:
    """What the program says of two portraits; None where there is none, or it cannot tell."""
    program = comparison()
    if program is None or one is None or other is None:
        return None
    try:
        found = program(one, other)
    except Exception:  # noqa: BLE001 - a foreign program: its failure must stop no passport
        return None
    return min(max(float(found), 0.0), 1.0) if found is not None else None
