"""Health as it is typed: what was found, what the journey may know, the check before a flight."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.movements.actions.health import LONGEST, Found, Said
from safar.assistance.movements.choices import EscortKind, Fitness, MedicalOutcome, NeedOnBoard
from safar.assistance.movements.models import TravelHealth
from safar.assistance.movements.queries.health import Fit
from safar.core.node import uuid7
from safar.ui.forms import DateField

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _now() -> Any:
    return timezone.localtime().replace(second=0, microsecond=0)


class ExaminationForm(forms.Form):
    """An examination; its key keeps a form that is sent twice from being kept twice."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    examined_on = DateField(label=_("Examined on"), initial=timezone.localdate)
    clinic = forms.CharField(label=_("Clinic"), max_length=120)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=MedicalOutcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Finding"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It is sealed with the key of this case. Movement staff never read it."),
    )

    def found(self) -> Found:
        typed = self.cleaned_data
        return Found(typed["examined_on"], typed["clinic"], typed["outcome"], typed["text"])

    def key_given(self) -> UUID:
        return UUID(str(self.cleaned_data["key"]))


class FitnessForm(forms.Form):
    """What the journey may know. Where a colleague was quicker, both are shown before it is kept."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    fitness = forms.ChoiceField(
        label=_("How may this person travel?"),
        choices=[one for one in Fitness.choices if one[0] != Fitness.NOT_SEEN],
        widget=forms.RadioSelect,
    )
    holds_until = DateField(
        label=_("Fit until"), required=False, help_text=_("The last day on which it holds.")
    )
    look_again_on = DateField(
        label=_("Looked at again on"), required=False, help_text=_("For whoever is on hold.")
    )
    needs = forms.MultipleChoiceField(
        label=_("Needed on board"),
        choices=NeedOnBoard.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    escort = forms.ChoiceField(
        label=_("Escort"), choices=EscortKind.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, now: Fit, kept: TravelHealth | None, **kwargs: Any) -> None:
        self.now = now
        kwargs["initial"] = {
            "seen": now.version,
            "fitness": "" if now.fitness == Fitness.NOT_SEEN else now.fitness,
            "holds_until": now.holds_until,
            "look_again_on": now.look_again_on,
            "needs": kept.needs if kept else [],
            "escort": kept.escort if kept else "",
        }
        super().__init__(*args, **kwargs)
        self.meanwhile = False

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and typed["seen"] != self.now.version:
            self.meanwhile = True
            posted: Any = self.data
            self.data = shown_anew = posted.copy()
            shown_anew["seen"] = str(self.now.version)
            raise forms.ValidationError(
                _("A colleague said something meanwhile: it stands above. Keep yours if it holds.")
            )
        return typed

    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in Said.__dataclass_fields__})


class PreflightForm(forms.Form):
    at = forms.DateTimeField(label=_("Looked at"), widget=MOMENT, initial=_now)
