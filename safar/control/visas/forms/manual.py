"""What is asked of the visa manual, and what is typed to change it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.visas.actions.manual import NewRule
from safar.control.visas.choices.manual import Needed, Passport, Way
from safar.reference import queries as reference
from safar.ui.forms import DateField


class AskForm(forms.Form):
    """May this person enter on that day?"""

    mark_optional = False
    citizenship = forms.ChoiceField(label=_("Citizen of"))
    day = DateField(label=_("Day of arrival"))
    passport = forms.ChoiceField(label=_("Passport"), choices=Passport.choices)
    post = forms.ChoiceField(label=_("Post"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["citizenship"].choices = [("", "…"), *citizenships()]  # type: ignore[attr-defined]
        self.fields["post"].choices = [("", _("any")), *posts()]  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """A line of the manual, as it is proposed."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Short and lasting, for example E-VISA-2027.")
    )
    way = forms.ChoiceField(label=_("How they may come"), choices=Way.choices)
    citizenships = forms.MultipleChoiceField(
        label=_("Citizens of"), required=False, help_text=_("None chosen: of every state."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip
    passports = forms.MultipleChoiceField(
        label=_("With"), required=False, choices=Passport.choices,
        widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: with any."),
    )  # fmt: skip
    posts = forms.MultipleChoiceField(
        label=_("Posts"), required=False, help_text=_("None chosen: at all posts."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    papers = forms.MultipleChoiceField(
        label=_("To be shown"), required=False, choices=Needed.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("Days of stay"), required=False, min_value=1, max_value=3650,
        help_text=_("Empty: no limit."),
    )  # fmt: skip
    window_days = forms.IntegerField(
        label=_("In any so many days"), required=False, min_value=2, max_value=3650,
        help_text=_("Empty: at each visit."),
    )  # fmt: skip
    visit_days = forms.IntegerField(
        label=_("Days at each visit"), required=False, min_value=1, max_value=3650
    )
    act = forms.CharField(label=_("Act"), max_length=250, help_text=_("Title, number and day."))
    in_force_from = DateField(label=_("In force from"))
    last_day = DateField(label=_("Last day"), required=False)
    reason = forms.CharField(label=_("Why it is proposed"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["citizenships"].choices = citizenships()  # type: ignore[attr-defined]
        self.fields["posts"].choices = posts()  # type: ignore[attr-defined]

    def new(self) -> NewRule:
        return NewRule(**self.cleaned_data)


class EndingForm(forms.Form):
    last_day = DateField(label=_("Last day"))
    act = forms.CharField(label=_("Act"), max_length=250, help_text=_("Title, number and day."))


def citizenships() -> list[tuple[str, str]]:
    """Every code that may stand for a citizenship, by its name."""
    return [(row.code, row.name) for row in reference.citizenships()]


def posts() -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in reference.posts()]
