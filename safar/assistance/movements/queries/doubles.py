"""Is somebody of a family in another movement too, as far as one's own sight reaches?"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from safar.assistance.cases.choices.people import Judgement
from safar.assistance.cases.models import Person, PersonJudgement
from safar.assistance.movements.models import MovementFile
from safar.core.permissions import Actor


def open_movements_of(
    actor: Actor, people: Iterable[Person], *, destination: str, scheme: str
) -> list[MovementFile]:
    """Open movements in sight of any of these people, or of who was judged to be one of them."""
    keys = {person.pk for person in people}
    if not keys:
        return []
    files = MovementFile.objects.visible_to(actor).select_related("case", "scheme")
    files = files.filter(
        case__members__person__in=keys | judged_same(actor, keys),
        case__members__left_on=None,
        case__closed_on=None,
        destination=destination,
        scheme__code=scheme,
    )
    return list(files.distinct())


def other_movements(actor: Actor, file: MovementFile) -> list[MovementFile]:
    """Other open movements of the same people, wherever they lead: a question, no refusal."""
    if file.case.closed_on:
        return []
    keys = set(file.case.members.filter(left_on=None).values_list("person", flat=True))
    same = Q(case__members__person__in=keys | judged_same(actor, keys))
    if file.state_reference:
        same |= Q(destination=file.destination, state_reference=file.state_reference)
    files = MovementFile.objects.visible_to(actor).filter(same, case__closed_on=None)
    files = files.exclude(pk=file.pk).select_related("case", "scheme")
    return list(files.distinct())


def judged_same(actor: Actor, people: set[UUID]) -> set[UUID]:
    """Whom somebody judged to be the same person as one of these; the last word of a pair counts."""
    judged = PersonJudgement.objects.visible_to(actor).filter(
        Q(one__in=people) | Q(other__in=people)
    )
    last = {(row.one_id, row.other_id): row.judgement for row in judged.order_by("judged_at")}
    return {key for pair, word in last.items() if word == Judgement.SAME for key in pair}
