"""What is typed about a movement as a whole: the decision, why it stops, with whom it goes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.case import Closure
from safar.assistance.cases.models import Case
from safar.assistance.movements.queries import files
from safar.core.permissions import Actor
from safar.ui.forms import DateField

# How a movement ends before departure; what ends otherwise has moves of its own.
ENDS = (
    Closure.WITHDRAWN, Closure.NOT_ELIGIBLE, Closure.REFERRED, Closure.LOST_CONTACT,
    Closure.DIED, Closure.DUPLICATE,
)  # fmt: skip


class FileForm(forms.Form):
    """A form about one movement, which may need to know who asks."""

    def __init__(self, *args: Any, actor: Actor, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.case = actor, case


class AcceptForm(FileForm):
    on = DateField(label=_("Day of the letter"), initial=timezone.localdate)
    reference = forms.CharField(
        label=_("The receiving state's reference"), max_length=40, required=False
    )


class ReasonForm(FileForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class EndForm(FileForm):
    closure = forms.ChoiceField(
        label=_("How it ended"), choices=[(one.value, one.label) for one in ENDS]
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class TogetherForm(FileForm):
    other = forms.CharField(
        label=_("Number of the other case"),
        max_length=24,
        help_text=_("For example BIS-RST-26-0148."),
    )
    why = forms.CharField(label=_("Why"), max_length=120)

    def clean_other(self) -> Case:
        found = files.by_number(self.actor, self.cleaned_data["other"])
        if found is None:
            raise forms.ValidationError(_("There is no open movement of this number in sight."))
        return found
