"""Who are the made-up people, by name and paper?"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from safar.simulation.documents import Document, documents
from safar.simulation.names import Name, childs_name, name, twins_name, usual_latin
from safar.simulation.plan import frequent_share
from safar.simulation.profiles import Profile, profiles
from safar.simulation.world import Scale


@dataclass(slots=True)
class Traveller:
    """A person with documents. Names are Cyrillic, as written at home; Latin is per document.

    `birth` is ISO with unknown parts left off. `leader` is the index of the adult a minor travels
    with, else None; `like` that of the twin or namesake in `relation`, else None.
    """

    index: int
    nationality: str
    sex: str
    birth: str
    surname: str
    given_names: str
    patronymic: str
    patronymic_latin: str
    flow: str
    role: str
    leader: int | None
    relation: str
    like: int | None
    oddity: str
    documents: list[Document]


def travellers(scale: Scale) -> Iterator[Traveller]:
    """The people of the run, by index from 0, with their documents; one at a time."""
    rng = scale.rng("people")
    adult: Profile | None = None
    adults = Name("", "", "")
    for who in profiles(scale, frequent_share(scale)):
        named = _named(rng, who, adult, adults)
        if who.role != "minor":
            adult, adults = who, named
        yield _traveller(who, named, documents(rng, scale, who, named))


def _named(rng: random.Random, who: Profile, adult: Profile | None, adults: Name) -> Name:
    if adult is None or (who.role != "minor" and not who.relation):
        return name(rng, who.nation, who.sex)
    if who.relation == "namesake":
        return adults
    if who.relation == "twin":
        return twins_name(rng, adults, who.sex)
    return childs_name(rng, adults, adult.sex, who.sex)


def _traveller(who: Profile, named: Name, papers: list[Document]) -> Traveller:
    return Traveller(
        index=who.index,
        nationality=who.nationality,
        sex=who.sex,
        birth=who.born_known,
        surname=named.surname,
        given_names=named.given,
        patronymic=named.patronymic,
        patronymic_latin=usual_latin(named),
        flow=who.flow,
        role=who.role,
        leader=who.leader if who.leader >= 0 else None,
        relation=who.relation,
        like=who.like if who.like >= 0 else None,
        oddity=who.oddity,
        documents=papers,
    )
