"""Makers of orientation: sessions, and places in them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.actions import orientation, sessions
from safar.assistance.movements.actions.sessions import NewSession
from safar.assistance.movements.models import Attendance, OrientationSession
from safar.core.record import writing
from tests.makers import cases as kernel
from tests.makers.accounts import actor


def new(at: str = kernel.BISHKEK, **facts: Any) -> NewSession:
    """Three days of next week, for Canada, in Uzbek."""
    begins = facts.get("starts_on") or timezone.localdate() + timedelta(days=7)
    given = {
        "office": kernel.office(at), "destination": "CAN", "title": "Life in Canada",
        "venue": "Chui 106, room 4", "language": "uz", "starts_on": begins,
        "ends_on": begins + timedelta(days=2), "places": 12,
    }  # fmt: skip
    return NewSession(**{**given, **facts})


def session(by: User, **facts: Any) -> OrientationSession:
    return sessions.add_session(actor(by), new(**facts))


def invited(
    by: User, case: Case, one: OrientationSession, *members: CaseMember
) -> list[Attendance]:
    """Members of a case, or all of them, get places."""
    people = list(members) or list(case.members.order_by("pk"))
    return orientation.invite(actor(by), case, session=one, members=people)


def over(one: OrientationSession) -> OrientationSession:
    """The session ended today: its days are moved, as time does."""
    today = timezone.localdate()
    with writing("movements"):
        OrientationSession.objects.filter(pk=one.pk).update(
            starts_on=today - timedelta(days=2), ends_on=today
        )
    return OrientationSession.objects.get(pk=one.pk)
