"""The shape of what list managers type besides entries: searches, reasons, filters."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import HitStatus

DAY: Final = forms.DateInput(attrs={"type": "date"})


class SearchForm(forms.Form):
    mark_optional = False
    words = forms.CharField(
        label=_("Name or number"),
        help_text=_("In any script. The search is recorded."),
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=200,
        required=False,
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class TiesForm(forms.Form):
    """The word of an approver where the person may be of the staff, or a relative."""

    ties_seen = forms.BooleanField(
        label=_("I have read who this may be, and decide all the same"), required=False
    )


class ReviewForm(forms.Form):
    mark_optional = False
    keep_until = forms.DateField(
        label=_("Keep it until the next review on"), widget=DAY, required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ThresholdForm(forms.Form):
    after = forms.FloatField(
        label=_("Names from this likeness on"),
        help_text=_("From 0.5 to 1. Lower stops more travellers, and more of the wrong ones."),
        min_value=0.5,
        max_value=1,
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class HitsForm(forms.Form):
    """Which hits are shown."""

    mark_optional = False
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("open", _("Not judged yet")), *HitStatus.choices, ("all", _("All"))],
        required=False,
    )
    list = forms.ChoiceField(label=_("List"), required=False)
    age = forms.ChoiceField(
        label=_("Raised"),
        choices=[
            ("", _("At any time")),
            ("1", _("In the last day")),
            ("7", _("In the last 7 days")),
            ("30", _("In the last 30 days")),
            ("-1", _("More than a day ago")),
            ("-7", _("More than 7 days ago")),
        ],
        required=False,
    )

    def __init__(self, lists: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["list"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", _("All lists")), *lists]


class OwnerForm(forms.Form):
    mark_optional = False
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, owners: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", _("All owners")), *owners]


class NumberForm(forms.Form):
    mark_optional = False
    number = forms.CharField(label=_("Number of the entry"), max_length=60)
