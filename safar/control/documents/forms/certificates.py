"""The shape of what a document expert hands in of state certificates, and decides on them."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from safar.control.documents.files.certificates import LARGEST
from safar.control.documents.files.revocations import LARGEST as LARGEST_LIST


class CertificateFileForm(forms.Form):
    """A master list or one certificate."""

    file = forms.FileField(
        label=_("Master list or certificate"),
        help_text=_("Such as .ml, .cer, .der or .pem, at most 8 MB"),
    )
    source = forms.CharField(
        label=_("How the file came"),
        max_length=200,
        help_text=_("Such as: from the ICAO download page on 3 March; by hand from the embassy"),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 8 MB: it is no master list."))
        return file


class CompareForm(forms.Form):
    """That the fingerprint was compared, by the second person."""

    compared = forms.BooleanField(
        label=_("I compared the fingerprint with one that came by another way"), required=False
    )


class ReasonForm(forms.Form):
    """Why a certificate is declined, distrusted, or put forward once more."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class RevocationFileForm(forms.Form):
    """A state's list of revoked certificates."""

    file = forms.FileField(
        label=_("Revocation list"), help_text=_("Such as .crl, .der or .pem, at most 3 MB")
    )
    source = forms.CharField(
        label=_("How the file came"),
        max_length=200,
        help_text=_("Such as: from the ICAO download page on 3 March; by hand from the embassy"),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_LIST:
            raise forms.ValidationError(
                _("The file is larger than 3 MB: it is no revocation list.")
            )
        return file
