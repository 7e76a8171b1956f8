"""Places in orientation sessions: members of a case are invited, or taken out again."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.actions.sessions import in_words
from safar.assistance.movements.choices import Attended, StepKind, StepStatus
from safar.assistance.movements.models import (
    Attendance,
    MovementFile,
    OrientationSession,
    Step,
)
from safar.assistance.movements.policies import not_left_yet
from safar.assistance.movements.queries.sessions import still_invited
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@action("movements.invite", policies=(in_sight, still_open, not_left_yet))
def invite(
    actor: Actor, case: Case, *, session: OrientationSession, members: Sequence[CaseMember]
) -> list[Attendance]:
    """Give members of a case places in a session: all of them, or none where it is too full.

    Raises:
        RuleBroken: no places are left, the session is over or for another state, or somebody
            needs no orientation, had it, or has a place elsewhere.
    """
    _require_open(case, session)
    if not members:
        raise RuleBroken(_("Choose who is invited."), field="members")
    kept = CaseMember.objects.filter(case=case, left_on=None).select_related("person")
    people = list(kept.filter(pk__in=[one.pk for one in members]).order_by("pk"))
    if len(people) < len({one.pk for one in members}):
        raise RuleBroken(_("Somebody of them does not belong to the case."), field="members")
    _require_need(case, people)
    with in_words():
        made = [Attendance.objects.create(case=case, session=session, member=one) for one in people]
    note(session=str(session.pk), invited=len(made))
    return made


def _require_open(case: Case, session: OrientationSession) -> None:
    if session.called_off_at:
        raise RuleBroken(_("This session was called off."), field="session")
    if session.starts_on < timezone.localdate():
        raise RuleBroken(_("This session has begun already."), field="session")
    if not MovementFile.objects.filter(case=case, destination=session.destination).exists():
        raise RuleBroken(_("This session is for those who go to another state."), field="session")


def _require_need(case: Case, people: Sequence[CaseMember]) -> None:
    steps = Step.objects.filter(case=case, kind=StepKind.ORIENTATION)
    states = dict(steps.values_list("member", "status"))
    elsewhere = set(still_invited(people).values_list("member", flat=True))
    for one in people:
        words = {"who": str(one.person)}
        if states.get(one.pk, StepStatus.NOT_NEEDED) == StepStatus.NOT_NEEDED:
            raise RuleBroken(gettext("%(who)s needs no orientation.") % words, field="members")
        if states[one.pk] == StepStatus.DONE:
            raise RuleBroken(gettext("%(who)s had the orientation.") % words, field="members")
        if one.pk in elsewhere:
            raise RuleBroken(
                gettext("%(who)s has a place in a session already.") % words, field="members"
            )


@action("movements.take_out", policies=(in_sight, still_open))
def take_out(actor: Actor, attendance: Attendance) -> None:
    """Give a place back, as long as it is not noted who came."""
    if attendance.attended != Attended.INVITED:
        raise RuleBroken(_("It is noted already who came. The place stays."))
    note(session=str(attendance.session_id))
    attendance.delete()
