"""An address is registered; late is counted by the rule of that day, and without a rule by none."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.border.models import Crossing
from safar.control.stays.choices import Host
from safar.control.stays.models import Registration, RegistrationMistake, RegistrationRule
from safar.control.stays.policies import in_sight, not_registrar
from safar.control.stays.queries.desk import rule_on
from safar.control.stays.queries.entries import entered_on, is_free, refuse_citizen
from safar.control.stays.rules import days_late, due
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Address:
    """Where she lives, from when until when, and who says so."""

    address: str
    region: str
    from_day: date
    until: date
    host_kind: str
    host: str = ""


@action("stays.register", policies=(in_sight, by_a_person))
def register(actor: Actor, entry: Crossing, *, lives: Address) -> Registration:
    """Registered where a foreigner lives

    Late is counted from the day on which she came to the address, by the rule of that day. Where
    none was agreed on, nobody is late.

    Raises:
        RuleBroken: of a citizen, before the entry, in the future, without address or host.
    """
    refuse_citizen(entry)
    came, today = entered_on(entry), timezone.localdate()
    _refuse_wrong(lives, came, today)
    rule = rule_on(lives.from_day)
    made = Registration(
        crossing=entry,
        entered_at=entry.crossed_at,
        entered_on=came,
        post_id=entry.post_id,
        traveller_id=entry.traveller_id,
        document_id=entry.document_id,
        address=lives.address.strip(),
        region=lives.region.strip(),
        from_day=lives.from_day,
        until=lives.until,
        host_kind=Host(lives.host_kind),
        host=lives.host.strip(),
        rule=rule,
        **_counted(entry, lives.from_day, today, rule),
        registered_at=timezone.now(),
        registered_by_id=actor.person_id,
    )
    made.save(force_insert=True)
    note(days_late=made.days_late)
    return made


@action("stays.strike_registration", policies=(in_sight, by_a_person, not_registrar))
def strike_registration(
    actor: Actor, registration: Registration, *, reason: str
) -> RegistrationMistake:
    """Struck out a registration that was written by mistake: it counts for nothing

    Raises:
        RuleBroken: nothing says what is wrong.
        InvalidMove: it was struck out already.
    """
    if not reason.strip():
        raise RuleBroken(_("Write what is wrong with it."), field="reason")
    if RegistrationMistake.objects.filter(registration=registration).exists():
        raise InvalidMove(_("This registration was struck out already."))
    struck = RegistrationMistake(
        registration=registration,
        reason=reason.strip()[:200],
        struck_at=timezone.now(),
        struck_by_id=actor.person_id,
        struck_by_name=actor.name,
    )
    struck.save(force_insert=True)
    return struck


def _counted(
    entry: Crossing, came: date, today: date, rule: RegistrationRule | None
) -> dict[str, Any]:
    """Until when it was due, and how late it is; neither where no rule holds."""
    if rule is None:
        return {"due_on": None, "days_late": None}
    late = 0 if is_free(entry, rule.term) else days_late(came, today, rule.term)
    return {"due_on": due(came, rule.term), "days_late": late}


def _refuse_wrong(lives: Address, came: date, today: date) -> None:
    if not lives.address.strip():
        raise RuleBroken(_("Write the address."), field="address")
    if not lives.region.strip():
        raise RuleBroken(_("Write the region."), field="region")
    if lives.from_day < came:
        raise RuleBroken(_("She had not entered on this day."), field="from_day")
    if lives.from_day > today:
        raise RuleBroken(_("This day is still to come."), field="from_day")
    if lives.until < lives.from_day:
        raise RuleBroken(_("The last day is before the first."), field="until")
    if lives.host_kind != Host.HERSELF and not lives.host.strip():
        raise RuleBroken(_("Write the name of the host or hotel."), field="host")
