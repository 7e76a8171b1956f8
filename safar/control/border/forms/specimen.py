"""The shape of a look at a document beside a specimen: a picture, and what each feature shows."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import FeatureResult
from safar.control.documents.files.pictures import LARGEST, Picture, made_anew
from safar.control.documents.models import Specimen, SpecimenFeature
from safar.core.errors import RuleBroken

RESULTS: Final = [("", _("Not looked at")), *FeatureResult.choices]


class PictureForm(forms.Form):
    """A picture of the traveller's document, for this once."""

    picture = forms.FileField(
        label=_("Picture of the document"),
        help_text=_("From the camera or a file: JPEG or PNG, at most 4 MB."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    drawn: Picture | None = None

    def clean_picture(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["picture"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The picture is larger than 4 MB. Make it smaller."))
        try:
            self.drawn = made_anew(file.read())
        except RuleBroken as refused:
            raise forms.ValidationError(str(refused)) from None
        return file


class FeaturesForm(forms.Form):
    """What each security feature of the document shows, and a remark."""

    mark_optional = False

    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=400, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, specimen: Specimen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.features: list[SpecimenFeature] = list(specimen.features.all())
        for feature in self.features:
            self.fields[feature.pk.hex] = forms.ChoiceField(
                label=feature.title,
                required=False,
                choices=RESULTS,
                widget=forms.RadioSelect,
                help_text=f"{feature.expected} ({feature.where})",
            )

    @property
    def ways(self) -> list[tuple[str, list[Any]]]:
        """The fields by how a feature is tested, in the order of the specimen."""
        ways: dict[str, list[Any]] = {}
        for feature in self.features:
            ways.setdefault(str(feature.get_way_display()), []).append(self[feature.pk.hex])
        return list(ways.items())

    def found(self) -> dict[UUID, FeatureResult]:
        said = {row.pk: self.cleaned_data[row.pk.hex] for row in self.features}
        return {key: FeatureResult(result) for key, result in said.items() if result}
