"""The shape of what is typed about a reported document, and handed in of an owner's list."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import Report
from safar.control.documents.models import ListedSource
from safar.control.documents.queries.reported import has_own_report
from safar.control.documents.rules import in_standard_form, is_number
from safar.reference import queries as reference


class NumberSearchForm(forms.Form):
    """A document number to look for among the reports."""

    number = forms.CharField(
        label=_("Document number"),
        max_length=30,
        widget=forms.TextInput({"class": "code", "autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        return in_standard_form(self.cleaned_data["number"])


class ReportForm(forms.Form):
    """A document that is reported lost, stolen or void."""

    issuer = forms.ChoiceField(label=_("Issued by"))
    number = forms.RegexField(
        label=_("Number"),
        regex=r"^[A-Za-z0-9<\- ]{3,30}$",
        max_length=30,
        widget=forms.TextInput({"class": "code", "autocomplete": "off"}),
        error_messages={"invalid": _("A document number has letters A to Z and digits only.")},
    )
    kind = forms.ChoiceField(label=_("Report"), choices=Report, widget=forms.RadioSelect)
    reference_text = forms.CharField(
        label=_("Reference of the report"),
        max_length=80,
        help_text=_("Number and date of the letter, or of the entry in the issuer’s register"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(row.code, f"{row.name} ({row.code})") for row in reference.countries()]
        self.fields["issuer"].choices = [("", "–"), *states]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        number = in_standard_form(self.cleaned_data["number"])
        if not is_number(number):
            raise forms.ValidationError(_("That is too short for a number."))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        issuer, number = cleaned.get("issuer"), cleaned.get("number")
        if issuer and number and has_own_report(issuer, number):
            self.add_error("number", _("This document is reported already."))
        return cleaned


class WithdrawalForm(forms.Form):
    """Why a report is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 3}))


class SourceForm(forms.Form):
    """An owner's list that is opened."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As the booths name it, such as INTERPOL SLTD."),
    )
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens; it stands in addresses."),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if ListedSource.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a list with this code already."))
        return code


class FileForm(forms.Form):
    """The file of a new version of an owner's list."""

    LARGEST = 100  # megabytes; the command line takes the rest

    file = forms.FileField(label=_("The list, CSV or XLSX"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "At most %(limit)d MB: about three million documents."
        ) % {"limit": self.LARGEST}

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > self.LARGEST * 1024 * 1024:
            text = _(
                "The file is larger than %(limit)d MB. The administrator of this installation loads it from the command line: safar documents load."
            )
            raise forms.ValidationError(text, params={"limit": self.LARGEST})
        return file


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ApproveForm(forms.Form):
    confirm_shrink = forms.BooleanField(
        label=_("I have checked that the list may lose more than a tenth of its entries")
    )
