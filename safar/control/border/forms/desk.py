"""The shape of what is typed at the desk: amendments, searches, purposes, judgements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import AmendmentKind, Direction
from safar.control.travellers.choices import Judgement
from safar.reference import queries as reference
from safar.ui.forms import DateField, PartialDateField

OTHER = "other"
PURPOSES = [
    ("crossing", _("Crossing in progress")),
    ("second_line", _("Second-line check")),
    ("correction", _("Correction of a crossing")),
    ("request", _("Request of the person")),
    (OTHER, _("Other")),
]
FEWEST_WORDS = 5  # characters


class AmendmentForm(forms.Form):
    """Annul a crossing, or correct some of its fields."""

    kind = forms.ChoiceField(
        label=_("What is to be done"),
        choices=[
            (AmendmentKind.ANNUL, _("Annul: this crossing did not happen so")),
            (AmendmentKind.CORRECT, _("Correct: change what is wrong below")),
        ],
        widget=forms.RadioSelect,
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction, required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    destination = forms.CharField(label=_("Going to"), required=False, max_length=160)
    conveyance = forms.CharField(label=_("Travels by"), required=False, max_length=80)
    permitted_until = DateField(label=_("May stay until"), required=False, help_text=_("DDMMYYYY"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.code, row.name) for row in reference.purposes()]
        self.fields["purpose"].choices = [("", _("Not asked")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        unchanged = not set(self.changed_data) & set(self.changes(cleaned))
        if cleaned.get("kind") == AmendmentKind.CORRECT and unchanged:
            self.add_error("kind", _("Change at least one field below, or annul the crossing."))
        return cleaned

    def changes(self, cleaned: dict[str, Any] | None = None) -> dict[str, Any]:
        """Every field that can be corrected, as it is to be."""
        values = self.cleaned_data if cleaned is None else cleaned
        return {name: values[name] for name in values if name not in ("kind", "reason")}


class SearchForm(forms.Form):
    """A document number, or a name with a date of birth as far as it is known."""

    number = forms.CharField(
        label=_("Document number"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"class": "code", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Surname and given names"),
        required=False,
        max_length=160,
        help_text=_("In Latin or Cyrillic letters, in any order"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth = PartialDateField(
        label=_("Born"), required=False, help_text=_("DDMMYYYY; 00 for what is not known")
    )

    def clean_number(self) -> str:
        text: str = self.cleaned_data["number"]
        return text.upper().replace("<", "").replace("-", "").replace(" ", "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if not cleaned["number"] and not cleaned["name"].strip():
            self.add_error("number", _("Write a document number, or a name and a date of birth."))
        elif not cleaned["number"] and not cleaned["birth"]:
            self.add_error("birth", _("Write at least the year of birth: a name alone finds many."))
        return cleaned


class PurposeForm(forms.Form):
    """Why a file is opened. It is recorded before anything is shown."""

    purpose = forms.ChoiceField(
        label=_("Why do you open this file?"), choices=PURPOSES, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words, where it is another purpose"), required=False, max_length=120
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        short = len(cleaned.get("words", "").strip()) < FEWEST_WORDS
        if cleaned.get("purpose") == OTHER and short:
            self.add_error("words", _("Write the purpose in a few words."))
        return cleaned

    def stated(self) -> str:
        """The purpose as it goes on record."""
        code: str = self.cleaned_data["purpose"]
        return f"other: {self.cleaned_data['words'].strip()}" if code == OTHER else code


class JudgeForm(forms.Form):
    """Whether two travellers are one person."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    judgement = forms.ChoiceField(
        label=_("The same person?"), choices=Judgement, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("What decides it"), max_length=300)
