"""The shape of what is typed about a document in the making, at its control, delivery and end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safar.control.documents.files.chips import ChipFilesField
from safar.control.passports.actions.delivering import Handing
from safar.control.passports.choices.making import CancelGround, Receiver
from safar.core.errors import RuleBroken
from safar.core.files import LARGEST, TOO_LARGE, checked


class FindForm(forms.Form):
    """A document's number, or that of its application."""

    words = forms.CharField(label=_("Number of the document or the application"), max_length=20)


class QualityForm(forms.Form):
    """What was read back of a finished document."""

    zone = forms.CharField(
        label=_("Machine zone, as the reader gives it"),
        max_length=400,
        strip=False,
        widget=forms.Textarea(
            {"rows": 3, "class": "code", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    chip = ChipFilesField(
        label=_("Files of the chip"),
        help_text=_("EF.SOD, EF.COM, EF.DG1 and EF.DG2, as the reader names them. Not kept."),
    )
    looked = forms.BooleanField(
        label=_("I looked at picture and print: both are those shown here, sharp and straight.")
    )


class FailForm(forms.Form):
    reason = forms.CharField(label=_("What is wrong"), max_length=200)


class ScanForm(forms.Form):
    """A scan of the signed receipt, opened before anything is done with it."""

    scan = forms.FileField(
        label=_("Scan of the signed receipt"),
        max_length=200,
        help_text=_("PDF, JPEG or PNG, 10 MB at most. On the day of the delivery."),
    )

    def clean_scan(self) -> bytes:
        file = self.cleaned_data.get("scan")
        if not file:
            return b""
        try:
            if (file.size or 0) > LARGEST:
                raise RuleBroken(TOO_LARGE)
            content: bytes = file.read()
            checked(content, portrait=False)
        except RuleBroken as refused:
            raise forms.ValidationError(str(refused)) from None
        return content


class HandingForm(ScanForm):
    """Who receives the document."""

    receiver = forms.ChoiceField(
        label=_("Received by"), choices=Receiver, widget=forms.RadioSelect, initial=Receiver.HOLDER
    )
    receiver_name = forms.CharField(
        label=_("Name"), max_length=160, required=False, help_text=_("Of anybody but the holder.")
    )
    document_shown = forms.CharField(
        label=_("Document shown"), max_length=120, help_text=_("Kind and number.")
    )
    authority = forms.CharField(
        label=_("Power of attorney"),
        max_length=160,
        required=False,
        help_text=_("Of a representative: who drew it up, when, and its number."),
    )
    old_number = forms.CharField(
        label=_("Old document handed back"),
        max_length=20,
        required=False,
        help_text=_("Its number. It is cancelled at once."),
    )
    signed = forms.BooleanField(label=_("The receipt is signed, and stays here."))
    field_order = (
        "receiver", "receiver_name", "document_shown", "authority", "old_number", "signed", "scan",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].required = False

    def handing(self) -> Handing:
        """What was typed, for the action."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        typed.pop("scan")
        return Handing(**{**typed, "receiver": Receiver(typed["receiver"])})


class CancelForm(forms.Form):
    """Why a document is honoured no more."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        widget=forms.RadioSelect,
        choices=[pair for pair in CancelGround.choices if pair[0] != CancelGround.REPLACED],
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The booth sees lost, stolen or void, not this text."),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=pgettext_lazy("passport", "Why the report was false"), max_length=200
    )
