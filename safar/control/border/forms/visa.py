"""The shape of what second line reads of a visa: a scan, or a photo of the sticker."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.border.forms.booth import VisaPhotoForm
from safar.control.visas.rules.seal_text import LONGEST


class VisaLookForm(VisaPhotoForm):
    """One of both: what the reader typed of the code or of the lines, or a photo."""

    mark_optional = False

    scan = forms.CharField(
        label=_("Scan or type"),
        help_text=_("The code on the sticker or on the e-visa, or the two printed lines."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(
            {"rows": 2, "class": "mono", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    is_another = forms.BooleanField(
        label=_("This is another visa than the one that was read before"), required=False
    )
    field_order = ("scan", "photo", "is_another")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("scan") and not cleaned.get("photo"):
            self.add_error("scan", _("Scan the code on the visa, or take a photo of it."))
        return cleaned
