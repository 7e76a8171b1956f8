"""A paper as it was handed in, in an answer that nothing runs from."""

from typing import Final

from django.http import HttpResponse

from safar.control.applications.models import PaperBase
from safar.core.files import FileType

ALONE: Final = "default-src 'none'; sandbox"
ENDINGS: Final = {FileType.PDF: "pdf", FileType.JPEG: "jpg", FileType.PNG: "png"}


def served(found: PaperBase, how: str) -> HttpResponse:
    """The file under a name of our own. `how`: attachment or inline."""
    answer = HttpResponse(bytes(found.content), content_type=found.file_type)
    name = f"{found.application.number}-{found.kind}.{ENDINGS[FileType(found.file_type)]}"
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = ALONE
    answer["Cache-Control"] = "no-store"
    return answer
