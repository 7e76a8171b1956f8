"""Orientation sessions: held, changed, called off; and who came to them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.movements.actions.step_moves import move_step
from safar.assistance.movements.choices import Attended, StepKind
from safar.assistance.movements.models import Attendance, OrientationSession
from safar.assistance.movements.policies import works_there
from safar.assistance.movements.queries.sessions import taken
from safar.assistance.movements.workflow import BEFORE_DEPARTURE
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken, Stale
from safar.core.permissions import Actor

# Refusals of the database (migration 0004_places), with the field on a form.
WORDS = {
    "session_is_full": ("session", _("This session has not that many places left.")),
    "session_called_off": ("session", _("This session was called off.")),
    "session_not_below_taken": ("places", _("More places than that are taken already.")),
    "attendance_once": ("members", _("Somebody of them has a place in this session already.")),
}
NOT_ANY_MORE = _("This session was called off.")


@dataclass(frozen=True)
class NewSession:
    """A session as it is planned."""

    office: Office
    destination: str
    title: str
    venue: str
    language: str
    starts_on: date
    ends_on: date
    places: int


@dataclass(frozen=True)
class Mark:
    """Whether somebody came: what was shown, and what is said now."""

    was: str
    now: str


@contextmanager
def in_words() -> Iterator[None]:
    """Say a refusal of the database in words.

    Raises:
        RuleBroken: by one of the rules above.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis: Any = getattr(error.__cause__, "diag", None)
        rule = str(getattr(diagnosis, "constraint_name", ""))
        if rule not in WORDS:
            raise
        field, words = WORDS[rule]
        raise RuleBroken(words, field=field, rule=rule) from error


@action("movements.add_session", policies=(works_there,))
def add_session(actor: Actor, new: NewSession) -> OrientationSession:
    """Plan a session.

    Raises:
        RuleBroken: it ends before it begins, has no place, or is over already.
    """
    _require_sense(vars(new))
    if new.ends_on < timezone.localdate():
        raise RuleBroken(_("This day has passed already."), field="ends_on")
    return OrientationSession.objects.create(**vars(new))


@action("movements.change_session", policies=(works_there,))
def change_session(
    actor: Actor, session: OrientationSession, *, new: NewSession, seen: int
) -> OrientationSession:
    """Change a session. Once somebody has a place in it, it stays one for the same state.

    Raises:
        RuleBroken: there would be fewer places than are taken, or it was called off.
        Stale: a colleague changed it since version `seen`.
    """
    if session.version != seen:
        raise Stale(_("A colleague changed this session meanwhile. Open it again."))
    if session.called_off_at:
        raise RuleBroken(NOT_ANY_MORE)
    _require_sense(vars(new))
    if new.destination != session.destination and taken(session):
        raise RuleBroken(
            _("People are invited already, who go to another state."), field="destination"
        )
    came = session.attendances.exclude(attended=Attended.INVITED)
    if (new.starts_on, new.ends_on) != (session.starts_on, session.ends_on) and came.exists():
        raise RuleBroken(_("It is noted already who came. The days stay."), field="starts_on")
    for name, value in vars(new).items():
        setattr(session, name, value)
    with in_words():
        session.save()
    return session


def _require_sense(facts: Mapping[str, Any]) -> None:
    if facts["ends_on"] < facts["starts_on"]:
        raise RuleBroken(_("It would end before it begins."), field="ends_on")
    if facts["places"] < 1:
        raise RuleBroken(_("A session has at least one place."), field="places")


@action("movements.call_off_session", policies=(works_there,))
def call_off_session(actor: Actor, session: OrientationSession) -> int:
    """Call a session off, and say how many people were invited: they are to be told."""
    if session.called_off_at:
        raise RuleBroken(NOT_ANY_MORE)
    if session.ends_on < timezone.localdate():
        raise RuleBroken(_("This session is over."))
    session.called_off_at = timezone.now()
    session.save()
    invited = taken(session)
    note(invited=invited)
    return invited


@action("movements.record_attendance", policies=(role_suffices,))
def record_attendance(
    actor: Actor, session: OrientationSession, *, marks: Mapping[UUID, Mark]
) -> int:
    """Keep who came and who did not, of those in sight; orientation is done for whoever came.

    Args:
        marks: by the key of the place; what is not `came` or `absent` is left as it is.

    Returns:
        How many places were marked.

    Raises:
        RuleBroken: the session lasts still, or was called off.
        Stale: a colleague marked one of them otherwise meanwhile.
    """
    if session.called_off_at:
        raise RuleBroken(NOT_ANY_MORE)
    rows = Attendance.objects.visible_to(actor).filter(session=session, pk__in=marks)
    marked = 0
    for row in rows.select_related("case").select_for_update(of=("self",)).order_by("pk"):
        marked += _marked(session, row, marks[row.pk])
    note(marked=marked)
    return marked


def _marked(session: OrientationSession, row: Attendance, mark: Mark) -> bool:
    if mark.now not in (Attended.CAME, Attended.ABSENT) or mark.now == mark.was:
        return False
    if row.attended == mark.now:
        return False
    if row.attended != mark.was:
        raise Stale(_("A colleague noted meanwhile who came. Open the sheet again."))
    _require_over(session, mark.now)
    if row.case.status not in BEFORE_DEPARTURE:
        raise RuleBroken(_("Somebody of them has left already. The sheet stays as it is."))
    came_before = row.attended == Attended.CAME
    row.attended = mark.now
    row.save()
    if mark.now == Attended.CAME:
        move_step(row.case_id, row.member_id, StepKind.ORIENTATION, "finish", on=session.ends_on)
    elif came_before and not _came_elsewhere(row):
        move_step(row.case_id, row.member_id, StepKind.ORIENTATION, "again")
    return True


def _require_over(session: OrientationSession, now: str) -> None:
    today = timezone.localdate()
    if now == Attended.CAME and today < session.ends_on:
        raise RuleBroken(_("Who came is noted on the last day, for all the days together."))
    if today < session.starts_on:
        raise RuleBroken(_("The session has not begun yet."))


def _came_elsewhere(row: Attendance) -> bool:
    others = Attendance.objects.filter(member=row.member_id, attended=Attended.CAME)
    return others.exclude(pk=row.pk).exists()
