"""What is typed on a visa application beside what all applications have: interview, terms."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.applications import forms as applications
from safar.control.visas.actions import Terms
from safar.control.visas.choices.applications import Entries
from safar.control.visas.models import Application
from safar.ui.forms import DateField, PartialDateField


class MoreForm(applications.MoreForm):
    """The applicant herself reads it, on the public page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].help_text = _(
            "She reads these words. Name the paper and what is wrong with the one before."
        )


class InterviewForm(forms.Form):
    held_on = DateField(label=_("Held on"))
    language = forms.CharField(label=_("Language"), max_length=40)
    text = forms.CharField(
        label=_("What was said"), max_length=4000, widget=forms.Textarea({"rows": 8})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"held_on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class GrantForm(forms.Form):
    """The terms; what was asked for stands there already."""

    entries = forms.ChoiceField(label=_("Entries"), choices=Entries, widget=forms.RadioSelect)
    days = forms.IntegerField(label=_("Days of stay"), min_value=1, max_value=3650)
    first = DateField(label=_("Valid from"))
    last = DateField(label=_("Valid to"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed where she is the person of a list entry."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "entries": application.entries_asked,
                "days": application.stay_days,
                "first": application.arrives_on,
                "last": application.leaves_on,
            },
        )
        super().__init__(*args, **kwargs)

    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__dataclass_fields__})


class BackForm(forms.Form):
    """Come back to what was begun: by reference and code."""

    reference = forms.CharField(
        label=_("Reference"), max_length=20, widget=forms.TextInput({"class": "code w-m"})
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("It was shown once, when you began."),
        max_length=30,
        widget=forms.TextInput({"class": "code w-m", "autocomplete": "off"}),
    )


class StatusForm(forms.Form):
    """How does it stand? By reference and date of birth."""

    reference = forms.CharField(
        label=_("Reference"), max_length=20, widget=forms.TextInput({"class": "code w-m"})
    )
    birth = PartialDateField(label=_("Date of birth"), help_text=_("For example 22.08.1994"))


class QuotaForm(forms.Form):
    kind = forms.ChoiceField(label=_("Permit"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2200)
    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=1_000_000)

    def __init__(self, kinds: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
