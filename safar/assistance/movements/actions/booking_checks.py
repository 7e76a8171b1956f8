"""What stands in the way of a booking or a ticket, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember, Partner
from safar.assistance.movements.choices import Fitness, StepKind
from safar.assistance.movements.models import TravelHealth
from safar.assistance.movements.queries.seats import in_words, name_of, travellers
from safar.assistance.movements.rules.booking import (
    Fault,
    LegFacts,
    fault_of,
    needs_agreement,
)
from safar.assistance.movements.rules.readiness import earliest_expiry, readiness
from safar.core.errors import RuleBroken


@dataclass(frozen=True)
class Seat:
    """A member in a seat, what it costs and who pays."""

    member: CaseMember
    cost: Decimal
    currency: str
    payer: str


@dataclass(frozen=True)
class NewBooking:
    """Flights under a carrier's reference, and who sits in them."""

    carrier: str
    reference: str
    fare: str
    legs: Sequence[LegFacts]
    passengers: Sequence[Seat]
    agreement: str = ""
    held_until: date | None = None
    help_from: datetime | None = None
    receiving: Partner | None = None
    transit: Partner | None = None


def check_booking(case: Case, new: NewBooking) -> None:
    """Refuse what cannot be flown, or not by these people.

    Raises:
        RuleBroken: naming who, what and when.
    """
    if needs_agreement(new.fare) and not new.agreement.strip():
        raise RuleBroken(
            _("This fare is given by an agreement with the carrier. Name the agreement."),
            field="agreement",
        )
    check_legs(new.legs)
    members = check_members(case, new.passengers)
    _check_health(members)
    _check_expiry(new.legs, members)
    if new.receiving is not None and new.receiving == new.transit:
        raise RuleBroken(
            _("The same mission receives them and meets them in transit."), field="transit"
        )


def check_legs(legs: Sequence[LegFacts]) -> None:
    """Refuse legs that cannot be flown one after the other."""
    if not legs:
        raise RuleBroken(_("Write down at least one flight."), field="legs")
    fault = fault_of(legs)
    if fault is not None:
        raise RuleBroken(fault_in_words(fault), field="legs")


def fault_in_words(fault: Fault) -> str:
    leg, before = fault.leg, fault.before
    words: dict[str, Any] = {"flight": leg.flight, "place": leg.from_place}
    if before is None:
        return gettext("%(flight)s lands before it departs.") % words
    words |= {"before": before.flight, "there": before.to_place, "minutes": fault.minutes}
    return {
        "order": gettext("%(flight)s departs before %(before)s has landed."),
        "elsewhere": gettext(
            "%(before)s lands at %(there)s, but %(flight)s departs from %(place)s."
        ),
        "too_short": gettext(
            "Only %(minutes)s minutes at %(place)s between %(before)s and %(flight)s. "
            "A family needs an hour."
        ),
    }[fault.code] % words


def check_members(case: Case, seats: Sequence[Seat]) -> dict[UUID, CaseMember]:
    """Return the members in the seats; refuse strangers, empty flights and double seats."""
    if not seats:
        raise RuleBroken(_("Nobody sits in this booking."), field="passengers")
    rows = case.members.filter(left_on=None).select_related("person")
    known = {one.pk: one for one in rows.prefetch_related("person__names")}
    for seat in seats:
        if seat.member.pk not in known:
            raise RuleBroken(
                gettext("%(name)s does not belong to the case.") % {"name": seat.member.person},
                field="passengers",
            )
    wanted = [seat.member.pk for seat in seats]
    if len(set(wanted)) < len(wanted):
        raise RuleBroken(_("Somebody sits in this booking twice."), field="passengers")
    return {key: known[key] for key in wanted}


def _check_health(members: dict[UUID, CaseMember]) -> None:
    bad = TravelHealth.objects.filter(
        member__in=members, fitness__in=(Fitness.HELD, Fitness.NOT_FIT)
    ).first()
    if bad is not None:
        words = {"who": members[bad.member_id].person, "how": bad.get_fitness_display()}
        raise RuleBroken(gettext("%(who)s may not fly: %(how)s.") % words, field="passengers")


def _check_expiry(legs: Sequence[LegFacts], members: dict[UUID, CaseMember]) -> None:
    """Refuse flights after the first day on which something of these people has run out.

    The check before the flight is left out: it is made once more for other flights.
    """
    ends = earliest_expiry(travellers(members, without=(StepKind.PREFLIGHT,)))
    late = next(
        (one for one in legs if ends and timezone.localdate(one.departs_at) > ends.day), None
    )
    if ends is None or late is None:
        return
    flies = timezone.localdate(late.departs_at)
    words = {
        "what": name_of(ends.kind),
        "who": members[ends.member].person,  # type: ignore[index]
        "day": date_format(ends.day, "j E Y"),
        "flight": late.flight,
        "flies": date_format(flies, "j E Y"),
        "days": (flies - ends.day) // timedelta(days=1),
    }
    raise RuleBroken(
        gettext(
            "%(what)s of %(who)s runs out on %(day)s. %(flight)s flies on %(flies)s, "
            "%(days)s days too late."
        )
        % words,
        field="legs",
    )


def check_ready(members: dict[UUID, CaseMember], day: date, *, without: Sequence[str] = ()) -> None:
    """Refuse where something is missing for a flight on this day."""
    found = readiness(travellers(members, without=without), day)
    if not found.ready:
        raise RuleBroken(in_words(found.blockers, members))
