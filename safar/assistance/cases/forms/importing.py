"""A list of cases as it is handed in, and the word that it may be written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.cases.actions.importing import NewList
from safar.assistance.cases.queries import colleagues
from safar.assistance.cases.sheets import LARGEST, MB
from safar.core.permissions import Actor


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("List"),
        help_text=_("XLSX or CSV. One line a person; lines with the same case key are one case."),
        max_length=120,
    )
    programme = forms.ChoiceField(label=_("Programme, where a line names none"))
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office, where a line names none"), empty_label=None
    )
    purpose = forms.CharField(
        label=_("What the cases are for"),
        max_length=160,
        help_text=_("In a few words. It is written down whenever somebody opens one of them."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = colleagues.own_programmes(actor)  # type: ignore[attr-defined]
        self.fields["office"].queryset = colleagues.own_offices(actor)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > LARGEST:
            text = _("The file is larger than %(most)d MB. Divide it.")
            raise forms.ValidationError(text, params={"most": LARGEST // MB})
        return self.cleaned_data["file"]

    def new(self) -> NewList:
        given = dict(self.cleaned_data)
        file = given.pop("file")
        return NewList(**given, file_name=file.name or "", content=file.read())


class ConfirmForm(forms.Form):
    leaves_out = forms.BooleanField(
        label=_("I have looked at the lines that are left out, and this is meant")
    )
