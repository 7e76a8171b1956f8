"""The shape of what an officer reads from the page or the booking, to compare it with the zone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.documents.rules import OtherSource, in_standard_form
from safar.control.travellers.choices import Sex
from safar.reference import queries as reference
from safar.ui.forms import DateField, PartialDateField

CODE = forms.TextInput({"class": "code", "autocomplete": "off"})


class OtherSourceForm(forms.Form):
    """What stands there; a field that is left empty is not compared."""

    mark_optional = False  # every answer may be left out

    source = forms.ChoiceField(
        label=_("Compare with"),
        choices=[("page", _("On the printed page")), ("booking", _("On the booking or ticket"))],
        initial="page",
        widget=forms.RadioSelect,
    )
    number = forms.RegexField(
        label=_("Number"),
        regex=r"^[A-Za-z0-9<\- ]{3,30}$",
        required=False,
        widget=CODE,
        error_messages={"invalid": _("A document number has letters A to Z and digits only.")},
    )
    name = forms.CharField(
        label=_("Name in Latin letters"),
        required=False,
        max_length=120,
        help_text=_("Surname, then given names"),
    )
    name_written = forms.CharField(
        label=_("Name in its own script"),
        required=False,
        max_length=120,
        help_text=_("As the holder writes it; its spelling in the zone is looked at"),
    )
    birth = PartialDateField(
        label=_("Born"), required=False, help_text=_("DDMMYYYY; 00 for what is not known")
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", _("Not compared")), ("F", Sex("F").label), ("M", Sex("M").label)],
    )
    nationality = forms.ChoiceField(label=_("Citizen of"), required=False)
    issued_on = DateField(label=_("Issued on"), required=False, help_text=_("DDMMYYYY"))
    expires_on = DateField(label=_("Valid to"), required=False, help_text=_("DDMMYYYY"))
    personal_number = forms.CharField(
        label=_("Personal number"), required=False, max_length=20, widget=CODE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(row.code, f"{row.name} ({row.code})") for row in reference.countries()]
        self.fields["nationality"].choices = [("", _("Not compared")), *states]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        said = [value for name, value in cleaned.items() if name != "source"]
        if not self.errors and not any(said):
            self.add_error("number", _("Type at least one field of what stands there."))
        return cleaned

    def said(self) -> OtherSource:
        fields = self.cleaned_data
        return OtherSource(
            fields["source"],
            number=in_standard_form(fields["number"]),
            name=fields["name"],
            birth=fields["birth"],
            sex=fields["sex"],
            nationality=fields["nationality"],
            expires_on=fields["expires_on"],
            personal_number=in_standard_form(fields["personal_number"]),
        )
