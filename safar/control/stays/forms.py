"""The shape of what is typed at the desk of stays."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import ExtensionGround, RebuttalGround
from safar.control.stays.actions.extending import Asked
from safar.control.stays.actions.rebutting import FOR_A_TIME, Said
from safar.control.stays.actions.registering import Address
from safar.control.stays.choices import Host
from safar.control.stays.rules import DEFAULT, MOST_DAYS, Term
from safar.core import node
from safar.reference import queries as reference
from safar.reference.choices import CountryKind
from safar.ui.forms import DateField

OTHER = "other"
PURPOSES = [
    ("check", _("To check an overstay")),
    ("request", _("Request of the person")),
    ("decision", _("To decide on what she said")),
    ("notice", _("To print a notice")),
    (OTHER, _("Other")),
]
FEWEST_WORDS = 5  # characters
LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
WORDS = forms.Textarea({"rows": 3})


class ListForm(forms.Form):
    """Which overstays are shown: by GET, for nothing in it names a person."""

    mark_optional = False
    day = DateField(label=_("On the day"), required=False)
    citizenship = forms.CharField(
        label=_("Citizen of"), required=False, max_length=3,
        widget=forms.TextInput({"class": "code w-s", "autocomplete": "off"}),
    )  # fmt: skip
    post = forms.ChoiceField(label=_("Entered at"), required=False)
    at_least = forms.IntegerField(
        label=_("Days over, at least"), required=False, min_value=1, max_value=2000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [(one.code, one.name) for one in reference.posts()]
        self.fields["post"].choices = [("", _("All posts")), *posts]  # type: ignore[attr-defined]

    def clean_citizenship(self) -> str:
        return str(self.cleaned_data["citizenship"]).strip().upper()

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class FiguresForm(ListForm):
    """The same without the days over: figures of two neighbouring numbers would tell of one."""

    at_least = None  # type: ignore[assignment]


class FindForm(forms.Form):
    """The document that the traveller shows."""

    issuer = forms.CharField(
        label=_("Issued by"), max_length=3, help_text=_("The state’s code in the document: RUS"),
        widget=forms.TextInput({"class": "code w-s", "autocomplete": "off"}),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Document number"), max_length=30,
        widget=forms.TextInput({"class": "code", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_issuer(self) -> str:
        return str(self.cleaned_data["issuer"]).strip().upper()

    def clean_number(self) -> str:
        text = str(self.cleaned_data["number"]).upper()
        return text.replace("<", "").replace("-", "").replace(" ", "")


class ExtensionForm(forms.Form):
    until = DateField(label=_("Asks to stay until"))
    ground = forms.ChoiceField(label=_("Ground"), choices=ExtensionGround, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What she says and what she brought"), max_length=1000, widget=WORDS
    )
    fee_receipt = forms.CharField(
        label=_("Number of the receipt"), max_length=30,
        widget=forms.TextInput({"class": "code", "autocomplete": "off"}),
    )  # fmt: skip

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class GrantForm(forms.Form):
    until = DateField(label=_("Granted until"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=WORDS)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=WORDS)


class RegisterForm(forms.Form):
    address = forms.CharField(label=_("Address"), max_length=250)
    region = forms.CharField(label=_("Region"), max_length=80)
    from_day = DateField(label=_("Lives there from"))
    until = DateField(label=_("Until"))
    host_kind = forms.ChoiceField(label=_("Reported by"), choices=Host, widget=forms.RadioSelect)
    host = forms.CharField(
        label=_("Name of the host or hotel"), max_length=160, required=False,
        help_text=_("Not where the traveller reports herself."),
    )  # fmt: skip

    def lives(self) -> Address:
        return Address(**self.cleaned_data)


class MistakeForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it"), max_length=200,
        help_text=_("It stays readable, with these words beside it. Register the right address anew."),
    )  # fmt: skip


class RuleForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days"), min_value=1, max_value=MOST_DAYS, initial=DEFAULT.days
    )
    working = forms.BooleanField(
        label=_("Count working days only (Monday to Friday)"), required=False, initial=True
    )
    free = forms.MultipleChoiceField(
        label=_("Citizens who need not register"), required=False,
        widget=forms.SelectMultiple({"size": 8}), help_text=_("None chosen: nobody is free of it."),
    )  # fmt: skip
    act = forms.CharField(label=_("By which act"), max_length=250)
    from_day = DateField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [one for one in reference.countries() if one.code != node.country()]
        states = [(one.code, one.name) for one in others if one.kind == CountryKind.STATE]
        self.fields["free"].choices = states  # type: ignore[attr-defined]

    def term(self) -> Term:
        given = self.cleaned_data
        return Term(given["days"], given["working"], given["act"], tuple(given["free"]))


class PurposeForm(forms.Form):
    """Why an explanation is opened. It is recorded before anything is shown."""

    purpose = forms.ChoiceField(
        label=_("Why do you open this?"), choices=PURPOSES, widget=forms.RadioSelect
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


class RebuttalForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("What she says"), choices=RebuttalGround, widget=forms.RadioSelect
    )
    said = forms.CharField(label=_("In her words"), max_length=2000, widget=WORDS)
    evidence = forms.CharField(
        label=_("What she showed"), max_length=1000, widget=WORDS,
        help_text=_("A stamp, a hospital’s letter, a ticket; or that she showed nothing."),
    )  # fmt: skip
    until = DateField(
        label=_("Until which day it lasted"), required=False,
        help_text=_("In hospital or by force majeure. Otherwise leave it empty."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("ground") in FOR_A_TIME and not cleaned.get("until"):
            self.add_error("until", _("Until which day did it last?"))
        return cleaned

    def stated(self) -> Said:
        return Said(**self.cleaned_data)


class AcceptForm(forms.Form):
    reason = forms.CharField(label=_("Why it is accepted"), max_length=500, widget=WORDS)
    correct_to = DateField(
        label=_("Propose to correct the last day to"), required=False,
        help_text=_("Where the day on record is wrong. A second person signs it."),
    )  # fmt: skip
    annul = forms.BooleanField(
        label=_("Propose to annul the entry: she did not enter so"), required=False
    )
