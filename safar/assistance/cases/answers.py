"""Do these answers fit the questions of a version? As they are kept, or the sentence why not."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.instruments import QuestionType
from safar.assistance.cases.models import Question
from safar.core.errors import RuleBroken

LONGEST: Final = 4000
LARGEST: Final = 10**15


def checked(questions: Sequence[Question], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as they are kept: codes, whole numbers, texts, lists of codes.

    Decimals and dates are kept as text (`12.5`, `2026-11-22`). What was not answered is left out.
    A question with a `relevant` may stay open: whether it was asked is not worked out here.

    Raises:
        RuleBroken: naming the question as its field: unknown, not answered, or not of its kind.
    """
    asked = {one.name: one for one in questions if one.type != QuestionType.NOTE}
    for name in given:
        if name not in asked:
            raise RuleBroken(_("There is no such question."), field=str(name)[:60])
    kept: dict[str, Any] = {}
    for name, question in asked.items():
        value = given.get(name)
        if value in (None, "", []):
            if question.required and not question.relevant:
                raise RuleBroken(_("This question needs an answer."), field=name)
            continue
        kept[name] = _kept(question, value)
    return kept


def _kept(question: Question, value: Any) -> Any:
    offered = {one.name for one in question.choices.all()}
    if question.type == QuestionType.ONE:
        if not isinstance(value, str) or value not in offered:
            raise RuleBroken(_("This is none of the answers."), field=question.name)
        return value
    if question.type == QuestionType.SEVERAL:
        many = list(value) if isinstance(value, list | tuple) else [value]
        if any(many.count(one) > 1 or one not in list(offered) for one in many):
            raise RuleBroken(_("This is none of the answers."), field=question.name)
        return many
    return _PLAIN[QuestionType(question.type)](question.name, value)


def _whole(name: str, value: Any) -> int:
    try:
        number = int(str(value).strip())
    except ValueError:
        raise RuleBroken(_("Write a whole number."), field=name) from None
    _not_too_large(name, number)
    return number


def _decimal(name: str, value: Any) -> str:
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        raise RuleBroken(_("Write a number."), field=name) from None
    if not number.is_finite():
        raise RuleBroken(_("Write a number."), field=name)
    _not_too_large(name, number)
    return str(number)


def _not_too_large(name: str, number: int | Decimal) -> None:
    if not -LARGEST < number < LARGEST:
        raise RuleBroken(_("The number is too large."), field=name)


def _text(name: str, value: Any) -> str:
    text = str(value).replace("\0", "").strip()
    if len(text) > LONGEST:
        raise RuleBroken(_("The answer is too long."), field=name)
    return text


def _day(name: str, value: Any) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
    except ValueError:
        raise RuleBroken(_("Write a date."), field=name) from None


_PLAIN: Final = {
    QuestionType.INTEGER: _whole,
    QuestionType.DECIMAL: _decimal,
    QuestionType.TEXT: _text,
    QuestionType.DATE: _day,
}
