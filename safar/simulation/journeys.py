"""Which posts does a journey use, where does it lead, for which purpose?"""

from dataclasses import dataclass
from functools import cache

from safar.simulation.profiles import FREQUENT, Profile
from safar.simulation.world import HOME, Wheel, table

PURPOSES = (
    "tourism", "business", "study", "work", "private", "transit", "family", "medical",
    "religious", "crew", "residence", "local", "official",
)  # fmt: skip
PURPOSE_PLACE = {code: place for place, code in enumerate(PURPOSES)}

_PURPOSES_OF: dict[str, tuple[str, ...]] = {
    "commuter": ("local",),
    "lorry": ("crew",),
    "worker": ("work",),
    "abroad": ("private", "tourism", "family", "business", "tourism", "medical", "family"),
    "student": ("study",),
    "tourist": ("tourism",),
    "visit": ("family", "private", "family", "family", "religious", "medical"),
    "business": ("business", "business", "business", "business", "business", "official"),
    "transit": ("transit",),
    "seasonal": ("work",),
}


def scatter(index: int, size: int) -> int:
    """A steady choice below `size` for a traveller, without a draw."""
    return (index * 2_654_435_761 >> 9) % size


def purpose(who: Profile) -> str:
    """The purpose code the traveller declares on the way in, or out of the own country."""
    choices = _PURPOSES_OF[who.flow]
    return choices[scatter(who.index, len(choices))]


@dataclass(frozen=True, slots=True)
class Place:
    """A destination: ICAO code of the country and what stands on the migration card."""

    country: str
    text: str


@cache
def destinations(flow: str, nationality: str) -> tuple[Place, ...]:
    """Abroad for citizens of this state, hosts and addresses in it for everyone else."""
    inward = nationality != HOME
    for wanted in (f"{flow} {nationality}", flow):
        found = tuple(
            Place(row["country"], row["place"].replace(";", ","))
            for row in table("places")
            if row["flow"] == wanted and (row["country"] == HOME) is inward
        )
        if found:
            return found
    raise LookupError(f"no place for {flow} {nationality}")


@cache
def home_city(nationality: str) -> str:
    """Where the state's travellers say they go home to."""
    return next(row["city"] for row in table("nations") if row["code"] == nationality)


def country_abroad(who: Profile) -> str:
    """The country at the other end of the journey."""
    if not who.citizen:
        return who.nationality
    there = destinations(who.flow, HOME)
    return there[scatter(who.index, len(there))].country


@cache
def _routes(nation: str, flow: str) -> Wheel[str]:
    for row in table("routes"):
        if row["nation"] in {nation, "*"} and row["flow"] in {flow, "*"}:
            parts = [part.partition(":") for part in row["posts"].split()]
            return Wheel((post, float(weight)) for post, _, weight in parts)
    raise LookupError(f"no route for {nation} {flow}")


def posts_for(who: Profile) -> Wheel[str]:
    """The posts the journey may use, by habit."""
    if who.citizen:
        way = f"{who.flow} to" if who.flow in FREQUENT else "to"
        return _routes(HOME, f"{way} {country_abroad(who)}")
    return _routes(who.nationality, who.flow)


_TRANSIT_WAYS_OUT = {
    "KG-DOS": "KG-AKZ",
    "KG-AKZ": "KG-DOS",
    "KG-KYB": "KG-AKZ",
    "KG-KMK": "KG-AKZ",
    "KG-CHA": "KG-DOS",
    "KG-KDY": "KG-DOS",
    "KG-IRK": "KG-AKZ",
    "KG-TOR": "KG-AKZ",
}


def way_out_of_transit(post: str) -> str:
    """The post by which someone in transit leaves; airports send them on by air."""
    return _TRANSIT_WAYS_OUT.get(post, post)
