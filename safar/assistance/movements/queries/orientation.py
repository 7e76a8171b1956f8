"""What the case page shows of orientation: who was invited where, who came, who needs none."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.choices import Attended, StepKind, StepStatus
from safar.assistance.movements.models import Attendance, MovementFile, Step
from safar.assistance.movements.queries.loan import travellers
from safar.assistance.movements.queries.sessions import Session
from safar.core.action import can
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Orientation:
    """One member: her step, and the last place that she was given."""

    member: CaseMember
    step: Step
    place: Attendance | None = None

    @property
    def session(self) -> Session | None:
        return Session(self.place.session, 0) if self.place else None

    @property
    def invited(self) -> bool:
        """Whether she has a place in a session that is still to come or to be marked."""
        return bool(
            self.place
            and self.place.attended == Attended.INVITED
            and not self.place.session.called_off_at
        )

    @property
    def may_be_invited(self) -> bool:
        settled = self.step.status in (StepStatus.DONE, StepStatus.NOT_NEEDED)
        return not settled and not (self.invited and not _is_over(self.place))


def part(actor: Actor, file: MovementFile) -> dict[str, Any]:
    """The context of this part of the page; nothing where the scheme asks for no orientation."""
    found = orientation_of(actor, file.case)
    waits = any(one.may_be_invited for one in found)
    may = waits and can(actor, "movements.invite", file.case)
    return {
        "orientation": found,
        "invite_url": reverse("movements:orientation", args=[file.case_id]) if may else "",
        "may_take_out": actor.may("movements.take_out"),
    }


def orientation_of(actor: Actor, case: Case) -> list[Orientation]:
    """Everybody of a case of whom the scheme asks it, or whom it lets off: four statements."""
    rows = Step.objects.visible_to(actor).filter(case=case, kind=StepKind.ORIENTATION)
    steps = {one.member_id: one for one in rows}
    if not steps:
        return []
    given = Attendance.objects.visible_to(actor).filter(case=case)
    places: dict[UUID, Attendance] = {}
    for one in given.select_related("session__office").order_by("session__starts_on", "pk"):
        before = places.get(one.member_id)
        if before is None or before.attended != Attended.CAME:
            places[one.member_id] = one
    return [
        Orientation(one, steps[one.pk], places.get(one.pk))
        for one in travellers(case)
        if one.pk in steps
    ]


def _is_over(place: Attendance | None) -> bool:
    return place is None or Session(place.session, 0).over
