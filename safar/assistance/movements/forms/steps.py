"""What is typed about a step of a member: asked, sent back, got, refused, not needed, interview."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.movements.actions.steps import Got, NewInterview
from safar.assistance.movements.languages import LANGUAGES
from safar.assistance.movements.models import Step
from safar.ui.forms import DateField

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class StepForm(forms.Form):
    """A form about one step, or about the same step of several."""

    def __init__(
        self, *args: Any, step: Step, usually_until: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        if "expires_on" in self.fields:
            self.fields["expires_on"].required = step.needs_expiry
            if usually_until:
                self.fields["expires_on"].help_text = _("Usually until %(day)s.") % {
                    "day": f"{usually_until:%d.%m.%Y}"
                }


class AskForm(StepForm):
    on = DateField(label=_("Asked on"), initial=timezone.localdate)
    answer_by = DateField(label=_("They answer by"), required=False)
    reference = forms.CharField(label=_("Number"), max_length=40, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class SendBackForm(StepForm):
    remark = forms.CharField(
        label=_("What is wrong with it"), max_length=200, help_text=_("For example: photo refused.")
    )
    new_by = DateField(label=_("A new one by"), required=False)


class FinishForm(StepForm):
    on = DateField(label=_("Done on"), initial=timezone.localdate)
    expires_on = DateField(label=_("Holds until"), required=False)
    reference = forms.CharField(label=_("Number"), max_length=40, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def got(self) -> Got:
        names = ("on", "expires_on", "reference", "remark")
        return Got(**{name: self.cleaned_data[name] for name in names})


class RefuseForm(StepForm):
    remark = forms.CharField(label=_("Why, as far as they say"), max_length=200)


class WaiveForm(StepForm):
    remark = forms.CharField(label=_("Why it is not needed"), max_length=200)


class NeedForm(StepForm):
    remark = forms.CharField(label=_("Why it is needed after all"), max_length=200, required=False)
    by = DateField(label=_("Until"), required=False)


class AgainForm(StepForm):
    remark = forms.CharField(label=_("Why again"), max_length=200)
    by = DateField(label=_("Until"), required=False)


class InterviewForm(StepForm):
    at = forms.DateTimeField(
        label=_("When"), widget=MOMENT, input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"]
    )
    venue = forms.CharField(label=_("Where"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    interpreter = forms.CharField(label=_("Interpreter"), max_length=120, required=False)
    told_on = DateField(label=_("The family was told on"), required=False)

    def interview(self) -> NewInterview:
        return NewInterview(**self.cleaned_data)


class SeveralForm(FinishForm):
    steps = forms.ModelMultipleChoiceField(
        Step.objects.none(), label=_("Who has it done"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("steps",)

    def __init__(self, *args: Any, offered: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["steps"]
        field.queryset = Step.objects.filter(pk__in=[one.pk for one in offered])
        field.choices = [(one.pk, str(one.member.person)) for one in offered]
        field.initial = [one.pk for one in offered]


class TellForm(forms.Form):
    on = DateField(label=_("The family was told on"), initial=timezone.localdate)
