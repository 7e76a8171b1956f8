"""Who returns in the demonstration's year, under which scheme, and when what happens?"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from safar.assistance.cases.actions.opening import NameAsWritten, NewPerson, WayToReach
from safar.assistance.returns.choices import Order
from safar.lib.names import latin
from safar.lib.partial_dates import PartialDate
from safar.simulation import mission
from safar.simulation.names import Name, childs_name, name

CASES, SEED = 48, 7
DAYS = 425  # a year and two months, so that some are through with their twelfth month
NEWEST = 2  # days ago
TO_FLIGHT = 33  # days from the referral to the flight
SENDERS = {
    "TUR-AVRR": ("Istanbul", "TK348", "Manas"), "BEL-REINT": ("Brussels", "TK349", "Manas"),
    "CHE-RETURN": ("Zurich", "TK351", "Manas"), "NLD-REAN": ("Amsterdam", "PC710", "Manas"),
    "SWE-REINT": ("Stockholm", "TK353", "Manas"), "NOR-INFO": ("Oslo", "TK355", "Osh"),
    "GBR-VRS": ("London", "TK357", "Manas"), "FIN-AVR": ("Helsinki", "TK359", "Manas"),
    "PRT-ARVOR": ("Lisbon", "TK361", "Osh"),
}  # fmt: skip
DEPORTED, UNDECIDED = 17, 26  # one order stands; one has no plan, and her claim runs out soon
VULNERABLE = (5, 21, 37, 46)


@dataclass(frozen=True)
class Plan:
    """When what happens in one return; it goes as far as today lets it."""

    referred: date
    scheme: str
    people: tuple[NewPerson, ...]
    worker: mission.Colleague
    order: str = Order.NONE
    to_flight: int = TO_FLIGHT
    is_vulnerable: bool = False
    is_undecided: bool = False

    @property
    def flies(self) -> date:
        return self.referred + timedelta(days=self.to_flight)

    @property
    def planned(self) -> date:
        return self.flies + timedelta(days=20)


def plans() -> Iterator[Plan]:
    """The returns of the year, the same every time."""
    rng = random.Random(SEED)  # noqa: S311 - made-up people
    today = timezone.localdate()
    for number in range(CASES):
        referred = today - timedelta(days=DAYS - number * (DAYS - NEWEST) // (CASES - 1))
        scheme = rng.choice(list(SENDERS))
        yield Plan(
            referred=referred,
            scheme="TUR-AVRR" if number == UNDECIDED else scheme,
            people=tuple(_family(rng)),
            worker=(mission.CASEWORKER, mission.SECOND_CASEWORKER, mission.IN_OSH)[
                (number + 1) % 3
            ],
            order=Order.STANDS if number == DEPORTED else Order.NONE,
            to_flight=_to_flight(referred, today),
            is_vulnerable=number in VULNERABLE,
            is_undecided=number == UNDECIDED,
        )


def _to_flight(referred: date, today: date) -> int:
    """The usual days; whoever would land about now lands tomorrow, and is to be met."""
    tomorrow = (today - referred).days + 1
    return tomorrow if abs(tomorrow - TO_FLIGHT) <= 3 else TO_FLIGHT


def _family(rng: random.Random) -> Iterator[NewPerson]:
    sex = rng.choice("FMM")
    adult = name(rng, "KGZ", sex)
    phone = WayToReach(
        f"+996 7{rng.randint(0, 9)}0 {rng.randint(100000, 999999)}", may_contact=True
    )
    yield _person(adult, sex, _born(rng, 22, 55), contacts=[phone])
    for _child in range(rng.choice((0, 0, 0, 1, 2))):
        young = rng.choice("FM")
        yield _person(childs_name(rng, adult, sex, young), young, _born(rng, 1, 14))


def _person(named: Name, sex: str, birth: PartialDate, **more: object) -> NewPerson:
    return NewPerson(
        names=[
            NameAsWritten(latin(named.surname).title(), latin(named.given).title()),
            NameAsWritten(named.surname, named.given, named.patronymic),
        ],
        sex=sex,
        birth=birth,
        citizenships=["KGZ"],
        languages=["ky"],
        **more,  # type: ignore[arg-type]
    )


def _born(rng: random.Random, youngest: int, oldest: int) -> PartialDate:
    year = timezone.localdate().year - rng.randint(youngest, oldest)
    return PartialDate(year, rng.randint(1, 12), rng.randint(1, 28))
