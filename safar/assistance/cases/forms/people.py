"""The shape of what is typed about a person: who she is, what she is called, how to reach her."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.opening import NameAsWritten, NewPerson, WayToReach
from safar.assistance.cases.actions.registering import Facts
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.people import ContactKind, NameKind, NumberOf, Sex
from safar.assistance.cases.forms.editing import EditForm
from safar.assistance.cases.models import Person, PersonName
from safar.assistance.cases.name_keys import keys_of
from safar.assistance.cases.numbers import external_number
from safar.assistance.cases.queries.people import names_of
from safar.core.errors import RuleBroken
from safar.ui.forms import PartialDateField

OTHER = "other"
SEXES = [("", _("Not specified")), *[one for one in Sex.choices if one[0]]]
BODIES = [*NumberOf.choices, (OTHER, _("Another body"))]


class FindForm(forms.Form):
    mark_optional = False
    terms = forms.CharField(
        label=_("Name, number or telephone"),
        help_text=_(
            "A name in any spelling or script, the number of a case or of a UNHCR file, or the last "
            "four digits of a telephone. The search is recorded."
        ),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        max_length=120,
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class FactsForm(forms.Form):
    """Sex, birth, citizenships and languages; a change of the first three says why."""

    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False)
    birth = PartialDateField(
        label=_("Born"), help_text=_("17.05.1984, 05.1984 or 1984 alone."), required=False
    )
    birth_is_estimated = forms.BooleanField(label=_("The date is estimated"), required=False)
    citizenships = forms.CharField(
        label=_("Citizenships"), help_text=_("ICAO codes, such as KGZ UZB."), required=False
    )
    languages = forms.CharField(
        label=_("Languages"),
        help_text=_("Codes of three letters, such as kir rus; the best one first."),
        required=False,
    )

    def clean_citizenships(self) -> list[str]:
        return [code.upper() for code in _codes(self.cleaned_data["citizenships"])]

    def clean_languages(self) -> list[str]:
        return [code.lower() for code in _codes(self.cleaned_data["languages"])]

    def facts(self) -> Facts:
        return Facts(**{name: self.cleaned_data[name] for name in FactsForm.base_fields})


class ChangeForm(FactsForm):
    """What is known of a person, as it should stand; if it changed meanwhile, both are shown."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed where sex, birth or citizenships change."),
        max_length=300,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        self.person = person
        start = {name: getattr(person, name) for name in FactsForm.base_fields}
        start |= {name: " ".join(start[name]) for name in ("citizenships", "languages")}
        kwargs["initial"] = {**start, "seen": person.version}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("seen") != self.person.version:
            self.data = {**self.data.dict(), "seen": self.person.version}  # type: ignore[attr-defined]
            raise forms.ValidationError(
                _("Somebody changed this meanwhile. Beside the form is what stands there now; "
                  "what you typed is still here. Save again to keep yours.")
            )  # fmt: skip
        return self.cleaned_data


