"""An application, typed by an officer on one page; then its papers and consents."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safar.control.applications.forms import in_latin
from safar.control.applications.rules import document_number
from safar.control.offices.models import IssuingOffice
from safar.control.passports.actions import Asked, Who
from safar.control.passports.choices.applications import (
    NATIONAL,
    NATIONALITIES,
    AttachmentKind,
    PaperKind,
    Reason,
    Relation,
)
from safar.control.passports.models import Application
from safar.control.passports.queries import answers
from safar.control.passports.rules import applications as rules
from safar.control.passports.wording import applications as wording
from safar.control.travellers.choices import Sex
from safar.core import node
from safar.core.errors import RuleBroken
from safar.core.files import LARGEST, TOO_LARGE, checked
from safar.reference import queries as reference
from safar.ui.forms import DateField, PartialDateField

NOT_LATIN = _("Write it in Latin letters, as the machine readable lines will have it.")
NAME: Final = {"autocomplete": "off", "spellcheck": "false"}
CODE: Final = {"class": "code w-m", "autocomplete": "off", "spellcheck": "false"}
UNSAID: Final = "X"
MOST_NAMES: Final = 5


class ApplicationForm(forms.Form):
    """Who applies, for what, and why: all answers of one page.

    `application` is None where it is begun; then `offices` are those that it may be typed at.
    """

    office = forms.ChoiceField(label=pgettext_lazy("issuing", "Office"))
    kind = forms.ChoiceField(label=_("What is applied for"), choices=PaperKind)
    surname = forms.CharField(label=_("Surname, in Latin letters"), max_length=60,
                              widget=forms.TextInput(NAME))  # fmt: skip
    given_names = forms.CharField(label=_("Given names, in Latin letters"), max_length=60,
                                  required=False, widget=forms.TextInput(NAME))  # fmt: skip
    name_written = forms.CharField(
        label=_("The whole name in own letters"), max_length=120, required=False,
        widget=forms.TextInput(NAME),
    )  # fmt: skip
    former_names = forms.CharField(
        label=_("Names borne before"),
        help_text=_(
            "Each on a line of its own: before a marriage, an adoption, a change of name. "
            "She is looked for under these too."
        ),
        max_length=600,
        required=False,
        widget=forms.Textarea({**NAME, "rows": 2}),
    )
    birth = PartialDateField(
        label=_("Date of birth"),
        help_text=_("For example 22.08.1994. Write 00 for a day or a month that is not known."),
    )
    birth_place = forms.CharField(
        label=_("Place of birth"),
        help_text=_("A refugee may leave it out."),
        max_length=80,
        required=False,
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[*((one.value, one.label) for one in Sex if one), (UNSAID, Sex.UNSPECIFIED.label)],
        widget=forms.RadioSelect,
    )
    personal_number = forms.RegexField(
        r"^[A-Za-z0-9 -]{0,20}$", label=_("Personal number"), max_length=20, required=False,
        error_messages={"invalid": _("A number has letters A to Z and digits only.")},
        widget=forms.TextInput(CODE),
    )  # fmt: skip
    phone = forms.RegexField(
        r"^[+0-9 ()-]{5,40}$", label=_("Telephone"), max_length=40, required=False,
        error_messages={"invalid": _("Write digits, with + and the country’s code before them.")},
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("Why"), choices=Reason)
    earlier_issuer = forms.ChoiceField(
        label=_("Earlier document: issued by"), required=False,
        help_text=_("Where there was one."),
    )  # fmt: skip
    earlier_number = forms.RegexField(
        r"^[A-Za-z0-9 -]{3,30}$", label=_("Earlier document: number"), max_length=30,
        required=False, widget=forms.TextInput(CODE),
        error_messages={"invalid": _("A number has letters A to Z and digits only.")},
    )  # fmt: skip
    second_reason = forms.CharField(
        label=_("Why a second one is needed"),
        help_text=_("Where she keeps the first: a person holds one of a kind otherwise."),
        max_length=200,
        required=False,
    )
    came_herself = forms.BooleanField(label=_("The holder came herself"), required=False)
    representative_name = forms.CharField(
        label=_("Who came for her, or with the child"), max_length=120, required=False,
        widget=forms.TextInput(NAME),
    )  # fmt: skip
    representative_document = forms.CharField(
        label=_("Document shown by whoever came"), max_length=60, required=False,
        widget=forms.TextInput(CODE),
    )  # fmt: skip

    def __init__(
        self,
        application: Application | None,
        *args: Any,
        offices: list[IssuingOffice] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", _initial(application))
        super().__init__(*args, **kwargs)
        self.application = application
        if application:
            del self.fields["office"], self.fields["kind"]
        else:
            _offer(self, "office", [(one.pk, one.name) for one in offices or []])
        states = [(row.code, row.name) for row in reference.countries()]
        _offer(self, "earlier_issuer", [("", "–"), *states])

    def clean_surname(self) -> str:
        return in_latin(self.cleaned_data["surname"], refusal=NOT_LATIN)

    def clean_given_names(self) -> str:
        return in_latin(self.cleaned_data["given_names"], refusal=NOT_LATIN)

    def clean_sex(self) -> str:
        return "" if self.cleaned_data["sex"] == UNSAID else str(self.cleaned_data["sex"])

    def clean_personal_number(self) -> str:
        return document_number(self.cleaned_data["personal_number"])

    def clean_earlier_number(self) -> str:
        return document_number(self.cleaned_data["earlier_number"])

    def clean_former_names(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["former_names"].splitlines())
        names = tuple(dict.fromkeys(line for line in lines if line))
        if len(names) > MOST_NAMES or any(len(name) > 120 for name in names):
            raise forms.ValidationError(_("Five names at most, of 120 letters each."))
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["kind"] = self.application.kind if self.application else cleaned.get("kind")
        cleaned["nationality"] = _nationality(self.application, cleaned["kind"])
        for problem in rules.problems(cleaned, node.country(), timezone.localdate()):
            if problem.field in self.fields and problem.field not in self.errors:
                self.add_error(problem.field, wording.sentence(problem))
        if cleaned["kind"] in NATIONAL and not cleaned.get("birth_place"):
            self.add_error("birth_place", _("Write the place of birth."))
        if cleaned.get("reason") == Reason.SECOND and not cleaned.get("second_reason"):
            self.add_error("second_reason", _("Write why a second one is needed."))
        return cleaned

    def who(self) -> Who:
        return Who(**{name: self.cleaned_data[name] for name in Who.__dataclass_fields__})

    def asked(self) -> Asked:
        given = {name: self.cleaned_data[name] for name in Asked.__dataclass_fields__}
        if given["reason"] != Reason.SECOND:
            given["second_reason"] = ""
        return Asked(**given)


def _initial(application: Application | None) -> dict[str, Any]:
    if application is None:
        return {"came_herself": True, "kind": PaperKind.PASSPORT, "reason": Reason.FIRST}
    more = ("given_names", "name_written", "phone")
    return {
        **answers(application),
        **{name: getattr(application, name) for name in more},
        "sex": application.sex or UNSAID,
        "former_names": "\n".join(application.former_names),
    }


def _nationality(application: Application | None, kind: str | None) -> str:
    """The state's own, or what stands for none (ICAO Doc 9303-3 §5)."""
    if application:
        return str(application.nationality)
    return node.country() if kind in NATIONAL or not kind else NATIONALITIES[PaperKind(kind)][0]


