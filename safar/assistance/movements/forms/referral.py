"""A referral as it is typed: the scheme, where to, the applicant, the family."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.people import NumberOf, Sex
from safar.assistance.cases.new_people import (
    NameAsWritten,
    NewCase,
    NewMember,
    NewPerson,
    WayToReach,
)
from safar.assistance.cases.numbers import external_number
from safar.assistance.movements.actions.opening import MovementReferral
from safar.assistance.movements.choices import Priority, ReferredBy
from safar.assistance.movements.models import MovementScheme
from safar.assistance.movements.programme import MOVEMENTS
from safar.assistance.movements.queries.files import schemes_on
from safar.core.errors import RuleBroken
from safar.reference import queries as reference
from safar.ui.forms import PartialDateField


def _countries() -> list[tuple[str, str]]:
    return [(state.code, reference.country_name(state.code)) for state in reference.countries()]


def _or_none() -> list[tuple[str, Any]]:
    return [("", _("as the scheme says")), *_countries()]


class PersonForm(forms.Form):
    """A person who travels."""

    surname = forms.CharField(label=_("Surname"), max_length=80)
    given_names = forms.CharField(label=_("Given names"), max_length=80, required=False)
    birth = PartialDateField(label=_("Born"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)

    def person(self, citizenship: str, **more: Any) -> NewPerson:
        typed = self.cleaned_data
        return NewPerson(
            names=[NameAsWritten(typed["surname"], typed["given_names"])],
            sex=typed["sex"],
            birth=typed["birth"],
            citizenships=[citizenship],
            **more,
        )


class MemberForm(PersonForm):
    """One more person of the family; an empty row is nobody."""

    surname = forms.CharField(label=_("Surname"), max_length=80, required=False)
    role = forms.ChoiceField(
        label=_("Who"),
        choices=[choice for choice in MemberRole.choices if choice[0] != MemberRole.APPLICANT],
        initial=MemberRole.CHILD,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("given_names") and not typed.get("surname"):
            self.add_error("surname", _("Write the surname too."))
        return typed


Family = forms.formset_factory(MemberForm, extra=4, max_num=15)


class ReferralForm(PersonForm):
    """What the referral says, and the applicant."""

    scheme = forms.ModelChoiceField(MovementScheme.objects.none(), label=_("Scheme"))
    destination = forms.ChoiceField(label=_("Goes to"), choices=_or_none, required=False)
    destination_place = forms.CharField(label=_("Town there"), max_length=80, required=False)
    departs_from = forms.ChoiceField(label=_("Leaves from"), choices=_countries)
    referred_by = forms.ChoiceField(label=_("Referred by"), choices=ReferredBy.choices)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)
    unhcr = forms.CharField(
        label=_("UNHCR file"),
        max_length=40,
        required=False,
        help_text=_("As it is written, for example 731-26C04418."),
    )
    state_reference = forms.CharField(
        label=_("The receiving state's reference"), max_length=40, required=False
    )
    size = forms.IntegerField(
        label=_("How many people the referral names"), min_value=1, max_value=30
    )
    sponsor = forms.CharField(label=_("Sponsor or family there"), max_length=120, required=False)
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"))
    citizenship = forms.ChoiceField(label=_("Citizen of"), choices=_countries)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    may_contact = forms.BooleanField(label=_("We may call this number"), required=False)
    may_say_who = forms.BooleanField(label=_("We may say who we are"), required=False)
    field_order = (
        "scheme", "destination", "destination_place", "departs_from", "referred_by", "priority",
        "unhcr", "state_reference", "size", "sponsor", "office",
    )  # fmt: skip

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes_on(timezone.localdate())  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.fields["office"].initial = offices[0].pk
        self.fields["departs_from"].initial = "KGZ"
        self.fields["citizenship"].initial = "AFG"

    def clean_unhcr(self) -> str:
        typed: str = self.cleaned_data["unhcr"].strip()
        try:
            return external_number(NumberOf.UNHCR_FILE, typed) if typed else ""
        except RuleBroken as error:
            raise ValidationError(str(error)) from error

    def referral(self, family: Any) -> MovementReferral:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        others = [form for form in family if form.cleaned_data.get("surname")]
        case = NewCase(
            programme=MOVEMENTS.code,
            office=typed["office"],
            purpose=str(_("Resettlement and travel")),
            members=[
                NewMember(self._applicant()),
                *(
                    NewMember(one.person(typed["citizenship"]), one.cleaned_data["role"])
                    for one in others
                ),
            ],
        )
        said = (
            "departs_from", "referred_by", "destination_place", "priority", "sponsor",
            "state_reference", "size",
        )  # fmt: skip
        return MovementReferral(
            case,
            typed["scheme"],
            typed["destination"] or typed["scheme"].destination,
            **{name: typed[name] for name in said},
        )

    def _applicant(self) -> NewPerson:
        typed = self.cleaned_data
        ways = [
            WayToReach(
                typed["phone"],
                may_contact=typed["may_contact"],
                may_say_who=typed["may_say_who"],
            )
        ]
        return self.person(
            typed["citizenship"],
            contacts=ways if typed["phone"] else [],
            numbers=[(NumberOf.UNHCR_FILE, typed["unhcr"])] if typed["unhcr"] else [],
        )
