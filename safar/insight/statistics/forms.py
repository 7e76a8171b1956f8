"""What may be asked of the figures: a period, a post, a citizenship, a direction."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Direction
from safar.core.permissions import Actor
from safar.insight.statistics.rules.asked import Asked
from safar.insight.statistics.rules.periods import Period
from safar.reference import queries as reference
from safar.ui.forms import DateField

OWN = "own"
PERIODS = {
    "7": _("Last 7 days"),
    "28": _("Last 4 weeks"),
    "84": _("Last 12 weeks"),
    OWN: _("Own dates"),
}
USUAL_PERIOD = "84"
LONGEST = timedelta(days=365)


class FiguresForm(forms.Form):
    """The filters, as they stand in the address: a page of figures can be sent to a colleague."""

    period = forms.ChoiceField(
        label=_("Period"), choices=list(PERIODS.items()), required=False, initial=USUAL_PERIOD
    )
    first = DateField(label=_("From"), required=False)
    last = DateField(label=_("To"), required=False)
    post = forms.ChoiceField(label=_("Post"), required=False)
    citizenship = forms.ChoiceField(label=_("Citizenship"), required=False)
    direction = forms.ChoiceField(label=_("Direction"), required=False)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        posts = [(post.code, post.name) for post in reference.posts_visible(actor)]
        countries = [(country.code, country.name) for country in reference.countries()]
        choices: dict[str, list[tuple[Any, Any]]] = {
            "post": [("", _("All posts")), *posts],
            "citizenship": [("", _("All citizenships")), *countries],
            "direction": [("", _("Entries and exits")), *Direction.choices],
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = rows

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("period") == OWN and not self.errors:
            self._check_dates(found.get("first"), found.get("last"))
        return found

    def _check_dates(self, first: date | None, last: date | None) -> None:
        if first is None:
            self.add_error("first", _("Write the first day."))
        elif last is not None and last < first:
            self.add_error("last", _("The last day is before the first."))
        elif first > self.today:
            self.add_error("first", _("This day has not come yet."))
        elif (last or self.today) - first > LONGEST:
            self.add_error("first", _("Ask for a year at most."))

    def asked(self) -> Asked:
        """Return what a valid form asks for. Days that have not come yet are left off."""
        found = self.cleaned_data
        return Asked(
            self._period(found),
            *(found.get(name) or "" for name in ("post", "citizenship", "direction")),
        )

    def _period(self, found: dict[str, Any]) -> Period:
        days = found.get("period") or USUAL_PERIOD
        if days != OWN:
            return Period.last_days(int(days), self.today - timedelta(days=1))
        return Period(found["first"], min(found.get("last") or self.today, self.today))
