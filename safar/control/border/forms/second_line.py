"""The shape of what the second line types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.border.actions.deciding import CrossingDetails
from safar.control.watchlist.choices import Decisive, Outcome
from safar.reference import queries as reference
from safar.ui.forms import DateField


class JudgeForm(forms.Form):
    """Is the traveller the person of the entry? With what decided it, and why."""

    outcome = forms.ChoiceField(
        label=_("Is this the person in the entry?"),
        choices=[
            (Outcome.DIFFERENT, _("No, a different person")),
            (Outcome.SAME, _("Yes, the same person")),
            (Outcome.UNSURE, _("I cannot tell")),
        ],
        widget=forms.RadioSelect,
    )
    what_decided = forms.MultipleChoiceField(
        label=_("What decided it"),
        choices=Decisive,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("In your words"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


class AdmitForm(forms.Form):
    """Admission in second line: what the crossing needs, and the reason."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), min_length=3, max_length=500, widget=forms.Textarea({"rows": 2})
    )
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    destination = forms.CharField(label=_("Going to"), required=False, max_length=160)
    conveyance = forms.CharField(label=_("Travels by"), required=False, max_length=80)
    permitted_until = DateField(
        label=_("May stay until"), required=False, help_text=_("by the visa or permit, DDMMYYYY")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.code, row.name) for row in reference.purposes()]
        self.fields["purpose"].choices = [("", _("Not asked")), *choices]  # type: ignore[attr-defined]

    def details(self) -> CrossingDetails:
        return CrossingDetails(
            purpose=self.cleaned_data["purpose"],
            destination=self.cleaned_data["destination"],
            conveyance=self.cleaned_data["conveyance"],
            permitted_until=self.cleaned_data["permitted_until"],
        )
