"""The shape of a photo of a machine zone, at a booth without a reader."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ZonePhotoForm(forms.Form):
    """One photo, from the camera or a file."""

    photo = forms.FileField(
        label=_("Photo of the machine zone"),
        help_text=_("The whole page or the lines at its foot: flat, sharp, without glare."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )  # fmt: skip
