"""How much of what is sent is taken in at all? Ten megabytes, and one byte to know that it is more."""

import functools
import io
from collections.abc import Callable
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from safar.core.errors import RuleBroken
from safar.core.files import LARGEST, TOO_LARGE
from safar.core.permissions import Request

ENDLESS: Final = 256 * 1024 * 1024  # what is announced to be larger is not read at all


class Bounded(FileUploadHandler):
    """Keeps the first ten megabytes of all files of a request in memory, and lets the rest go by."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.room = LARGEST + 1
        self.kept = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        taken = raw_data[: self.room]
        self.kept.write(taken)
        self.room -= len(taken)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            str(self.file_name),
            str(self.content_type),
            file_size,
            self.charset,
        )


def takes_files(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorate a page to which files are handed in: nothing of them is written to the disk.

    The token of the form is looked at after the limit is set, not before.
    """
    protected = csrf_protect(view)

    @functools.wraps(view)
    def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdigit() or int(announced) > ENDLESS:
            raise RuleBroken(TOO_LARGE, field="file", code="E-531")
        request.upload_handlers = [Bounded(request)]
        return protected(request, *args, **kwargs)

    return csrf_exempt(run)
