"""What an officer types on an application: fee, reasons, judgements, the decision, the terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.passports.actions import Money, Terms
from safar.control.passports.choices.applications import FeeKind, Ground, PaperKind, Status
from safar.control.passports.choices.identity import ListOutcome, Outcome


class DeskForm(forms.Form):
    """Which applications are shown."""

    mark_optional = False
    words = forms.CharField(
        label=_("Surname, reference, personal or document number"),
        help_text=_("The search is recorded."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("All that are open")), *Status.choices],
        required=False,
    )


class FeeForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), choices=FeeKind, widget=forms.RadioSelect)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=8, decimal_places=2)
    receipt = forms.CharField(
        label=_("Number of the receipt"), max_length=30, required=False,
        widget=forms.TextInput({"class": "code", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Where it is waived or given back."),
        max_length=200,
        required=False,
    )

    def money(self) -> Money:
        return Money(**self.cleaned_data)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class MoreForm(forms.Form):
    what = forms.CharField(
        label=_("What is she asked for?"),
        help_text=_("Name the paper and what is wrong with the one before."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )


class CheckForm(forms.Form):
    word = forms.CharField(
        label=_("A word for who decides"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


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


class ListedForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Is she this person?"), choices=ListOutcome, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("What decided it"), max_length=300)


class ApproveForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What you looked at. It is kept with the decision."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class RefuseForm(forms.Form):
    grounds = forms.MultipleChoiceField(
        label=_("Grounds"), choices=Ground, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Why, in words for the applicant"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
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
