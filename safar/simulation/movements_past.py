"""Who left Kazakhstan and Uzbekistan in 2005 to 2010? A made-up list that adds up to real totals.

The totals by part of the world are those that IOM Kazakhstan published of its movements: 2,012
people to the United States, 686 to Europe, 13 to Australia. The people, the families and how
they spread over states, years, ages and sexes are made up, and the same every time.
"""

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safar.assistance.cases.actions import importing
from safar.assistance.cases.actions.importing import NewList
from safar.assistance.cases.models import CaseImport
from safar.assistance.movements.actions.schemes import load_schemes
from safar.assistance.movements.commands import SHIPPED
from safar.assistance.movements.models import Departure, MovementScheme
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor, system
from safar.lib.partial_dates import PartialDate
from safar.simulation import mission
from safar.simulation.names import Name, childs_name, name, passport_names
from safar.ui.csv_out import csv_lines
from safar.ui.xlsx_out import workbook

SEED = 2005
# Destination: how many people, by which scheme, to which towns.
PEOPLE = {
    "USA": (2012, "USRAP-P1", ("Seattle", "Houston", "Denver", "Rochester", "Dallas")),
    "SWE": (241, "SWE-QUOTA", ("Malmö", "Gothenburg", "Umeå")),
    "NOR": (158, "NOR-QUOTA", ("Bergen", "Trondheim")),
    "FIN": (121, "FIN-QUOTA", ("Oulu", "Vaasa")),
    "DNK": (74, "DNK-QUOTA", ("Aarhus", "Odense")),
    "NLD": (38, "FAM-REUN", ("Rotterdam",)),
    "GBR": (27, "FAM-REUN", ("Bradford",)),
    "AUT": (16, "FAM-REUN", ("Graz",)),
    "FRA": (11, "FAM-REUN", ("Lyon",)),
    "AUS": (13, "AUS-HUM", ("Adelaide",)),
}
YEARS, WEIGHTS = range(2005, 2011), (3, 5, 4, 3, 2, 2)
FROM = ("KAZ", "UZB")
NATIONS = ("AFG", "AFG", "AFG", "UZB", "TJK", "IRN")
SIZES, SIZE_WEIGHTS = range(1, 10), (14, 10, 12, 16, 16, 12, 9, 6, 5)
NO_SHOW_EACH = 60  # so many cases, of which one has somebody who did not come to the flight
HEAD = (
    "Case", "Programme", "Opened on", "State", "Closed on", "How it ended", "Surname",
    "Given names", "Date of birth", "Sex", "Citizenship", "Role", "Destination", "Town there",
    "Leaves from", "Scheme code", "Referred by", "State reference", "Accepted on", "Left on",
    "Arrived on",
)  # fmt: skip
FILE = "departures-2005-2010"


@dataclass(frozen=True)
class Member:
    """A line of the list; who did not come to the flight did not leave."""

    surname: str
    given: str
    birth: PartialDate
    sex: str
    nation: str
    role: str
    left: bool = True


@dataclass(frozen=True)
class Family:
    """A case of the list."""

    key: str
    destination: str
    town: str
    departs_from: str
    scheme: str
    reference: str
    leaves: date
    members: tuple[Member, ...]

    def lines(self) -> Iterator[tuple[str, ...]]:
        opened, accepted = self.leaves - timedelta(days=420), self.leaves - timedelta(days=160)
        of_case = (
            self.key, "movements", _day(opened), "arrived", _day(self.leaves + timedelta(days=9)),
            "departed",
        )  # fmt: skip
        to = (
            self.destination, self.town, self.departs_from, self.scheme, "UNHCR", self.reference,
            _day(accepted),
        )  # fmt: skip
        for one in self.members:
            born, left = _birth(one.birth), self.leaves if one.left else None
            yield (
                *of_case, one.surname, one.given, born, one.sex, one.nation, one.role, *to,
                _day(left) if left else "", _day(left + timedelta(days=1)) if left else "",
            )  # fmt: skip


def families(codes: Mapping[str, str] | None = None) -> list[Family]:
    """The families of the list; `codes` is the scheme of each destination, if other than above."""
    rng = random.Random(SEED)  # noqa: S311 - made-up people
    by = codes or {to: code for to, (_people, code, _towns) in PEOPLE.items()}
    return [one for to in PEOPLE for one in _to(rng, to, by[to])]


