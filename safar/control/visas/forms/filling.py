"""The five steps of an application, typed by the applicant or by an officer for her."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.applications.forms import LONGEST_NAME, in_latin
from safar.control.applications.rules import document_number
from safar.control.documents.queries import usual_shapes
from safar.control.offices.models import IssuingOffice
from safar.control.travellers.choices import Sex
from safar.control.visas import queries, rules
from safar.control.visas.actions import Journey, Passport, Who
from safar.control.visas.choices.applications import DocumentKind, Entries, Language, PaperKind
from safar.control.visas.models import (
    Application,
)
from safar.control.visas.wording import applications as wording
from safar.core.errors import RuleBroken
from safar.core.files import LARGEST, TOO_LARGE, checked
from safar.reference import queries as reference
from safar.reference.models import Country
from safar.ui.forms import DateField, PartialDateField

NOT_LATIN = _("Write it in Latin letters, as it stands in the machine readable lines at the foot.")
CAPITALS: Final = {"class": "code", "autocomplete": "off", "spellcheck": "false"}
UNSAID: Final = "X"  # as the visible zone says it; the machine readable one says "<"
NAME: Final = {"autocomplete": "off", "spellcheck": "false"}


class Step(forms.Form):
    """One step. What cannot be is said at its field, as far as all the steps together tell."""

    own: ClassVar[dict[str, str]] = {}  # answers that have no field of their own name

    def __init__(self, application: Application | None, *args: Any, **kwargs: Any) -> None:
        self.application = application
        given = queries.answers(application) if application else {}
        more = {name: getattr(application, name, None) for name in self.base_fields}
        kwargs.setdefault("initial", {**more, **given})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        before = queries.answers(self.application) if self.application else {}
        given = {**before, **{name: value for name, value in cleaned.items() if value}}
        kind = next((k for k in queries.kinds() if k.pk == given.get("kind")), None)
        for problem in rules.problems(given, queries.needs(kind), timezone.localdate()):
            field = problem.field if problem.field in self.fields else self.own.get(problem.code)
            if field and field not in self.errors:
                self.add_error(field, wording.sentence(problem))
        return cleaned


class WhoForm(Step):
    """Step 1: who applies."""

    surname = forms.CharField(
        label=_("Surname"),
        help_text=_(
            "As in the passport, in Latin letters. If there is only one name, write it here."
        ),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(NAME),
    )
    given_names = forms.CharField(
        label=_("Given names"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(NAME),
    )
    name_written = forms.CharField(
        label=_("The same name in your own letters"),
        max_length=120,
        required=False,
        widget=forms.TextInput(NAME),
    )
    birth = PartialDateField(
        label=_("Date of birth"),
        help_text=_("For example 22.08.1994. Write 00 for a day or a month that is not known."),
    )
    sex = forms.ChoiceField(
        label=_("Sex, as in the passport"),
        choices=[*((one.value, one.label) for one in Sex if one), (UNSAID, Sex.UNSPECIFIED.label)],
        widget=forms.RadioSelect,
    )
    nationality = forms.ChoiceField(label=_("Citizen of"))
    email = forms.EmailField(label=_("E-mail"), max_length=120, required=False)
    phone = forms.RegexField(
        r"^[+0-9 ()-]{5,40}$", label=_("Telephone"), max_length=40, required=False,
        error_messages={"invalid": _("Write digits, with + and the country’s code before them.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "nationality", _named(reference.citizenships()))
        if self.application and not self.application.sex:
            self.initial["sex"] = UNSAID

    def clean_sex(self) -> str:
        return "" if self.cleaned_data["sex"] == UNSAID else str(self.cleaned_data["sex"])

    def clean_surname(self) -> str:
        return in_latin(self.cleaned_data["surname"], refusal=NOT_LATIN)

    def clean_given_names(self) -> str:
        return in_latin(self.cleaned_data["given_names"], refusal=NOT_LATIN)

    def answers(self) -> Who:
        return Who(**self.cleaned_data)


class DeskWhoForm(WhoForm):
    """Step 1 at the counter, where the page's language is the officer's and not the applicant's."""

    language = forms.ChoiceField(
        label=_("Language of letters"), choices=Language.choices, required=False
    )


