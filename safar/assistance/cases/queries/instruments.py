"""Which questionnaires there are, what was answered in a case, and what it comes to over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases import scoring
from safar.assistance.cases.choices.instruments import QuestionType
from safar.assistance.cases.due import Happened
from safar.assistance.cases.models import (
    Case,
    FollowUp,
    Instrument,
    InstrumentVersion,
    Question,
    Response,
    Score,
)
from safar.assistance.cases.models.instruments import words_in
from safar.core.action import can
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.record import get_visible

SHOWN = 5


@dataclass(frozen=True)
class Compared:
    """A dimension's score beside that of the first time."""

    name: str
    value: Decimal
    is_signed_off: bool
    baseline: Decimal | None
    is_whole: bool
    level: str = ""

    @property
    def change(self) -> Decimal | None:
        return None if self.baseline is None else self.value - self.baseline


@dataclass(frozen=True)
class Said:
    """A question with what was answered, in words."""

    question: Question
    label: str
    text: str


def versions(actor: Actor) -> list[InstrumentVersion]:
    """The newest version of each questionnaire."""
    rows = InstrumentVersion.objects.visible_to(actor).select_related("instrument")
    newest: dict[UUID, InstrumentVersion] = {}
    for row in rows.order_by("imported_at", "id"):
        newest[row.instrument_id] = row
    return sorted(newest.values(), key=lambda one: one.title)


def all_versions(actor: Actor) -> QuerySet[InstrumentVersion]:
    rows = InstrumentVersion.objects.visible_to(actor)
    return rows.select_related("instrument", "imported_by").order_by("title", "-imported_at")


def newest(actor: Actor, code: str) -> InstrumentVersion:
    """The version of a questionnaire that is asked now.

    Raises:
        NotFound: there is none of this code.
    """
    instrument = Instrument.objects.visible_to(actor).filter(code=code).first()
    found = instrument.versions.select_related("instrument").first() if instrument else None
    if found is None:
        raise NotFound("There is no such questionnaire.")
    return found


def questions_of(version: InstrumentVersion) -> list[Question]:
    return list(version.questions.prefetch_related("choices"))


def responses_of(actor: Actor, case: Case) -> QuerySet[Response]:
    """What was answered in a case, the last first."""
    rows = Response.objects.visible_to(actor).filter(case=case)
    return (
        rows.select_related("version__instrument", "answered_by", "person")
        .prefetch_related("person__names", "scores")
        .order_by("-answered_on", "-recorded_at")
    )


def response(actor: Actor, key: UUID) -> Response:
    """A response in sight.

    Raises:
        NotFound: the same whether it is missing or out of sight.
    """
    rows = Response.objects.select_related(
        "case", "version__instrument", "answered_by", "person"
    ).prefetch_related("person__names", "scores")
    return get_visible(rows, actor, key)


def baseline_of(actor: Actor, of: Response) -> Response | None:
    """The first response of the same person in this case to the same questionnaire, if not this."""
    rows = Response.objects.visible_to(actor).filter(
        case=of.case_id, person=of.person_id, version__instrument=of.version.instrument_id
    )
    first = rows.select_related("version__instrument").prefetch_related("scores").first()
    return None if first is None or first.pk == of.pk else first


def compared(of: Response, baseline: Response | None, language: str) -> list[Compared]:
    """Its scores beside those of the baseline, as far as both were worked out by one rule."""
    own = scores_in_force(of)
    before = {
        one.dimension: one.value
        for one in (baseline.scores.all() if baseline else ())
        if own and one.rule == own[0].rule
    }
    rule = scoring.rule_of(of.version.instrument.code, of.version.version)
    weights = rule.weights if rule else None
    return [
        Compared(
            words_in(dict(weights.names.get(one.dimension, {})) if weights else {}, language, "en")
            or one.dimension,
            one.value,
            one.is_signed_off,
            before.get(one.dimension),
            one.dimension == scoring.COMPOSITE,
            _level(weights, one, language),
        )
        for one in own
    ]


def scores_in_force(of: Response) -> list[Score]:
    """The scores by the last rule that it was worked out by."""
    found = sorted(of.scores.all(), key=lambda one: one.pk)
    return [one for one in found if one.rule == found[-1].rule]


def may_score_again(actor: Actor, of: Response) -> bool:
    """Whether another rule is in force than the one by which it was worked out."""
    rule = scoring.rule_of(of.version.instrument.code, of.version.version)
    own = scores_in_force(of)
    is_old = rule is not None and (not own or own[0].rule != rule.weights.source)
    return is_old and can(actor, "cases.score_again", of)


def said(of: Response, language: str) -> list[Said]:
    """The questions and what was answered, in the order of the questionnaire."""
    otherwise = of.version.first_language
    return [
        Said(one, one.label(language, otherwise), _words(one, of.answers, language, otherwise))
        for one in questions_of(of.version)
    ]


def part(actor: Actor, case: Case) -> dict[str, Any]:
    """What the case's page shows of questionnaires."""
    return {
        "responses": list(responses_of(actor, case)[:SHOWN]),
        "instruments": versions(actor) if can(actor, "cases.answer_instrument", case) else [],
    }


def part_of(actor: Actor, follow_up: FollowUp) -> dict[str, Any]:
    """What the page of a follow-up shows: what was answered at it, and what may be asked."""
    responses = responses_of(actor, follow_up.case).filter(occasion=follow_up.pk)
    asks = can(actor, "cases.answer_instrument", follow_up.case)
    return {"responses": list(responses), "instruments": versions(actor) if asks else []}


def happened(actor: Actor, case: Case) -> list[Happened]:
    """What was asked, and when."""
    return [
        Happened(
            timezone.make_aware(datetime.combine(one.answered_on, time(12))),
            one.version.title,
            str(one.person or ""),
            str(one.answered_by),
            reverse("cases:response", args=[one.pk]),
        )
        for one in responses_of(actor, case)
    ]


def _level(weights: scoring.Weights | None, score: Score, language: str) -> str:
    if weights is None or score.dimension != scoring.COMPOSITE:
        return ""
    reached = [names for start, names in weights.thresholds if score.value >= start]
    return words_in(dict(reached[-1]), language, "en") if reached else ""


def _words(question: Question, answers: dict[str, Any], language: str, otherwise: str) -> str:
    value = answers.get(question.name)
    if value is None:
        return ""
    labels = {one.name: one.label(language, otherwise) for one in question.choices.all()}
    if question.type in (QuestionType.ONE, QuestionType.SEVERAL):
        many: Sequence[str] = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(one, one) for one in many)
    return str(value)
