"""Keeping the movements that were opened from a list of cases, and who of them left: many at once."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.case_list import Imported
from safar.assistance.cases.case_list.cells import country
from safar.assistance.cases.case_words import plain
from safar.assistance.cases.models import Case, Person
from safar.assistance.movements.actions.making_steps import BEFORE_ACCEPTANCE, first_steps
from safar.assistance.movements.case_list import (
    EARLY,
    REFERRERS,
    Schemes,
    day_of,
    scheme_of,
    schemes_by_code,
    together,
)
from safar.assistance.movements.choices import StepStatus
from safar.assistance.movements.models import Departure, MovementFile, Step
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

AT_ONCE: Final = 1000


@action("movements.import_files", policies=(role_suffices,))
def import_files(actor: Actor, imported: Sequence[Imported]) -> None:
    """Keep the file of each movement that a list opened, in the action that opens the cases.

    Raises:
        RuleBroken: a scheme went meanwhile. Nothing of the list is written then.
    """
    schemes = schemes_by_code()
    files = [_file(one, schemes) for one in imported]
    for file in (unnamed := [file for file in files if not file.case.scheme]):
        file.case.scheme = file.scheme.code
    Case.objects.bulk_update([file.case for file in unnamed], ["scheme"], batch_size=AT_ONCE)
    MovementFile.objects.bulk_create(files, batch_size=AT_ONCE)
    left = [row for one, file in zip(imported, files, strict=True) for row in _left(one, file)]
    Departure.objects.bulk_create(left, batch_size=AT_ONCE)
    steps = _steps(imported, files)
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)
    note(movements=len(files), departures=len(left), steps=len(steps))


def _steps(imported: Sequence[Imported], files: Sequence[MovementFile]) -> list[Step]:
    """What those who are referred or accepted must do next; what is over asks for nothing."""
    early = [(one, file) for one, file in zip(imported, files, strict=True) if _is_early(file)]
    keys = {member.person_id for one, _of in early for member, _texts in one.members}
    people, made = Person.objects.in_bulk(keys), []
    for one, file in early:
        for member, _texts in one.members:
            member.person = people[member.person_id]
        made += first_steps(file, [member for member, _texts in one.members])
    return [_asked_before(step) for step in made]


def _is_early(file: MovementFile) -> bool:
    return file.case.status in EARLY


def _asked_before(step: Step) -> Step:
    """Whoever was accepted was interviewed before, if somebody had to be."""
    accepted = step.case.movement.accepted_on
    if accepted and step.kind in BEFORE_ACCEPTANCE and step.status == StepStatus.TO_DO:
        step.status, step.done_on, step.due_on = StepStatus.DONE, accepted, None
    return step


def _file(one: Imported, schemes: Schemes) -> MovementFile:
    said = together(texts for _member, texts in one.members)
    scheme = scheme_of(said.get("scheme") or one.case.scheme, one.case.opened_on, schemes)
    if scheme is None:
        raise RuleBroken(_("A scheme of the list is not known any more. Hand it in once more."))
    return MovementFile(
        case=one.case,
        scheme=scheme,
        destination=country(said.get("destination", "")) or scheme.destination,
        destination_place=said.get("town", ""),
        departs_from=country(said.get("departs_from", "")),
        referred_by=REFERRERS[plain(said.get("referred_by", ""))],
        sponsor=said.get("sponsor", ""),
        state_reference=said.get("reference", ""),
        accepted_on=day_of(said.get("accepted_on", "")),
    )


def _left(one: Imported, file: MovementFile) -> list[Departure]:
    """Who of a case left: who did not come has no day, and no row."""
    days = [(member, texts, day_of(texts.get("departed_on", ""))) for member, texts in one.members]
    return [
        Departure(
            case=one.case,
            member=member,
            scheme=file.scheme,
            departed_on=day,
            departs_from=file.departs_from,
            destination=file.destination,
            arrived_on=day_of(texts.get("arrived_on", "")),
        )
        for member, texts, day in days
        if day is not None
    ]
