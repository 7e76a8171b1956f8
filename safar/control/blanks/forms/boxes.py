"""The shape of what is typed about boxes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.forms.stock import ReceiveForm
from safar.control.offices.models import IssuingOffice

LONGEST = 20


class BoxForm(ReceiveForm):
    number = forms.CharField(label=_("Number of the box"), max_length=LONGEST)
    seal = forms.CharField(label=_("Seal"), max_length=LONGEST)
    field_order = ("number", "kind", "first", "last", "seal")


class SealForm(forms.Form):
    """The seal as it reads on the box: typed, never shown beforehand."""

    seal_seen = forms.CharField(label=_("Seal, as it reads on the box"), max_length=LONGEST)


class NewSealForm(forms.Form):
    seal = forms.CharField(label=_("New seal"), max_length=LONGEST)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class SendForm(forms.Form):
    office = forms.ChoiceField(label=_("To which office"))

    def __init__(self, *args: Any, offices: list[IssuingOffice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(row.code, row.name) for row in offices]  # type: ignore[attr-defined]
