"""The shape of what is typed about an issued visa, a certificate, a list."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas.choices.issued import EndingGround, VisaForm, ZoneFormat
from safar.ui.forms import DateField

MOST_CERTIFICATE, MOST_LIST = 65_536, 64_000_000  # bytes


class IssueForm(forms.Form):
    """How a granted visa is to be issued."""

    form = forms.ChoiceField(label=_("Form"), choices=VisaForm, initial=VisaForm.STICKER)
    zone_format = forms.ChoiceField(
        label=_("Size of the sticker"), choices=ZoneFormat, initial=ZoneFormat.MRV_B
    )


class EndForm(forms.Form):
    """Why a visa ends before its time."""

    ground = forms.ChoiceField(label=_("Ground"), choices=EndingGround, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_("The booth sees the ground, not this text."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [pair for pair in EndingGround.choices if pair[0] != EndingGround.MISPRINT]
        self.fields["ground"].choices = ends  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class UploadForm(forms.Form):
    """A certificate or a list, as a file."""

    file = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, most: int, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        self.fields["file"].label = label or self.fields["file"].label

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > self.most:
            raise forms.ValidationError(_("This file is too large."))
        data: bytes = file.read()
        return data


class RevokeForm(forms.Form):
    """From which day on a signer is believed no more, and why."""

    on = DateField(label=_("From which day"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=200)