class PaperForm(forms.Form):
    """A paper, opened before anything is done with it: what it is refused for stands at its box."""

    kind = forms.ChoiceField(label=_("Paper"), choices=AttachmentKind.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("JPEG or PNG; every paper but the photo may be a PDF too. 10 MB at most."),
        max_length=200,
    )

    def __init__(self, wanted: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [(one, AttachmentKind(one).label) for one in wanted]
        rest = [row for row in AttachmentKind.choices if row[0] not in wanted]
        _offer(self, "kind", [*first, *rest])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, kind = cleaned.get("file"), cleaned.get("kind")
        if file and (file.size or 0) > LARGEST:
            self.add_error("file", TOO_LARGE)
        elif file and kind:
            cleaned["content"] = content = file.read()
            try:
                checked(content, portrait=kind == AttachmentKind.PHOTO)
            except RuleBroken as refused:
                self.add_error("file", str(refused))
        return cleaned


class ConsentForm(forms.Form):
    """A parent or guardian agrees."""

    relation = forms.ChoiceField(label=_("Relation"), choices=Relation, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(NAME))
    document = forms.CharField(
        label=_("Document shown"), max_length=60, widget=forms.TextInput(CODE)
    )
    given_on = DateField(label=_("Given on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"given_on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class SendForm(forms.Form):
    is_true = forms.BooleanField(
        label=_("The applicant has signed that this is true."),
        error_messages={"required": _("Tick this, or change what is not right.")},
    )


def _offer(form: forms.Form, field: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[field].choices = choices  # type: ignore[attr-defined]