def schemes() -> dict[str, str]:
    """A scheme for each destination, of those that are loaded: the state's own, or one for all.

    Raises:
        RuleBroken: there is none for one of them.
    """
    loaded = list(MovementScheme.objects.order_by("code").values_list("destination", "code"))
    found = {}
    for to, (_people, usual, _towns) in PEOPLE.items():
        fitting = [code for where in (to, "") for of, code in loaded if of == where]
        if not fitting:
            raise RuleBroken(f"No scheme leads to {to}: load the schemes first.")
        found[to] = usual if usual in fitting else fitting[0]
    return found


def rows(made: Sequence[Family]) -> list[tuple[str, ...]]:
    """The list as a table, the headings first."""
    return [HEAD, *(line for one in made for line in one.lines())]


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    return "".join(csv_lines(table[0], table[1:])).encode()


def as_xlsx(table: Sequence[Sequence[str]]) -> bytes:
    return workbook([("Departures", table)])


def add() -> str:
    """Bring the list in where no departure of those years is known yet."""
    if not mission.are_there():
        mission.add()
    if Departure.objects.filter(departed_on__year__lt=YEARS.stop).exists():
        return "there already"
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        load_schemes(system("simulation"), None, rows=list(csv.DictReader(file)))
    run = load()
    return f"{run.lines:,} lines, {run.cases} families"


def load() -> CaseImport:
    """Bring the list in, as the programme officer does on the page."""
    content = as_csv(rows(families(schemes())))
    return bring_in(mission.actor(mission.OFFICER), content, mission.office("BIS"), f"{FILE}.csv")


def bring_in(actor: Actor, content: bytes, office: object, file_name: str) -> CaseImport:
    """Hand a list in, have it read, confirm it, and have it written."""
    new = NewList(
        "movements", office, "Resettlement and movements", file_name, content  # type: ignore[arg-type]
    )  # fmt: skip
    run = importing.hand_in_list(actor, new, start=_at_once)
    run = importing.read_list(actor, run)
    run = importing.confirm_list(actor, run, start=_at_once)
    return importing.load_list(actor, run)


def _at_once(run: CaseImport) -> None:
    """Nothing is left to a worker: what is due is done in the next line."""


def _to(rng: random.Random, to: str, scheme: str) -> Iterator[Family]:
    left, _usual, towns = PEOPLE[to]
    number = 0
    while left:
        number += 1
        size = min(left, rng.choices(SIZES, SIZE_WEIGHTS)[0])
        left -= size
        year = rng.choices(YEARS, WEIGHTS)[0]
        leaves = date(year, 1, 1) + timedelta(days=rng.randrange(365))
        nation = rng.choice(NATIONS)
        yield Family(
            key=f"{to}-{number:04d}",
            destination=to,
            town=rng.choice(towns),
            departs_from=rng.choices(FROM, (3, 2))[0],
            scheme=scheme,
            reference=f"{to}-{year}-{number:04d}",
            leaves=leaves,
            members=tuple(_members(rng, nation, size, leaves, number % NO_SHOW_EACH == 0)),
        )


def _members(
    rng: random.Random, nation: str, size: int, leaves: date, somebody_stays: bool
) -> Iterator[Member]:
    sex = rng.choice("MMF")
    head = name(rng, nation, sex)
    yield _member(rng, head, sex, leaves, (20, 68), "applicant")
    for number in range(1, size):
        if number == 1 and size > 1 and rng.random() < 0.75:
            other = "F" if sex == "M" else "M"
            yield _member(rng, name(rng, nation, other), other, leaves, (19, 64), "spouse")
        else:
            young = rng.choice("FM")
            yield _member(
                rng, childs_name(rng, head, sex, young), young, leaves, (0, 19), "child", number
            )
    if somebody_stays:
        brother = name(rng, nation, "M")
        yield _member(rng, brother, "M", leaves, (21, 40), "sibling", left=False)


def _member(
    rng: random.Random,
    named: Name,
    sex: str,
    leaves: date,
    ages: tuple[int, int],
    role: str,
    number: int = 0,
    *,
    left: bool = True,
) -> Member:
    surname, given = (part.title() for part in passport_names(rng, named, sex))
    day = leaves - timedelta(days=rng.randint(ages[0] * 366, ages[1] * 365 + 200))
    known = rng.random()
    birth = PartialDate(
        day.year, day.month if known > 0.12 else None, day.day if known > 0.2 else None
    )
    # Two children of one name in a family are told apart, as their papers do.
    return Member(
        surname, f"{given} {_ordinal(number)}".strip(), birth, sex, named.nation, role, left
    )


def _ordinal(number: int) -> str:
    return ("", "", "", "Jan", "Gul", "Shah", "Bibi", "Khan", "Noor")[number]


def _birth(day: PartialDate) -> str:
    parts = (day.day, day.month)
    return "".join(f"{part:02d}." for part in parts if part) + str(day.year)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
