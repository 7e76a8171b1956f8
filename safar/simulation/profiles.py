"""Who travels, why and how often? One light row a traveller, drawn in order of index."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from safar.simulation.stays import stay_rule
from safar.simulation.world import HOME, Scale, Wheel, table

# What a traveller travels for. The first five are citizens' ways, or both's; the rest foreigners'.
FLOWS = (
    "commuter", "lorry", "worker", "abroad", "student",
    "tourist", "visit", "business", "transit", "seasonal",
)  # fmt: skip
FREQUENT = frozenset({"commuter", "lorry"})
FOREIGN_FLOWS = ("tourist", "visit", "business", "student", "transit", "seasonal", "lorry")

# Ages: lowest, likeliest, highest; then the share of men.
_PEOPLE: dict[str, tuple[int, int, int, float]] = {
    "commuter": (18, 38, 70, 0.46),
    "lorry": (23, 41, 63, 0.99),
    "worker": (18, 27, 58, 0.74),
    "abroad": (18, 36, 74, 0.52),
    "student": (17, 19, 27, 0.62),
    "tourist": (19, 33, 74, 0.55),
    "visit": (18, 44, 82, 0.47),
    "business": (22, 39, 66, 0.76),
    "transit": (18, 31, 66, 0.80),
    "seasonal": (18, 30, 57, 0.93),
}
_CITIZEN = Wheel([("worker", 42.0), ("abroad", 52.0), ("student", 6.0)])
_OCCASIONAL_CITIZENS = 0.42
_COMMUTERS = Wheel([(HOME, 56.0), ("UZB", 32.0), ("KAZ", 12.0)])
_LORRIES_AMONG_FREQUENT = 0.16
_FAMILY = {"abroad": 0.13, "tourist": 0.12, "visit": 0.16}

# Oddities, and their share of the travellers to whom they can happen.
ODDITIES = ("overstay", "no-exit", "two-places", "expired", "lost", "stolen")
_ODD_FOREIGNER = (
    ("overstay", 0.0115), ("no-exit", 0.004), ("expired", 0.003), ("lost", 0.003),
    ("stolen", 0.002), ("two-places", 0.0006),
)  # fmt: skip
_ODD_CITIZEN = (("expired", 0.004), ("lost", 0.005), ("stolen", 0.002), ("two-places", 0.0002))
_OVERSTAY_FITS = 1.6
_RENEWS = 0.035
_TWIN, _NAMESAKE = 0.003, 0.004
# Share of passports that know the year of birth only, and that say 1 January for want of better.
_YEAR_ONLY = {"AFG": 0.16, "PAK": 0.02}
_NEW_YEAR = {"AFG": 0.34, "PAK": 0.07, "TJK": 0.02, "UZB": 0.01, "BGD": 0.05, "IRN": 0.01}


@dataclass(slots=True)
class Profile:
    """What is known of a traveller before any name: enough to plan the journeys.

    `leader` is the index of the adult whose journeys a minor shares, else -1. `like` is the index
    of the twin or namesake. `renewal_day` counts from the first day of the run; -1 means never.
    """

    index: int
    flow: str
    nation: str
    nationality: str
    sex: str
    born: date
    born_known: str
    role: str = "adult"
    leader: int = -1
    relation: str = ""
    like: int = -1
    oddity: str = ""
    renewal_day: int = -1

    @property
    def citizen(self) -> bool:
        """Whether the traveller is at home on this side of the border."""
        return self.nationality == HOME


@cache
def _nations(flow: str) -> Wheel[tuple[str, tuple[str, ...]]]:
    return Wheel(
        ((row["code"], tuple(row["names"].split("|"))), float(row[flow]))
        for row in table("nations")
    )


@cache
def _foreign_flow() -> Wheel[str]:
    flows = [flow for flow in FOREIGN_FLOWS if flow != "lorry"]
    return Wheel((flow, sum(float(row[flow]) for row in table("nations"))) for flow in flows)


def _flow_and_nation(rng: random.Random, frequent: float) -> tuple[str, str, str]:
    chance = rng.random()
    if chance < frequent:
        return _frequent(rng)
    if rng.random() < _OCCASIONAL_CITIZENS:
        return _CITIZEN.spin(rng.random()), HOME, HOME
    flow = _foreign_flow().spin(rng.random())
    return flow, *_nation(rng, flow)


def _frequent(rng: random.Random) -> tuple[str, str, str]:
    if rng.random() >= _LORRIES_AMONG_FREQUENT:
        nation = _COMMUTERS.spin(rng.random())
        return "commuter", nation, nation
    if rng.random() < 0.4:
        return "lorry", HOME, HOME
    return "lorry", *_nation(rng, "lorry")


def _nation(rng: random.Random, flow: str) -> tuple[str, str]:
    code, peoples = _nations(flow).spin(rng.random())
    return peoples[int(rng.random() * len(peoples))], code


def _birth(rng: random.Random, today: date, nation: str, age: float) -> tuple[date, str]:
    born = today - timedelta(days=int(age * 365.2425) + 2)
    chance = rng.random()
    unknown, new_year = _YEAR_ONLY.get(nation, 0.0), _NEW_YEAR.get(nation, 0.0)
    if chance < unknown:
        return born, f"{born.year:04d}"
    if chance < unknown + new_year:
        born = date(born.year, 1, 1)
    return born, born.isoformat()


def _oddity(rng: random.Random, profile: Profile, scale: Scale) -> str:
    if profile.flow in FREQUENT:
        return ""
    chance = rng.random()
    for oddity, share in _ODD_CITIZEN if profile.citizen else _ODD_FOREIGNER:
        # An overstay must fit into the run; those to whom it can happen bear the others' share.
        if oddity == "overstay":
            fits = stay_rule(profile.nationality, scale.last_day).days + 3 < scale.days
            share = _OVERSTAY_FITS * share if fits else 0.0
        if chance < share:
            return oddity
        chance -= share
    return ""


def _adult(rng: random.Random, scale: Scale, index: int, frequent: float) -> Profile:
    flow, nation, nationality = _flow_and_nation(rng, frequent)
    youngest, likeliest, oldest, men = _PEOPLE[flow]
    sex = "M" if rng.random() < men else "F"
    age = rng.triangular(youngest, oldest, likeliest)
    role = "adult"
    if flow in {"visit", "abroad"} and rng.random() < 0.006:
        age, role = rng.uniform(8, 17.7), "minor alone"
    born, known = _birth(rng, scale.last_day, nation, age)
    profile = Profile(index, flow, nation, nationality, sex, born, known, role)
    profile.oddity = _oddity(rng, profile, scale)
    if not profile.oddity and rng.random() < _RENEWS:
        profile.renewal_day = int(rng.random() * scale.days)
    return profile


def _minors(rng: random.Random, scale: Scale, leader: Profile) -> Iterator[Profile]:
    parent_age = (scale.last_day - leader.born).days / 365.2425
    for number in range(1, 2 + int(rng.random() * 2.6)):
        age = rng.uniform(0.3, max(1.0, min(17.6, parent_age - 19)))
        born, known = _birth(rng, scale.last_day, "", age)
        sex = "M" if rng.random() < 0.51 else "F"
        yield Profile(
            leader.index + number, leader.flow, leader.nation, leader.nationality, sex, born,
            known, "minor", leader.index,
        )  # fmt: skip


def _double(rng: random.Random, scale: Scale, first: Profile) -> Profile | None:
    chance = rng.random()
    if first.role != "adult" or first.flow in FREQUENT or chance >= _TWIN + _NAMESAKE:
        return None
    relation = "twin" if chance < _TWIN else "namesake"
    return Profile(
        first.index + 1, first.flow, first.nation, first.nationality, first.sex, first.born,
        first.born_known, "adult", -1, relation, first.index,
    )  # fmt: skip


def profiles(scale: Scale, frequent: float) -> Iterator[Profile]:
    """The travellers by index from 0; `frequent` is the share of commuters and lorry drivers."""
    rng = scale.rng("profiles")
    index = 0
    while index < scale.travellers:
        first = _adult(rng, scale, index, frequent)
        party = [first]
        if (
            first.role == "adult"
            and not first.oddity
            and rng.random() < _FAMILY.get(first.flow, 0.0)
        ):
            party.extend(_minors(rng, scale, first))
        elif double := _double(rng, scale, first):
            party.append(double)
        yield from party[: scale.travellers - index]
        index += len(party)
