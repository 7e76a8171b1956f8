"""The tables of blanks: each of them, what happened to it, its box, and every night's count."""

from safar.control.blanks.models.blanks import (
    Blank,
    BlankCount,
    BlankDestruction,
    BlankMovement,
)
from safar.control.blanks.models.boxes import Box, BoxOpening, BoxRelease

__all__ = [
    "Blank",
    "BlankCount",
    "BlankDestruction",
    "BlankMovement",
    "Box",
    "BoxOpening",
    "BoxRelease",
]
