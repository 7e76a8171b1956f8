"""What an officer types on an application: fee, reasons, judgements, a refusal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.applications.actions import Money
from safar.control.applications.choices import FeeKind, ListOutcome
from safar.control.applications.models import ApplicationBase
from safar.control.applications.queries import account_of


class DeskForm(forms.Form):
    """Which applications are shown. The words and the choices are each app's."""

    mark_optional = False
    words = forms.CharField(
        help_text=_("The search is recorded."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, label: Any, choices: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            ("", _("All that are open")), *choices,
        ]  # fmt: skip


class FeeForm(forms.Form):
    """What was paid, waived or given back; what is owed stands there already."""

    mark_optional = False  # which of the two is needed depends on the kind
    kind = forms.ChoiceField(label=_("What"), choices=FeeKind, widget=forms.RadioSelect)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=8, decimal_places=2)
    receipt = forms.CharField(
        label=_("Number of the receipt"),
        help_text=_("Where it is paid or given back."),
        max_length=30,
        required=False,
        widget=forms.TextInput({"class": "code", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Where it is waived or given back."),
        max_length=200,
        required=False,
    )

    def __init__(self, application: ApplicationBase, *args: Any, **kwargs: Any) -> None:
        account = account_of(application)
        back = account.is_settled and account.held
        kind, amount = (FeeKind.RETURNED, account.held) if back else (FeeKind.PAID, account.owed)
        kwargs.setdefault("initial", {"kind": kind, "amount": amount})
        super().__init__(*args, **kwargs)

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


class WordForm(forms.Form):
    word = forms.CharField(
        label=_("A word for who decides"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class ListedForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Is she this person?"), choices=ListOutcome, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("What decided it"), max_length=300)


class RefuseForm(forms.Form):
    grounds = forms.MultipleChoiceField(label=_("Grounds"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("Why, in words for the applicant"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, grounds: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grounds"].choices = grounds  # type: ignore[attr-defined]
