"""May this file be kept as a paper of a visa application?"""

from safar.control.visas.choices.applications import PaperKind
from safar.core import files
from safar.core.files import LARGEST, TOO_LARGE, Checked

__all__ = ["LARGEST", "TOO_LARGE", "Checked", "checked"]


def checked(content: bytes, kind: str) -> Checked:
    """Open a file as what it is; the photo is a portrait. See `core.files.checked`."""
    return files.checked(content, portrait=kind == PaperKind.PHOTO)
