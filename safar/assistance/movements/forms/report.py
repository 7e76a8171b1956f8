"""What may be asked of the report of departures: a span of years, and from where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.assistance.movements.queries.report import Asked, Span


class ReportForm(forms.Form):
    """The filters, as they stand in the address."""

    first = forms.TypedChoiceField(label=_("From the year"), coerce=int)
    last = forms.TypedChoiceField(label=_("To the year"), coerce=int)
    departs_from = forms.MultipleChoiceField(
        label=_("Who left from"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: from everywhere."),
    )

    def __init__(self, *args: Any, span: Span, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(year, str(year)) for year in reversed(span.years)]
        choices: dict[str, Any] = {
            "first": years, "last": years, "departs_from": span.departs_from,
        }  # fmt: skip
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = rows

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and found["last"] < found["first"]:
            self.add_error("last", _("The last year is before the first."))
        return found

    def asked(self) -> Asked:
        found = self.cleaned_data
        return Asked(found["first"], found["last"], tuple(found["departs_from"]))


def usual(span: Span) -> dict[str, Any]:
    """What is asked where nobody says: the last year in which somebody left."""
    return {"first": span.years[-1], "last": span.years[-1]}
