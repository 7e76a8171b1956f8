"""The forms of the data protection officer: erasure, and a person's own copy."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.papers import ErasureWhy, IdentityCheck
from safar.ui.forms import DateField


class ProposeErasureForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why"), choices=ErasureWhy.choices, widget=forms.RadioSelect,
        initial=ErasureWhy.OVER_TIME,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Rule or request"),
        max_length=200,
        help_text=_("The rule, or the date of the request. No name: this stays."),
    )


class KeepForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)
    keep_until = DateField(
        label=_("Keep until"), required=False, help_text=_("Until then it is not listed again.")
    )


class OwnDataForm(forms.Form):
    """`offers`: what may be chosen of each of `BY_HAND`."""

    BY_HAND = ("notes", "documents", "letters")
    asked_on = DateField(label=_("Asked for on"))
    identity = forms.ChoiceField(
        label=_("Who asks, and how it was made sure"),
        choices=IdentityCheck.choices,
        widget=forms.RadioSelect,
    )
    notes = forms.TypedMultipleChoiceField(required=False, coerce=str)
    documents = forms.TypedMultipleChoiceField(required=False, coerce=str)
    letters = forms.TypedMultipleChoiceField(required=False, coerce=str)

    def __init__(self, offers: Mapping[str, Iterable[Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in offers.items():
            field: Any = self.fields[name]
            field.choices = [(str(key), str(key)) for key in offered]

    def chosen(self) -> dict[str, Any]:
        """What `give_own_data` is asked with."""
        keys = {n: [UUID(one) for one in self.cleaned_data[n]] for n in self.BY_HAND}
        return {**self.cleaned_data, **keys}
