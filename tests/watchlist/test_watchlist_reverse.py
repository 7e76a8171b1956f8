"""Does the comparison of many travellers with few entries find whom a booth would stop?"""

import pytest

from safar.control.watchlist import queries
from safar.control.watchlist.queries import Few, Person
from safar.control.watchlist.screening import reverse
from tests.makers.watchlist import entry, person

pytestmark = pytest.mark.django_db

VARIANTS = [
    person("KHUDAIBERDIEV<<SHAVKAT", birth="1984-05-17", sex="M"),
    person("ХУДОЙБЕРДИЕВ, Шавкат", birth="1984-05-17", sex="M"),
    person("SHAVKAT<<KHUDAYBERDIEV", birth="1984-05-17", sex="M"),
    person("KHUDAIBERDIEVSHAVKAT", birth="1984-05-17", sex="M"),
    person("XUDOYBERDIYEV<<SHAVKATJON", birth="1984-05-17", sex="M"),
    person("TOTALLY<<DIFFERENT", documents=(("KGZ", "AC 1234567"),)),
]
CROWD = [
    person(f"{surname}<<{given}", birth=f"19{60 + n}-03-0{n % 9 + 1}", sex="F")
    for n, surname in enumerate(("ORLOVA", "KIM", "TOKTOGULOVA", "SEITOVA", "IVANOVA"))
    for given in ("AIGUL", "NADEZHDA", "LI")
]


def found(few: Few, people: list[Person]) -> dict[int, set[str]]:
    hits: dict[int, set[str]] = {}
    for place, match in few.matches(list(enumerate(people))):
        hits.setdefault(place, set()).add(match.source_key)
    return hits


def test_it_finds_everybody_of_a_crowd_whom_a_booth_would_stop_and_nobody_else():
    one = entry(
        "ХУДАЙБЕРДИЕВ, Шавкат",
        births=("1984-05-17",),
        sex="M",
        documents=(("passport", "KGZ", "AC1234567"),),
    )
    entry("SOMEBODY, Else")
    people = [*VARIANTS, *CROWD]
    at_the_booth = {
        place: {one.source_key}
        for place, who in enumerate(people)
        if one.pk in {match.entry_id for match in queries.screen(who)}
    }
    assert len(at_the_booth) >= len(VARIANTS) - 1
    assert found(Few([one.pk]), people) == at_the_booth


def test_other_entries_that_a_traveller_is_like_are_not_told():
    one = entry("SEITOV, Marat")
    entry("SEITOV, Marat", sex="M")
    few = Few([one.pk])
    assert found(few, [person("SEITOV<<MARAT")]) == {0: {one.source_key}}


def test_many_entries_are_found_as_few_are(monkeypatch: pytest.MonkeyPatch):
    keys = [entry("SEITOV, Marat").pk, entry("ORLOVA, Nadezhda").pk]
    people = [person("SEITOV<<MARAT"), person("LI<<NOBODY"), person("ORLOVA<<NADEZHDA")]
    few = found(Few(keys), people)
    monkeypatch.setattr(reverse, "MANY", 1)
    assert found(Few(keys), people) == few
    assert set(few) == {0, 2}


def test_no_entry_and_no_traveller_find_nobody():
    assert found(Few([]), CROWD) == {}
    assert found(Few([entry("SEITOV, Marat").pk]), []) == {}
