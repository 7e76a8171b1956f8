"""A mission's referral as it is typed: the scheme, the applicant, the family."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.cases.actions.opening import (
    NameAsWritten,
    NewCase,
    NewMember,
    NewPerson,
    WayToReach,
)
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.people import Sex
from safar.assistance.returns.actions.before import MissionReferral
from safar.assistance.returns.models import Scheme
from safar.assistance.returns.programme import RETURNS
from safar.assistance.returns.queries.files import schemes_on
from safar.reference import queries as reference
from safar.ui.forms import PartialDateField


def _countries() -> list[tuple[str, str]]:
    return [(state.code, reference.country_name(state.code)) for state in reference.countries()]


class PersonForm(forms.Form):
    """A person who returns."""

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


Family = forms.formset_factory(MemberForm, extra=3, max_num=12)


class ReferralForm(PersonForm):
    """What the mission writes, and the applicant."""

    scheme = forms.ModelChoiceField(Scheme.objects.none(), label=_("Scheme"))
    mission_reference = forms.CharField(
        label=_("The mission's reference"), max_length=40, required=False
    )
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"))
    citizenship = forms.ChoiceField(label=_("Citizen of, and returns to"), choices=_countries)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    may_contact = forms.BooleanField(label=_("We may call this number"), required=False)
    may_say_who = forms.BooleanField(label=_("We may say who we are"), required=False)
    field_order = ("scheme", "mission_reference", "office")

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes_on(timezone.localdate())  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["citizenship"].initial = "KGZ"

    def referral(self, family: Any) -> MissionReferral:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        state = typed["citizenship"]
        ways = [
            WayToReach(
                typed["phone"],
                may_contact=typed["may_contact"],
                may_say_who=typed["may_say_who"],
            )
        ]
        applicant = self.person(state, contacts=ways if typed["phone"] else [])
        others = [form for form in family if form.cleaned_data.get("surname")]
        case = NewCase(
            programme=RETURNS.code,
            office=typed["office"],
            purpose=str(_("Return and reintegration")),
            members=[
                NewMember(applicant),
                *(NewMember(one.person(state), one.cleaned_data["role"]) for one in others),
            ],
            scheme=typed["scheme"].code,
        )
        return MissionReferral(case, typed["scheme"], state, typed["mission_reference"])
