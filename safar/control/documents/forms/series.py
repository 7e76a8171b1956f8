"""The shape of a row of the table of documents, and of a reported batch of blanks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import SPAN, PersonalNumber
from safar.control.documents.models import DocumentSeries
from safar.control.documents.queries import batch_between
from safar.control.documents.rules import in_standard_form, parse_terms, span_of
from safar.control.documents.rules.series import PATTERN, TERMS
from safar.reference import queries as reference
from safar.reference.choices import Confidence
from safar.ui.forms import DateField

DAYS = ("since", "until")
CODE = forms.TextInput({"class": "code", "autocomplete": "off"})


def _states() -> list[tuple[str, str]]:
    return [("", "–"), *((row.code, f"{row.name} ({row.code})") for row in reference.countries())]


def _kinds() -> list[tuple[str, str]]:
    return [(row.code, f"{row.name} ({row.code})") for row in reference.document_types()]


class SeriesForm(forms.Form):
    """A row of the table, as it shall read; `code` only where the row is new."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters, digits and hyphens: kgz-p-ac.")
    )
    issuer = forms.ChoiceField(label=_("Issued by"))
    kind = forms.ChoiceField(label=_("Kind"))
    pattern = forms.RegexField(
        label=_("Numbers"),
        regex=PATTERN,
        required=False,
        widget=CODE,
        help_text=_("# a digit, @ a letter, ? either; empty where it is not known: AC#######"),
        error_messages={"invalid": _("Capitals, digits, #, @ and ? only: 4 to 20 of them.")},
    )
    terms = forms.RegexField(
        label=_("Terms"),
        regex=TERMS,
        required=False,
        max_length=60,
        widget=CODE,
        help_text=_(
            "Years by age at issue: 0:5 16:10 is five years, and ten from the age of 16 on; 5|10 either."
        ),
        error_messages={
            "invalid": _("Write terms as 0:5 16:10 – five years, and ten from the age of 16 on.")
        },
    )
    personal_number = forms.ChoiceField(
        label=_("Personal number"), required=False, choices=[("", _("None"))]
    )
    since = DateField(label=_("First issued"), required=False, help_text=_("DDMMYYYY"))
    until = DateField(label=_("Last issued"), required=False, help_text=_("DDMMYYYY"))
    source = forms.CharField(
        label=_("Source"), max_length=250, help_text=_("Letter, circular or address")
    )
    confidence = forms.ChoiceField(
        label=_("Confidence"),
        choices=Confidence,
        help_text=_("Only a row of high confidence stops a traveller; the others are told."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=250)
    in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)
    reason = forms.CharField(label=_("Why it should be changed"), max_length=200)

    def __init__(self, *args: Any, row: DocumentSeries | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "issuer": _states(),
            "kind": _kinds(),
            "personal_number": [("", _("None")), *PersonalNumber.choices],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        if row:
            del self.fields["code"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if DocumentSeries.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a row with this code already."))
        return code

    def clean_terms(self) -> str:
        terms: str = self.cleaned_data["terms"]
        try:
            parse_terms(terms)
        except ValueError:
            raise forms.ValidationError(
                _("The ages begin with 0 and rise; a term has at least one year.")
            ) from None
        return terms

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))
        return cleaned

    def draft(self) -> dict[str, Any]:
        """What is proposed, in plain values: days in ISO form, None where they are not known."""
        fields = {k: v for k, v in self.cleaned_data.items() if k not in ("code", "reason")}
        days = {name: fields[name].isoformat() if fields[name] else None for name in DAYS}
        return {**fields, **days}


class BatchForm(forms.Form):
    """A run of blanks that were stolen."""

    issuer = forms.ChoiceField(label=_("Issued by"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    first = forms.RegexField(
        label=_("First number"),
        regex=r"^[A-Za-z0-9<\- ]{3,30}$",
        max_length=30,
        widget=CODE,
        error_messages={"invalid": _("A document number has letters A to Z and digits only.")},
    )
    last = forms.RegexField(
        label=_("Last number"),
        regex=r"^[A-Za-z0-9<\- ]{3,30}$",
        max_length=30,
        widget=CODE,
        error_messages={"invalid": _("A document number has letters A to Z and digits only.")},
        help_text=_("It was stolen too. Both have the same letters and the same length."),
    )
    reference_text = forms.CharField(
        label=_("Reference of the report"),
        max_length=80,
        help_text=_("Number and date of the letter, or of the entry in the issuer’s register"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].choices = _states()  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Not known")), *_kinds()]  # type: ignore[attr-defined]

    def clean_first(self) -> str:
        return in_standard_form(self.cleaned_data["first"])

    def clean_last(self) -> str:
        return in_standard_form(self.cleaned_data["last"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if not first or not last:
            return cleaned
        try:
            span_of(first, last)
        except ValueError as error:
            self.add_error("last", SPAN[str(error)])
        if batch_between(cleaned.get("issuer", ""), first, last):
            self.add_error("first", _("This batch is reported already."))
        return cleaned
