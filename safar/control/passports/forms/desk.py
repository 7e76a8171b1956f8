"""What is typed on a passport application beside what all applications have; and the terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.passports.actions import Terms
from safar.control.passports.choices.applications import PaperKind
from safar.control.passports.choices.identity import Outcome


class IdentityForm(forms.Form):
    """Is the applicant this person?"""

    outcome = forms.ChoiceField(
        label=_("Are they one person?"), choices=Outcome, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What decided it"),
        help_text=_("What you compared: faces, papers, what she said."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )


class ApproveForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What you looked at. It is kept with the decision."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class TermsForm(forms.Form):
    """What a kind costs, and how long it is valid."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PaperKind)
    years = forms.IntegerField(label=_("Years"), min_value=1, max_value=20)
    years_child = forms.IntegerField(label=_("Years, of a child"), min_value=1, max_value=20)
    fee = forms.DecimalField(label=_("Fee"), min_value=0, max_digits=8, decimal_places=2)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        max_length=3,
        widget=forms.TextInput({"class": "code"}),
    )

    def terms(self) -> Terms:
        given: dict[str, Any] = {
            name: self.cleaned_data[name] for name in Terms.__dataclass_fields__
        }
        return Terms(**given)
