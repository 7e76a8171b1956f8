"""Are two people the same one? A judgement with a reason, which can be taken back."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import Judgement
from safar.assistance.cases.models import Person, PersonJudgement
from safar.assistance.cases.policies import person_in_sight
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@action("cases.judge_people", policies=(person_in_sight,))
def judge(
    actor: Actor, person: Person, *, other: Person, judgement: str, reason: str
) -> PersonJudgement:
    """Say that two people are the same one, or are not. Neither is changed by it.

    Raises:
        RuleBroken: it is one row, or nobody says why.
        NotFound: the other is out of sight.
    """
    if judgement not in Judgement.values:
        raise RuleBroken(_("Say whether they are the same person."), field="judgement")
    return _said(actor, person, other, judgement, reason)


@action("cases.take_back_judgement", policies=(person_in_sight,))
def take_back(actor: Actor, person: Person, *, other: Person, reason: str) -> PersonJudgement:
    """Take back what was judged of two people: the question is open again.

    Raises:
        RuleBroken: nothing was judged of the two, or nobody says why.
        NotFound: the other is out of sight.
    """
    person_in_sight(actor, other)
    last = last_of(person, other)
    if last is None or not last.judgement:
        raise RuleBroken(_("Nothing is judged of these two."), field="judgement")
    return _said(actor, person, other, "", reason)


def last_of(person: Person, other: Person) -> PersonJudgement | None:
    """Return the judgement of two people that counts: the last."""
    one, two = sorted((person.pk, other.pk))
    return PersonJudgement.objects.filter(one=one, other=two).order_by("judged_at", "id").last()


def _said(
    actor: Actor, person: Person, other: Person, judgement: str, reason: str
) -> PersonJudgement:
    person_in_sight(actor, other)
    if person.pk == other.pk:
        raise RuleBroken(_("This is one person already."), field="other")
    if not reason.strip():
        raise RuleBroken(_("Say what it rests on."), field="reason")
    one, two = sorted((person, other), key=lambda each: each.pk)
    note(judgement=judgement, other=str(other.pk))
    return PersonJudgement.objects.create(
        one=one,
        other=two,
        judgement=judgement,
        reason=reason.strip(),
        judged_at=timezone.now(),
        judged_by_id=actor.person_id,
    )
