"""The shape of what is typed about who belongs to whom, who lives together, and who is who."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import Judgement, Kinship
from safar.assistance.cases.models import Household, Person
from safar.ui.forms import DateField


class RelativeForm(forms.Form):
    """`person` is the … of somebody who shares a case with her."""

    kind = forms.ChoiceField(label=_("This person is"), choices=Kinship.choices)
    to = forms.ChoiceField(label=_("Of whom"))
    is_verified = forms.BooleanField(label=_("Seen in documents"), required=False)

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        self.people = {str(one.pk): one for one in people}
        to.choices = [(key, str(one)) for key, one in self.people.items()]

    def clean_to(self) -> Person:
        return self.people[self.cleaned_data["to"]]


class MoveInForm(forms.Form):
    """Into which household, and from which day on."""

    household = forms.ModelChoiceField(
        label=_("Household"),
        queryset=Household.objects.none(),
        required=False,
        empty_label=_("A new household"),
    )
    place = forms.CharField(
        label=_("Place"),
        help_text=_("Of a new household: town or village, no street."),
        max_length=120,
        required=False,
    )
    on = DateField(label=_("Since"))
    is_head = forms.BooleanField(label=_("Head of the household"), required=False)

    def __init__(self, households: Any, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **kwargs)
        household: Any = self.fields["household"]
        household.queryset = households
        household.label_from_instance = _who_lives_there


class MoveOutForm(forms.Form):
    on = DateField(label=_("Moved out on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **kwargs)


class JudgeForm(forms.Form):
    judgement = forms.ChoiceField(
        label=_("They are"), choices=Judgement.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What it rests on"),
        help_text=_("For example: both documents seen, photos compared."),
        max_length=300,
    )


def _who_lives_there(household: Household) -> str:
    names = ", ".join(sorted({str(member.person) for member in household.members.all()}))
    return f"{household.place}: {names}" if household.place else names
