"""What is typed about the work of a case: tasks, follow-ups, services, plans."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.following import NewFollowUp, Tried
from safar.assistance.cases.actions.planning import NewItem
from safar.assistance.cases.actions.serving import NewService
from safar.assistance.cases.actions.tasks import NewTask
from safar.assistance.cases.choices.work import (
    AttemptResult,
    AttemptWay,
    FollowUpKind,
    FollowUpStatus,
    ServiceKind,
    TaskOutcome,
    Unit,
)
from safar.assistance.cases.forms.editing import EditForm
from safar.assistance.cases.models import Case, Partner, Person, PlanItem
from safar.assistance.cases.queries import colleagues
from safar.ui.forms import DateField


class CaseForm(forms.Form):
    """A form of one case: people, colleagues and budget lines offered are those of the case."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, case)


def fill(form: forms.Form, case: Case) -> None:
    """Offer what belongs to the case."""
    offered: dict[str, Any] = {
        "person": lambda: Person.objects.filter(
            memberships__case=case, memberships__left_on=None
        ).prefetch_related("names"),
        "assignee": lambda: colleagues.may_lead(case),
        "line": lambda: colleagues.lines_of(case),
        "provider": Partner.objects.all,
        "item": lambda: PlanItem.objects.filter(plan__case=case, plan__status="approved"),
        "project": lambda: colleagues.projects_of(case),
    }
    for name in set(form.fields) & set(offered):
        form.fields[name].queryset = offered[name]()  # type: ignore[attr-defined]


def _choice(label: Any, **more: Any) -> Any:
    return forms.ModelChoiceField(Person.objects.none(), label=label, required=False, **more)


class TaskForm(CaseForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = DateField(label=_("Until"), required=False)
    due_at = forms.TimeField(
        label=_("At"),
        required=False,
        help_text=_("For an appointment, for example 14:35."),
        widget=forms.TimeInput(attrs={"class": "w-s mono", "autocomplete": "off"}, format="%H:%M"),
    )
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    person = _choice(_("For whom"), empty_label=_("the whole case"))
    assignee = _choice(_("Who does it"), empty_label=_("whoever leads the case"))
    waits_for = forms.CharField(
        label=_("Waits for"),
        max_length=120,
        required=False,
        help_text=_("Another person or body, where the next step is not ours."),
    )
    stops = forms.CharField(
        label=_("Stops"),
        max_length=120,
        required=False,
        help_text=_("What cannot go on before this is done, for example: the departure."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("due_at") and not typed.get("due_on"):
            self.add_error("due_on", _("A time needs its day."))
        return typed

    def new(self) -> NewTask:
        return NewTask(**self.cleaned_data)


class ChangeTaskForm(EditForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = DateField(label=_("Until"), required=False)
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    assignee = _choice(_("Who does it"), empty_label=_("whoever leads the case"))
    waits_for = forms.CharField(label=_("Waits for"), max_length=120, required=False)
    stops = forms.CharField(label=_("Stops"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, self.record.case)  # type: ignore[attr-defined]
        lead = colleagues.workers().filter(pk=self.record.case.lead_id)  # type: ignore[attr-defined]
        self.fields["assignee"].queryset |= lead  # type: ignore[attr-defined]


class FinishForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=TaskOutcome.choices,
        initial=TaskOutcome.DONE,
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class FollowUpForm(CaseForm):
    title = forms.CharField(label=_("What is to be found out"), max_length=200)
    kind = forms.ChoiceField(label=_("How"), choices=FollowUpKind.choices)
    person = _choice(_("For whom"), empty_label=_("the whole case"))
    due_from = DateField(label=_("From"))
    due_to = DateField(label=_("Until"))

    def new(self) -> NewFollowUp:
        return NewFollowUp(**self.cleaned_data)


class AttemptForm(forms.Form):
    """A call or a visit that was made."""

    way = forms.ChoiceField(label=_("How"), choices=AttemptWay.choices)
    result = forms.ChoiceField(label=_("Result"), choices=AttemptResult.choices)
    day = DateField(label=_("Day"))
    at = forms.TimeField(
        label=_("At"), widget=forms.TimeInput(attrs={"class": "w-s mono"}, format="%H:%M")
    )
    words = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        now = timezone.localtime()
        super().__init__(*args, **{**kwargs, "initial": {"day": now.date(), "at": now.time()}})

    def tried(self) -> Tried:
        typed = self.cleaned_data
        at = timezone.make_aware(datetime.combine(typed["day"], typed["at"]))
        return Tried(typed["way"], typed["result"], at, typed["words"])


class CloseForm(forms.Form):
    status = forms.ChoiceField(
        label=_("What came of it"),
        choices=[one for one in FollowUpStatus.choices if one[0] != FollowUpStatus.DUE],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("What was found"), max_length=500, required=False, widget=forms.Textarea
    )


class ServiceForm(CaseForm):
    """Help that was given. The key goes with the form: sent twice, it is counted once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label=_("Kind of help"), choices=ServiceKind.choices)
    delivered_on = DateField(label=_("On"), initial=timezone.localdate)
    person = _choice(_("For whom"), empty_label=_("the whole case"))
    provider = _choice(_("Given by"), empty_label=_("ourselves"))
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    quantity = forms.DecimalField(
        label=_("How much"), min_value=0, max_digits=9, decimal_places=2, initial=1,
        widget=forms.TextInput(attrs={"class": "w-s mono", "inputmode": "decimal"}),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    cost = forms.DecimalField(
        label=_("Cost"), min_value=0, max_digits=12, decimal_places=2, required=False,
        widget=forms.TextInput(attrs={"class": "w-m mono", "inputmode": "decimal"}),
    )  # fmt: skip
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("As in KGS, USD, EUR."),
        widget=forms.TextInput(attrs={"class": "w-s mono"}),
    )  # fmt: skip
    line = _choice(_("Budget line"), empty_label=_("none"))
    item = _choice(_("Of the plan"), empty_label=_("none"))
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def new(self) -> NewService:
        return NewService(**{n: v for n, v in self.cleaned_data.items() if n != "form_key"})


class TakeBackForm(forms.Form):
    why = forms.CharField(label=_("Why was it recorded by mistake?"), max_length=200)


class PlanForm(forms.Form):
    goal = forms.CharField(label=_("Goal"), max_length=2000, widget=forms.Textarea)
    wishes = forms.CharField(
        label=_("In the person’s own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )


class ChangePlanForm(EditForm):
    goal = forms.CharField(label=_("Goal"), max_length=2000, widget=forms.Textarea)
    wishes = forms.CharField(
        label=_("In the person’s own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )


class ItemForm(CaseForm):
    goal = forms.CharField(label=_("What"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of help"), choices=ServiceKind.choices)
    person = _choice(_("For whom"), empty_label=_("the whole case"))
    line = _choice(_("Budget line"), empty_label=_("none"))
    due_on = DateField(label=_("Until"), required=False)

    def new(self) -> NewItem:
        return NewItem(**self.cleaned_data)
