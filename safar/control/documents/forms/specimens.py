"""The shape of what a document expert adds to the library of specimens."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safar.control.documents.actions.specimens import NewSpecimen
from safar.control.documents.choices import Light, Way
from safar.control.documents.files.pictures import LARGEST, made_anew
from safar.core.errors import RuleBroken
from safar.reference import queries as reference
from safar.ui.forms import DateField


class SpecimenForm(forms.Form):
    """A specimen that is added."""

    issuer = forms.ChoiceField(label=_("Issued by"))
    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("Such as: passport with a chip, 2021")
    )
    since = DateField(label=_("First issued"), required=False, help_text=_("DDMMYYYY"))
    source = forms.CharField(
        label=_("Source"),
        max_length=250,
        help_text=_("The issuer’s letter, or who took the pictures"),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(row.code, f"{row.name} ({row.code})") for row in reference.countries()]
        kinds = [(row.code, f"{row.name} ({row.code})") for row in reference.document_types()]
        self.fields["issuer"].choices = [("", "–"), *states]  # type: ignore[attr-defined]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def new(self) -> NewSpecimen:
        return NewSpecimen(**self.cleaned_data)


class PageForm(forms.Form):
    """A picture of one page."""

    title = forms.CharField(label=_("Page"), max_length=60, help_text=_("Such as: data page"))
    light = forms.ChoiceField(label=pgettext_lazy("specimen", "Light"), choices=Light)
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG or PNG, at most 4 MB. Never of a real person’s document."),
    )

    def clean_picture(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["picture"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The picture is larger than 4 MB. Make it smaller."))
        try:
            made_anew(file.read())
        except RuleBroken as refused:
            raise forms.ValidationError(str(refused)) from None
        file.seek(0)
        return file


class FeatureForm(forms.Form):
    """A security feature, and how to test it."""

    title = forms.CharField(label=_("Feature"), max_length=80)
    way = forms.ChoiceField(label=_("How to test it"), choices=Way)
    where = forms.CharField(label=_("Where"), max_length=120)
    expected = forms.CharField(
        label=_("What a true one shows"), max_length=400, widget=forms.Textarea({"rows": 2})
    )