class NameForm(forms.Form):
    """A name, as it stands in a document or as she writes it."""

    surname = forms.CharField(label=_("Surname"), max_length=80, required=False)
    given_names = forms.CharField(label=_("Given names"), max_length=80, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Where it stands"), choices=NameKind.choices)
    instead_of = forms.ModelChoiceField(
        label=_("Instead of"),
        help_text=_("A wrong name is not used any more, but still finds the person."),
        queryset=PersonName.objects.none(),
        required=False,
        empty_label=_("No other: it is one more spelling"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed where it takes the place of another."),
        max_length=300,
        required=False,
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instead: Any = self.fields["instead_of"]
        instead.queryset = person.names.filter(ended_at=None)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not _is_a_name(given):
            self.add_error("surname", _("Write a surname or a given name."))
        if given.get("instead_of") and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why the other name is wrong."))
        return given

    def name(self) -> NameAsWritten:
        given = self.cleaned_data
        return NameAsWritten(
            given["surname"], given["given_names"], given["patronymic"], given["kind"]
        )


class NumberForm(forms.Form):
    """A number by which another body knows her, in the form of that body's numbers."""

    system = forms.ChoiceField(label=_("Whose number"), choices=BODIES)
    body = forms.CharField(
        label=_("Which body"),
        help_text=_("Its short name, where it is another body."),
        max_length=20,
        required=False,
    )
    value = forms.CharField(label=_("Number"), max_length=40)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("system") == OTHER:
            given["system"] = given.get("body", "").strip()
        if "value" in given:
            try:
                given["value"] = external_number(given.get("system", ""), given["value"])
            except RuleBroken as error:
                self.add_error("body" if error.field == "system" else "value", str(error))
        return given

    def number(self) -> tuple[str, str]:
        return self.cleaned_data["system"], self.cleaned_data["value"]


class SafetyForm(forms.Form):
    """What may be done with a number or an address. Nothing, unless she said so."""

    may_contact = forms.BooleanField(label=_("We may call or write there"), required=False)
    may_say_who = forms.BooleanField(label=_("We may say who we are"), required=False)
    when = forms.CharField(
        label=_("When"),
        help_text=_("For example: mornings, when nobody else is at home."),
        max_length=80,
        required=False,
    )


class ChangeSafetyForm(EditForm):
    """The same of what is kept already: a colleague may be changing it at the same time."""

    may_contact = SafetyForm.base_fields["may_contact"]
    may_say_who = SafetyForm.base_fields["may_say_who"]
    when = SafetyForm.base_fields["when"]


class ContactForm(SafetyForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Number or address"), max_length=160)
    field_order = ("kind", "value", "may_contact", "may_say_who", "when")

    def way(self) -> WayToReach:
        return WayToReach(**self.cleaned_data)


class RegisterForm(FactsForm):
    """A person who comes into a case: as she is registered, before anybody looks who she may be."""

    surname = forms.CharField(label=_("Surname"), max_length=80, required=False)
    given_names = forms.CharField(label=_("Given names"), max_length=80, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=80, required=False)
    own_surname = forms.CharField(
        label=_("Surname in another script"), max_length=80, required=False
    )
    own_given_names = forms.CharField(
        label=_("Given names in another script"), max_length=80, required=False
    )
    role = forms.ChoiceField(label=_("In the case"), choices=MemberRole.choices)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    may_contact = forms.BooleanField(label=_("We may call"), required=False)
    may_say_who = forms.BooleanField(label=_("We may say who we are"), required=False)
    when = forms.CharField(label=_("When"), max_length=80, required=False)
    field_order = (
        "surname", "given_names", "patronymic", "own_surname", "own_given_names", "sex", "birth",
        "birth_is_estimated", "citizenships", "languages", "role", "phone", "may_contact",
        "may_say_who", "when",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"role": MemberRole.OTHER}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        if not _is_a_name(self.cleaned_data):
            self.add_error("surname", _("Write a surname or a given name."))
        return self.cleaned_data

    def person(self) -> NewPerson:
        given = self.cleaned_data
        names = [
            NameAsWritten(given["surname"], given["given_names"], given["patronymic"]),
            NameAsWritten(given["own_surname"], given["own_given_names"]),
        ]
        way = WayToReach(
            given["phone"], ContactKind.PHONE, given["may_contact"], given["may_say_who"],
            given["when"],
        )  # fmt: skip
        return NewPerson(
            names=[name for name in names if name.surname or name.given_names],
            contacts=[way] if way.value else [],
            **vars(self.facts()),
        )


class WhoForm(forms.Form):
    """One of those who may be meant, or nobody of them."""

    NOBODY = "new"
    who = forms.ChoiceField(label=_("Is it one of these people?"), widget=forms.RadioSelect)

    def __init__(self, possible: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        known = [(str(one.person.pk), _about(one.person)) for one in possible]
        who.choices = [*known, (self.NOBODY, _("None of them: register a new person"))]

    def chosen(self, possible: Sequence[Any]) -> Person | None:
        who = self.cleaned_data["who"]
        return next((one.person for one in possible if str(one.person.pk) == who), None)


def _about(person: Person) -> str:
    known = (str(name) for name in names_of(person) if name.ended_at is None)
    names = " · ".join(f"\u2068{name}\u2069" for name in known)  # each in its own direction
    return ", ".join(filter(None, (names, str(person.birth or ""))))


def _is_a_name(given: dict[str, Any]) -> bool:
    return bool(keys_of(f"{given.get('surname', '')} {given.get('given_names', '')}"))


def _codes(text: str) -> list[str]:
    codes = list(dict.fromkeys(text.replace(",", " ").split()))
    if any(len(code) > 3 or not code.isascii() or not code.isalpha() for code in codes):
        raise forms.ValidationError(_("Use codes of up to three letters."))
    return codes
