"""The shape of what a reader handed over of a chip: its files, as a field of a form."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_FILES: Final = 20  # EF.SOD, EF.COM and sixteen data groups
LARGEST: Final = 1024 * 1024  # bytes of one, as safar.lib.chip.groups
LARGEST_TOGETHER: Final = 4 * 1024 * 1024


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ChipFilesField(forms.FileField):
    """Several files by their names."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> dict[str, bytes]:
        given: list[UploadedFile] = [
            file for file in (data if isinstance(data, list | tuple) else [data]) if file
        ]
        if not given:
            raise forms.ValidationError(_("Choose the files that the reader handed over."))
        _check_sizes([file.size or 0 for file in given])
        names = [str(file.name) for file in given]
        if len(set(names)) != len(names):
            raise forms.ValidationError(_("Two of the files have the same name."))
        return {name: file.read() for name, file in zip(names, given, strict=True)}


def _check_sizes(sizes: list[int]) -> None:
    if len(sizes) > MOST_FILES:
        raise forms.ValidationError(_("A chip has twenty files at the most."))
    if max(sizes) > LARGEST:
        raise forms.ValidationError(
            _("One of the files is larger than 1 MB: it is no file of a chip.")
        )
    if sum(sizes) > LARGEST_TOGETHER:
        raise forms.ValidationError(_("The files together are larger than 4 MB."))
