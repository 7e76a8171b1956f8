"""Do these flights connect, who pays what, and whose papers hold? Plain values in and out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

# Ours, not an airport's: a family with luggage and children needs this much between two flights.
MINIMUM_CONNECTION = timedelta(minutes=60)
BY_AGREEMENT = frozenset({"resettlement", "migrant"})
MEDICAL = "medical"


@dataclass(frozen=True)
class LegFacts:
    """One flight. Times carry their zone."""

    flight: str
    from_place: str
    departs_at: datetime
    to_place: str
    arrives_at: datetime


@dataclass(frozen=True)
class Fault:
    """What is wrong with the legs: `lands_before`, `elsewhere`, `order` or `too_short`.

    `leg` is the flight that does not fit; `minutes` the time that there is to change.
    """

    code: str
    leg: LegFacts
    before: LegFacts | None = None
    minutes: int = 0


def fault_of(legs: Sequence[LegFacts], least: timedelta = MINIMUM_CONNECTION) -> Fault | None:
    """The first reason why somebody could not fly these legs one after the other."""
    for leg in legs:
        if leg.arrives_at <= leg.departs_at:
            return Fault("lands_before", leg)
    for before, leg in pairwise(legs):
        between = leg.departs_at - before.arrives_at
        if between <= timedelta():
            return Fault("order", leg, before)
        if _place(before.to_place) != _place(leg.from_place):
            return Fault("elsewhere", leg, before)
        if between < least:
            return Fault("too_short", leg, before, int(between.total_seconds() // 60))
    return None


def _place(name: str) -> str:
    return " ".join(name.split()).casefold()


def needs_agreement(fare: str) -> bool:
    """Whether the carrier gives this fare by an agreement alone."""
    return fare in BY_AGREEMENT


@dataclass(frozen=True)
class Share:
    """What one payer owes in one currency, and for how many seats."""

    payer: str
    currency: str
    amount: Decimal
    seats: int


def shares(seats: Iterable[tuple[str, str, Decimal]]) -> list[Share]:
    """Sum seats (payer, currency, cost) by payer and currency; never across currencies."""
    found: dict[tuple[str, str], Share] = {}
    for payer, currency, cost in seats:
        one = found.get((payer, currency), Share(payer, currency, Decimal(0), 0))
        found[payer, currency] = Share(payer, currency, one.amount + cost, one.seats + 1)
    return [found[key] for key in sorted(found)]


def escorts_missing(demanded: Iterable[str], there: Iterable[str]) -> list[str]:
    """Kinds of escort that somebody needs and nobody is. A medical one does for any other."""
    present = set(there)
    wanted = {one for one in demanded if one}
    return sorted(one for one in wanted if one not in present and MEDICAL not in present)


def paper_that_ends(
    returns_on: date, passport_until: date, visa_until: date | None
) -> tuple[str, date] | None:
    """Which paper of an escort ends before the way back, and when: `passport` or `visa`."""
    if passport_until < returns_on:
        return "passport", passport_until
    if visa_until is not None and visa_until < returns_on:
        return "visa", visa_until
    return None
