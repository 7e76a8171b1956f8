"""Taking questionnaires in, keeping what was answered, and what the answers come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import scoring, xlsform
from safar.assistance.cases.actions.granting import belongs
from safar.assistance.cases.answers import checked
from safar.assistance.cases.models import (
    Case,
    FollowUp,
    Instrument,
    InstrumentVersion,
    Person,
    Question,
    QuestionChoice,
    Response,
    Score,
)
from safar.assistance.cases.policies import in_sight
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Answered:
    """What somebody answered. `occasion`: the key of the follow-up by which she was asked."""

    version: InstrumentVersion
    answers: Mapping[str, Any] = field(default_factory=dict)
    answered_on: date | None = None
    person: Person | None = None
    occasion: UUID | None = None
    language: str = ""


@action("cases.import_instrument", policies=(role_suffices,))
def import_instrument(actor: Actor, target: None, *, content: bytes) -> InstrumentVersion:
    """Take in a version of a questionnaire from its XLSForm; the same file again is nothing new.

    Raises:
        RuleBroken: not understood, by sheet and row; or another file has this version already.
    """
    form = xlsform.read(content)
    known = InstrumentVersion.objects.filter(sha256=form.sha256).first()
    if known:
        return known
    instrument, _new = Instrument.objects.get_or_create(
        code=form.code, defaults={"name": form.title}
    )
    if instrument.versions.filter(version=form.version).exists():
        raise RuleBroken(
            _("Version %(version)s of this questionnaire is there already, with other content. "
              "Write a new version into the sheet settings.") % {"version": form.version},
            field="file",
            code="E-543",
        )  # fmt: skip
    made = InstrumentVersion.objects.create(
        instrument=instrument,
        version=form.version,
        sha256=form.sha256,
        title=form.title,
        languages=list(form.languages),
        imported_at=timezone.now(),
        imported_by_id=actor.user_id,
    )
    _keep_questions(made, form)
    note(instrument=form.code, version=form.version, sha256=form.sha256)
    return made


def _keep_questions(version: InstrumentVersion, form: xlsform.Form) -> None:
    rows = [
        Question(
            version=version,
            order=order,
            name=one.name,
            type=one.type,
            labels=dict(one.labels),
            hints=dict(one.hints),
            required=one.required,
            relevant=one.relevant,
        )
        for order, one in enumerate(form.questions)
    ]
    Question.objects.bulk_create(rows)
    QuestionChoice.objects.bulk_create(
        QuestionChoice(question=row, order=order, name=choice.name, labels=dict(choice.labels))
        for row, one in zip(rows, form.questions, strict=True)
        for order, choice in enumerate(one.choices)
    )


@action("cases.answer_instrument", policies=(in_sight,))
def answer_instrument(actor: Actor, case: Case, *, given: Answered) -> Response:
    """Keep what was answered, whole, and what it comes to where somebody wrote how.

    Raises:
        RuleBroken: an answer does not fit its question; the person or the follow-up is not of
            this case; or the day lies ahead.
    """
    belongs(case, given.person)
    day = given.answered_on or timezone.localdate()
    if day > timezone.localdate():
        raise RuleBroken(_("This day lies ahead."), field="answered_on")
    occasion = given.occasion
    if occasion and not FollowUp.objects.filter(case=case, pk=occasion).exists():
        raise RuleBroken(_("This follow-up belongs to another case."), field="occasion")
    questions = list(given.version.questions.prefetch_related("choices"))
    made = Response.objects.create(
        case=case,
        person=given.person,
        version=given.version,
        occasion=occasion,
        language=given.language or given.version.first_language,
        answered_on=day,
        recorded_at=timezone.now(),
        answered_by_id=actor.person_id,
        answers=checked(questions, given.answers),
    )
    _keep_scores(made)
    note(instrument=given.version.instrument.code, version=given.version.version)
    return made


@action("cases.score_again", policies=(in_sight,))
def score_again(actor: Actor, response: Response) -> list[Score]:
    """Work out what a response comes to by the rule in force now; the scores of before stay."""
    made = _keep_scores(response)
    note(scores=len(made))
    return made


def _keep_scores(response: Response) -> list[Score]:
    version = response.version
    rule = scoring.rule_of(version.instrument.code, version.version)
    if rule is None or response.scores.filter(rule=rule.weights.source).exists():
        return []
    return Score.objects.bulk_create(
        Score(
            response=response,
            dimension=dimension,
            value=value,
            rule=rule.weights.source,
            is_signed_off=rule.weights.is_signed_off,
        )
        for dimension, value in rule.scores(response.answers).items()
    )
