"""A questionnaire as a form: its boxes are made from the questions of a version."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.instruments import Answered
from safar.assistance.cases.answers import LONGEST
from safar.assistance.cases.choices.instruments import QuestionType
from safar.assistance.cases.forms.working import CaseForm
from safar.assistance.cases.models import Case, InstrumentVersion, Person, Question
from safar.assistance.cases.sheets import LARGEST
from safar.ui.forms import DateField


class VersionForm(forms.Form):
    file = forms.FileField(
        label=_("XLSForm"),
        help_text=_("An XLSX file with the sheets survey, choices and settings."),
        max_length=120,
    )

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > LARGEST:
            raise forms.ValidationError(_("The file is larger than it may be."))
        return self.cleaned_data["file"]


class AnswerForm(CaseForm):
    """What is asked, in the language of whoever asks as far as the questionnaire has it."""

    answered_on = DateField(label=_("Asked on"))
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who answered"),
        required=False,
        empty_label=_("the whole case"),
    )

    def __init__(
        self,
        *args: Any,
        case: Case,
        version: InstrumentVersion,
        questions: Sequence[Question],
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.version, self.questions = version, questions
        self.language = language if language in version.languages else version.first_language
        self.headings: dict[str, list[str]] = {}
        waiting: list[str] = []
        for question in questions:
            if question.type == QuestionType.NOTE:
                waiting.append(question.label(self.language, version.first_language))
                continue
            name = f"q_{question.name}"
            self.fields[name] = _box(question, self.language, version.first_language)
            self.headings[name], waiting = waiting, []

    def parts(self) -> list[tuple[list[str], forms.BoundField]]:
        """Each box with the words that stand above it."""
        return [(self.headings.get(one.name, []), one) for one in self.visible_fields()]

    def answered(self, occasion: UUID | None = None) -> Answered:
        given = self.cleaned_data
        return Answered(
            self.version,
            {one.name: given.get(f"q_{one.name}") for one in self.questions
             if one.type != QuestionType.NOTE},
            given["answered_on"],
            given["person"],
            occasion,
            self.language,
        )  # fmt: skip


def _box(question: Question, language: str, otherwise: str) -> forms.Field:
    hint = question.hint(language, otherwise)
    if question.relevant:
        only = _("Only where: %(condition)s") % {"condition": question.relevant}
        hint = f"{hint} {only}".strip()
    common: dict[str, Any] = {
        "label": question.label(language, otherwise),
        "help_text": hint,
        "required": question.required and not question.relevant,
    }
    offered = [(one.name, one.label(language, otherwise)) for one in question.choices.all()]
    match QuestionType(question.type):
        case QuestionType.ONE:
            return forms.ChoiceField(choices=offered, widget=forms.RadioSelect, **common)
        case QuestionType.SEVERAL:
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=offered, widget=boxes, **common)
        case QuestionType.INTEGER:
            return forms.IntegerField(widget=_number(), **common)
        case QuestionType.DECIMAL:
            return forms.DecimalField(widget=_number(), localize=True, max_digits=20, **common)
        case QuestionType.DATE:
            return DateField(**common)
        case _:
            area = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(max_length=LONGEST, widget=area, **common)


def _number() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "w-s mono", "inputmode": "decimal"})