class PassportForm(Step):
    """Step 2: the travel document."""

    document_kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices)
    issuer = forms.ChoiceField(label=_("Issued by"))
    document_number = forms.CharField(
        label=_("Number"),
        help_text=_("Top right of the page with your photo."),
        max_length=30,
        widget=forms.TextInput({**CAPITALS, "class": "code w-m"}),
    )
    document_issued_on = DateField(label=_("Issued on"))
    document_expires_on = DateField(
        label=_("When does it run out?"), help_text=_("For example, 27.03.2031")
    )
    other_numbers = forms.RegexField(
        r"^[A-Za-z0-9 ,;/-]*$",
        label=_("Numbers of other passports that you had in the last ten years"),
        help_text=_("With commas between them. Leave it empty if you had none, or do not know."),
        max_length=100,
        required=False,
        widget=forms.TextInput(CAPITALS),
        error_messages={"invalid": _("A number has letters A to Z and digits only.")},
    )
    number_again = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "issuer", _named(reference.passport_issuers()))

    def clean_document_number(self) -> str:
        typed = self.cleaned_data["document_number"]
        if not re.fullmatch(r"[A-Za-z0-9 \-]{3,30}", typed):
            raise forms.ValidationError(_("A number has letters A to Z and digits only."))
        number = document_number(typed)
        if len(number) < 3:
            raise forms.ValidationError(_("That is too short for a number."))
        return number

    def clean(self) -> dict[str, Any]:
        """A number of an unusual shape is asked for once more: tables do not know every series."""
        cleaned = super().clean()
        again = cleaned.pop("number_again", "")
        issuer, number = cleaned.get("issuer", ""), cleaned.get("document_number", "")
        usual = usual_shapes(issuer, cleaned.get("document_kind", ""), number) if number else []
        if usual and again != number:
            self.data = {**self.data, "number_again": number}
            self.add_error("document_number", wording.unusual(number, issuer, usual))
        return cleaned

    def answers(self) -> Passport:
        return Passport(**self.cleaned_data)


class JourneyForm(Step):
    """Step 3: what she asks for. `consulates` are those that she may choose from."""

    own: ClassVar = {"expires.soon": "arrives_on"}

    kind = forms.ChoiceField(label=_("Kind of visa"))
    consulate = forms.ChoiceField(
        label=_("Where you hand it in"),
        help_text=_("You pay there, and may be asked to come."),
    )
    purpose = forms.CharField(label=_("What do you come for?"), max_length=200)
    inviter = forms.CharField(
        label=_("Who invites you?"),
        help_text=_("The firm, school or relative, with an address."),
        max_length=200,
        required=False,
    )
    address = forms.CharField(label=_("Where will you stay?"), max_length=200, required=False)
    entries_asked = forms.ChoiceField(
        label=_("How often will you enter?"), choices=Entries.choices, widget=forms.RadioSelect
    )
    arrives_on = DateField(label=_("First day"))
    leaves_on = DateField(label=_("Last day"))

    def __init__(
        self,
        application: Application | None,
        *args: Any,
        consulates: list[IssuingOffice],
        public: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(application, *args, **kwargs)
        offer(self, "kind", [(one.pk, one.name) for one in queries.kinds(public=public)])
        offer(self, "consulate", [(one.pk, one.name) for one in consulates])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = next((k for k in queries.kinds() if k.pk == cleaned.get("kind")), None)
        if kind and kind.needs_inviter and not cleaned.get("inviter"):
            self.add_error("inviter", _("This kind of visa needs somebody who invites."))
        return cleaned

    def answers(self) -> Journey:
        given = dict(self.cleaned_data)
        return Journey(kind_id=given.pop("kind"), consulate_id=given.pop("consulate"), **given)


class PaperForm(forms.Form):
    """A paper, opened before anything is done with it: what it is refused for stands at its box."""

    kind = forms.ChoiceField(label=_("Paper"), choices=PaperKind.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("JPEG or PNG; every paper but the photo may be a PDF too. 10 MB at most."),
        max_length=200,
    )

    def __init__(self, wanted: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [(one, PaperKind(one).label) for one in wanted]
        rest = [row for row in PaperKind.choices if row[0] not in wanted]
        offer(self, "kind", [*first, *rest], blank=not first)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, kind = cleaned.get("file"), cleaned.get("kind")
        if file and (file.size or 0) > LARGEST:
            self.add_error("file", TOO_LARGE)
        elif file and kind:
            cleaned["content"] = content = file.read()
            try:
                checked(content, portrait=kind == PaperKind.PHOTO)
            except RuleBroken as refused:
                self.add_error("file", str(refused))
        return cleaned


class SendForm(forms.Form):
    """Step 5: her word that it is true."""

    is_true = forms.BooleanField(
        label=_("What I have written is true, as far as I know."),
        error_messages={"required": _("Tick this, or change what is not right.")},
    )


def _named(countries: Iterable[Country]) -> list[tuple[str, Any]]:
    return [(row.code, row.name) for row in countries]


def offer(
    form: forms.Form, field: str, choices: list[tuple[str, Any]], *, blank: bool = True
) -> None:
    """Set what a list offers; a single choice needs no blank line before it."""
    start = [("", "–")] if blank and len(choices) != 1 else []
    form.fields[field].choices = [*start, *choices]  # type: ignore[attr-defined]
