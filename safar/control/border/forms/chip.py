"""The shape of what a reader handed over of a chip."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.documents.files.chips import ChipFilesField


class ChipForm(forms.Form):
    """The files of a chip."""

    chip = ChipFilesField(
        label=_("Files of the chip"),
        help_text=_(
            "As the reader names them: EF.SOD, DG1, DG2 and more. At most 1 MB each. Neither they nor the picture are kept."
        ),
    )
