"""What opens a case: programme and office, what it is for, and the applicant."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.cases.actions.opening import NewCase, NewMember, NewPerson
from safar.assistance.cases.forms.people import RegisterForm
from safar.assistance.cases.models import Person
from safar.assistance.cases.queries import colleagues, people
from safar.core.permissions import Actor


class NewCaseForm(forms.Form):
    programme = forms.ChoiceField(label=_("Programme"))
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"))
    purpose = forms.CharField(
        label=_("What the case is for"),
        max_length=160,
        help_text=_("In a few words. It is written down whenever somebody opens the case."),
    )
    team = forms.CharField(label=_("Team"), max_length=60, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = colleagues.own_programmes(actor)  # type: ignore[attr-defined]
        offices = colleagues.own_offices(actor)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["office"].initial = offices.first()

    def new(self, applicant: Person | NewPerson) -> NewCase:
        return NewCase(members=[NewMember(applicant)], **self.cleaned_data)


class ApplicantForm(RegisterForm):
    """The person for whom the case is opened."""

    role = None  # type: ignore[assignment]


def known_person(actor: Actor, key: str) -> Person | None:
    """The person of this key, where one is named.

    Raises:
        NotFound: she is not there, or out of sight.
    """
    return people.get(actor, UUID(key)) if len(key) == 36 else None
