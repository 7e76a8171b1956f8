"""By which flights do they get where, what does a seat cost, and which missions are told?"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from safar.assistance.cases.actions import partnering
from safar.assistance.cases.actions.partnering import PartnerFacts
from safar.assistance.cases.choices.sharing import AgreementKind, PartnerKind
from safar.assistance.cases.models import Partner
from safar.assistance.movements.rules.booking import LegFacts
from safar.core.permissions import Actor

Hop = tuple[str, int, int, str]  # flight, minutes to change before it, minutes in the air, to
ATLANTIC: Hop = ("TK17", 190, 650, "Toronto")
# Town: its state, the fare of an adult, the flights from Istanbul on.
WAYS: dict[str, tuple[str, int, tuple[Hop, ...]]] = {
    "Toronto": ("CAN", 790, (ATLANTIC,)),
    "Winnipeg": ("CAN", 862, (ATLANTIC, ("AC259", 225, 175, "Winnipeg"))),
    "Calgary": ("CAN", 895, (ATLANTIC, ("AC141", 240, 270, "Calgary"))),
    "Seattle": ("USA", 845, (("TK203", 165, 710, "Seattle"),)),
    "Houston": ("USA", 870, (("TK33", 200, 760, "Houston"),)),
    "Stockholm": ("SWE", 410, (("TK1793", 150, 215, "Stockholm"),)),
    "Oslo": ("NOR", 420, (("TK1751", 135, 235, "Oslo"),)),
    "Helsinki": ("FIN", 415, (("TK1761", 170, 220, "Helsinki"),)),
    "Copenhagen": ("DNK", 405, (("TK1783", 145, 205, "Copenhagen"),)),
    "Hamburg": ("D", 360, (("TK1663", 140, 200, "Hamburg"),)),
    "London": ("GBR", 395, (("TK1979", 155, 245, "London"),)),
    "Lyon": ("FRA", 380, (("TK1807", 180, 210, "Lyon"),)),
    "Melbourne": ("AUS", 1120, (("TK168", 260, 1240, "Melbourne"),)),
}
FIRST: dict[str, tuple[str, time, int]] = {
    "Bishkek": ("TK347", time(5, 40), 345), "Osh": ("TK373", time(6, 55), 330),
}  # fmt: skip
CHILD = Decimal("0.75")  # of the fare, until the twelfth birthday
TRANSIT = "Transit mission, Istanbul"
CARRIER, AGREEMENT = "Turkish Airlines", "MIG-TK-2024-11"


def country(town: str) -> str:
    return WAYS[town][0]


def fare(town: str, *, is_child: bool) -> Decimal:
    """What a seat costs, in US dollars."""
    adult = Decimal(WAYS[town][1])
    return (adult * CHILD if is_child else adult).quantize(Decimal("0.01"))


def legs(begins_at: str, town: str, day: date) -> list[LegFacts]:
    """The flights that begin on a day, in the installation's own zone."""
    flight, leaves, minutes = FIRST[begins_at]
    departs = timezone.make_aware(datetime.combine(day, leaves))
    lands = departs + timedelta(minutes=minutes)
    first = LegFacts(flight, begins_at, departs, "Istanbul", lands)
    return [first, *onward(town, "Istanbul", lands)]


def onward(town: str, place: str, lands: datetime, wait: timedelta = timedelta()) -> list[LegFacts]:
    """The flights from Istanbul on, for whoever lands there; `wait` is longer than usual."""
    found = []
    for flight, change, minutes, to in WAYS[town][2]:
        departs = lands + timedelta(minutes=change) + wait
        lands, wait = departs + timedelta(minutes=minutes), timedelta()
        found.append(LegFacts(flight, place, departs, to, lands))
        place = to
    return found


def receiving(town: str) -> Partner:
    return Partner.objects.get(name=f"Receiving mission, {town}")


def transit() -> Partner:
    return Partner.objects.get(name=TRANSIT)


def add_partners(officer: Actor, since: date) -> None:
    """The missions that receive people or meet them on the way, each under an agreement."""
    add_partner(officer, TRANSIT, "TUR", since)
    for town in WAYS:
        add_partner(officer, f"Receiving mission, {town}", country(town), since)


def add_partner(
    officer: Actor, name: str, state: str, since: date, kind: str = PartnerKind.INTERNATIONAL
) -> Partner:
    partner = partnering.add_partner(officer, PartnerFacts(name, kind, state))
    partnering.make_agreement(
        officer,
        partner,
        kind=AgreementKind.SHARING,
        reference=f"Note on the sharing of data, {since:%Y}",
        in_force_from=since,
    )
    return partner
