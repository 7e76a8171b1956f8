"""Makers of the crossing point: shifts, booths, inspections, decisions, through the real actions.

Each takes users of the cast and looks up their rights anew. `clock` sets the time by which the
real actions go, so that a history of stays is made by the same code as today's crossing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from unittest import mock
from uuid import UUID

from django.utils import timezone

from safar.accounts.models import User
from safar.control.border.actions import amending, deciding, inspecting, second_line, shifts
from safar.control.border.actions.deciding import CrossingDetails
from safar.control.border.choices import AmendmentKind, Direction
from safar.control.border.models import (
    Amendment,
    Crossing,
    Decision,
    FlowExit,
    Inspection,
    Referral,
    Shift,
    SignOn,
)
from safar.control.border.queries.facts import Shown
from safar.control.travellers.read_document import ReadDocument
from safar.core.node import uuid7
from safar.lib import mrz
from safar.lib.partial_dates import PartialDate
from safar.reference import queries as reference
from safar.reference.models import CrossingPoint
from tests.makers.accounts import actor, user
from tests.makers.reference import load_reference

MANAS, TORUGART, AK_ZHOL = "KG-MAN", "KG-TOR", "KG-AKZ"
_numbers = count(1)


@contextmanager
def clock(moment: datetime) -> Iterator[datetime]:
    """Let the real actions take this for the present; what they write bears this time."""
    with mock.patch.object(timezone, "now", return_value=moment):
        yield moment


def at(day: date, hour: int = 6) -> datetime:
    """A moment on a day, in UTC: 6 h is noon in Bishkek."""
    return datetime.combine(day, time(hour), UTC)


def days_ago(days: int, hour: int = 6) -> datetime:
    """An hour of UTC on a day as the posts count it: they are ahead, and begin it earlier."""
    return at(timezone.localdate() - timedelta(days=days), hour)


def post(code: str = MANAS) -> CrossingPoint:
    """A post of the real reference data, with its lanes."""
    reference.forget()
    if not reference.lanes(code):
        load_reference()
        reference.forget()
    found = reference.post(code)
    assert found is not None
    return found


def leader(code: str = MANAS) -> User:
    """A shift leader of a post, apart from the cast."""
    return user(f"leader-{code}", "shift_leader", name=f"Leader of {code}", posts=[post(code).code])


def open_shift(code: str = MANAS) -> Shift:
    """The open shift of a post: opened where there is none."""
    target = post(code)
    found = Shift.objects.filter(post=target, status="open").first()
    return found or shifts.open_shift(actor(leader(code)), target)


def sign_on(
    officer: User,
    lane: str = "1",
    direction: Direction | str = Direction.ENTRY,
    *,
    code: str = MANAS,
) -> SignOn:
    """An officer's booth; she is signed off from any other, or from the other direction, first."""
    shift = open_shift(code)
    wanted = (shift.pk, lane, str(direction))
    held = SignOn.objects.filter(officer=officer, ended_at=None).first()
    if held and (held.shift_id, held.lane, held.direction) == wanted:
        return held
    if held:
        shifts.sign_off(actor(officer), held)
    return shifts.sign_on(actor(officer), shift.post, lane=lane, direction=Direction(direction))


def document(**fields: Any) -> ReadDocument:
    """A sound passport of a citizen of Utopia; another number each time, unless one is given."""
    today = timezone.now().date()
    given: dict[str, Any] = {
        "kind": "P",
        "issuer": "RUS",
        "nationality": fields.get("issuer", "RUS"),
        "number": f"U{next(_numbers):08d}",
        "surname": "SOKOLOV",
        "given_names": "ANTON",
        "birth": PartialDate(1987, 11, 9),
        "sex": "M",
        "expires_on": today + timedelta(days=1500),
        **fields,
    }
    if isinstance(given["birth"], str):
        given["birth"] = PartialDate.parse(given["birth"])
    return ReadDocument(**given)


def zone_of(read: ReadDocument) -> list[str]:
    """The machine readable zone (TD3) of a document."""
    return mrz.write(
        mrz.Document(
            document_code=read.kind,
            issuer=read.issuer,
            number=read.number,
            nationality=read.nationality,
            surname=read.surname,
            given_names=read.given_names,
            birth=read.birth,
            sex=read.sex,
            expiry=read.expires_on,
        )
    )


def inspect(booth: SignOn, shown: ReadDocument | str | Sequence[str]) -> Inspection:
    """What the officer of a booth finds: of a document's own zone, or of the zone given."""
    lines = zone_of(shown) if isinstance(shown, ReadDocument) else shown
    reading = mrz.read(lines, today=timezone.now().date())
    return inspecting.inspect(
        actor(booth.officer),
        booth,
        shown=Shown(ReadDocument.from_reading(reading), reading),
    )


def type_in(booth: SignOn, shown: ReadDocument) -> Inspection:
    """What the officer finds of a document that she typed by hand."""
    return inspecting.inspect(actor(booth.officer), booth, shown=Shown(shown))


def admit(inspection: Inspection, *, key: UUID | None = None, **details: Any) -> Crossing:
    """Admit the traveller; with a reason where remarks ask for one."""
    who, chosen = actor(inspection.officer), CrossingDetails(**details)
    if inspection.verdict == "clear":
        return deciding.admit(who, inspection, key=key or uuid7(), details=chosen)
    return deciding.pass_with_reason(
        who, inspection, key=key or uuid7(), details=chosen, reason="looked at, may pass"
    )


def refer(inspection: Inspection, reason: str = "to be looked at") -> Referral:
    return deciding.refer(actor(inspection.officer), inspection, key=uuid7(), reason=reason)


def refuse(inspection: Inspection, *grounds: str, reason: str = "") -> Decision:
    return deciding.refuse(
        actor(inspection.officer),
        inspection,
        key=uuid7(),
        grounds=list(grounds) or ["C"],
        reason=reason,
    )


def leave_flow(inspection: Inspection) -> FlowExit:
    return deciding.leave_flow(actor(inspection.officer), inspection)


def take(referral: Referral, officer: User) -> Referral:
    return second_line.take_referral(actor(officer), referral)


def set_aside(referral: Referral, officer: User) -> Referral:
    return second_line.set_aside_referral(actor(officer), referral)


def crossed(
    officer: User,
    shown: ReadDocument,
    direction: Direction | str = Direction.ENTRY,
    *,
    when: datetime | None = None,
    lane: str = "1",
    code: str = MANAS,
    **details: Any,
) -> Crossing:
    """A crossing from scan to receipt, now or at a moment of the past."""
    with clock(when or timezone.now()):
        return admit(inspect(sign_on(officer, lane, direction, code=code), shown), **details)


def propose(
    officer: User,
    crossing: Crossing,
    *,
    kind: AmendmentKind = AmendmentKind.ANNUL,
    reason: str = "wrong direction",
    changes: dict[str, Any] | None = None,
) -> Amendment:
    return amending.propose_amendment(
        actor(officer), crossing, kind=kind, reason=reason, changes=changes
    )


def approve(officer: User, amendment: Amendment) -> Amendment:
    return amending.approve_amendment(actor(officer), amendment)
