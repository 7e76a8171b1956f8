"""What is typed about a case itself: why it is opened, changed, moved, handed over, lent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office, User
from safar.assistance.cases import programmes
from safar.assistance.cases.choices.case import Closure, Compartment, Phase
from safar.assistance.cases.forms.editing import EditForm
from safar.assistance.cases.forms.working import fill
from safar.assistance.cases.models import Case, Project
from safar.assistance.cases.queries import colleagues
from safar.assistance.cases.queries.files import Wanted
from safar.core.permissions import Actor
from safar.ui.forms import DateField


class WhyForm(forms.Form):
    """Asked before a restricted or a medical file is opened; the answer stands in the case."""

    purpose = forms.CharField(
        label=_("Why do you open this file?"),
        max_length=160,
        min_length=5,
        help_text=_("This is written down with your name and read by the data protection officer."),
    )


class ChangeCaseForm(EditForm):
    purpose = forms.CharField(label=_("What the case is for"), max_length=160)
    team = forms.CharField(label=_("Team"), max_length=60, required=False)
    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("Project"), required=False, empty_label=_("none")
    )
    review_on = DateField(label=_("To be looked at again"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, self.record)  # type: ignore[arg-type]


class MoveForm(forms.Form):
    """A move of the programme's workflow; where it ends the case, how it ended is asked."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    closure = forms.ChoiceField(
        label=_("How did the case end?"), choices=Closure.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, closes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if closes:
            self.fields["reason"].required = True
        else:
            del self.fields["closure"]


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.none(), label=_("To whom"))
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues.may_lead(case)  # type: ignore[attr-defined]


class CoverForm(forms.Form):
    by = forms.ModelChoiceField(User.objects.none(), label=_("Who stands in"))
    until = DateField(
        label=_("Until"), required=False, help_text=_("Empty: until somebody ends it.")
    )
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, case: Case, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = colleagues.may_cover(actor, case)  # type: ignore[attr-defined]


WHOSE = (("", _("All")), ("mine", _("Mine")), ("lent", _("Handed over to me")))


class CasesForm(forms.Form):
    """What the list of cases is narrowed by; what is left empty does not narrow."""

    mark_optional = False
    words = forms.CharField(label=_("Code, town, programme"), max_length=60, required=False)
    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office"), required=False, empty_label=_("All")
    )
    phase = forms.ChoiceField(
        label=_("Phase"), choices=(("", _("All")), *Phase.choices), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            ("", _("All")), *colleagues.own_programmes(actor)
        ]  # fmt: skip
        self.fields["office"].queryset = colleagues.own_offices(actor)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        if not self.is_valid():
            return Wanted()
        typed = self.cleaned_data
        return Wanted(
            words=typed["words"],
            programme=typed["programme"],
            office=typed["office"].pk if typed["office"] else None,
            phase=typed["phase"],
            mine=typed["whose"] == "mine",
            lent=typed["whose"] == "lent",
        )


class PlacementForm(forms.Form):
    """Where a user works, and behind which walls."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Who"))
    programme = forms.ChoiceField(label=_("Programme"))
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office"), required=False, empty_label=_("all offices")
    )
    team = forms.CharField(label=_("Team"), max_length=60, required=False)
    compartments = forms.MultipleChoiceField(
        label=_("Files that she may see there"),
        choices=Compartment.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Compartment.OPEN, Compartment.PROGRAMME],
        help_text=_("A restricted file needs her own name on it as well."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues.workers().exclude(pk=actor.person_id)  # type: ignore[attr-defined]
        self.fields["office"].queryset = Office.objects.all()  # type: ignore[attr-defined]
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            (one.code, one.name) for one in programmes.known()
        ]
