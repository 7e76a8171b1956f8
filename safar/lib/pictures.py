"""How much work does a stranger's picture ask for, before any of it is done?"""

from typing import Final

START_OF_SCAN: Final = b"\xff\xda"
MOST_SCANNED: Final = 320_000_000
"""Pixels times scans: a decoder goes over the whole picture once for each scan of a JPEG (ITU-T
T.81 Annex G). About two seconds; the slowest honest photo asks for a third of it."""


def scanned(content: bytes, pixels: int) -> int:
    """The points that a decoder goes over in a JPEG of so many pixels."""
    return pixels * max(content.count(START_OF_SCAN), 1)
