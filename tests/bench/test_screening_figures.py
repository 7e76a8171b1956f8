"""The screening bench counts what it says: each figure with answers that are right and wrong."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench import figures, made_up, screening
from bench.contract import ENGINE, Answer, Ran
from bench.golden import held_out
from bench.listed import Alias, Listed, folded, ofac
from bench.made_up import Clean


def _ran(**answers: list[tuple[str, float]]) -> Ran:
    return Ran({}, {key: [Answer(e, s, "") for e, s in found] for key, found in answers.items()})


def test_recall_counts_places_and_not_mere_presence() -> None:
    tenth = [(f"x{n}", 0.9) for n in range(9)] + [("right", 0.5)]
    eleventh = [(f"x{n}", 0.9) for n in range(10)] + [("right", 0.5)]
    asked = {key: Alias("right", "any") for key in ("a", "b", "c")}
    found = figures.recall(_ran(a=tenth, b=eleventh, c=[("wrong", 1.0)]), asked)
    assert (found["r1"], found["r10"], found["r100"]) == (0.0, 0.3333, 0.6667)


def test_a_variant_is_found_only_by_its_own_person_from_the_threshold_on() -> None:
    row = {"query_id": "v", "person_id": "KGZ-001", "kind": "slip", "citizenship": "KGZ"}
    right, other = _ran(v=[("KGZ-001", 0.7)]), _ran(v=[("KGZ-002", 0.9)])
    assert figures.found(right, [row], 0.7)["found"] == 1
    assert figures.found(right, [row], 0.71)["found"] == 0
    assert figures.found(other, [row], 0.1)["found"] == 0


def test_alarms_are_counted_by_traveller_in_a_thousand() -> None:
    people = [Clean(f"c{n}", "A B", "1990-01-01", "M", "KGZ") for n in range(4)]
    ran = _ran(c0=[("x", 0.9), ("y", 0.8)], c1=[("x", 0.4)])
    assert figures.alarms(ran, people, 0.7)["false_alarms_per_1000"] == 250
    assert figures.alarms(ran, people, 0.95)["false_alarms_per_1000"] == 0


def test_the_curve_looks_at_nothing_that_is_held_out() -> None:
    names = [f"KGZ-{n:03}" for n in range(60)]
    kept = [name for name in names if held_out(name)]
    rows = [{"query_id": name, "person_id": name} for name in names]
    ran = _ran(**{name: [(name, 0.0 if name in kept else 1.0)] for name in names})
    assert kept
    assert figures.curve(ran, rows, [])[0][1] == 1


def test_ofac_aliases_that_fold_to_the_primary_name_are_no_queries(tmp_path: Path) -> None:
    nothing = ",".join(["-0-"] * 7)
    sdn = f'1,"IVANOV, Petr",individual,X,-0-,{nothing}\n2,"SHIP",vessel,X,-0-,{nothing}\n'
    alt = '1,10,aka,"PETR IVANOV",-0-\n1,11,aka,"PIOTR, Iwanow",-0-\n2,12,aka,"BOAT",-0-\n'
    (tmp_path / "sdn.csv").write_text(sdn)
    (tmp_path / "alt.csv").write_text(alt)
    people, aliases = ofac(tmp_path)
    assert [one.name for one in people] == ["IVANOV, Petr"]
    assert [alias.name for alias in aliases] == ["PIOTR, Iwanow"]
    assert folded("Иванов, Пётр") == folded("PETR IVANOV")


def test_birth_dates_are_read_as_far_as_they_are_known(tmp_path: Path) -> None:
    remarks = "DOB 10 Dec 1948; alt. DOB Mar 1950; alt. DOB circa 1951; Gender Male."
    nothing = ",".join(["-0-"] * 6)
    (tmp_path / "sdn.csv").write_text(f'1,"X, Y",individual,X,-0-,{nothing},"{remarks}"\n')
    (tmp_path / "alt.csv").write_text("")
    assert ofac(tmp_path)[0][0].births == ("1948-12-10", "1950-03", "1951")
    assert ofac(tmp_path)[0][0].sex == "M"


@pytest.mark.slow
def test_padding_and_travellers_are_the_same_on_every_run() -> None:
    people = [Listed("1", "IVANOV, Petr"), Listed("2", "AL-HASAN, Ali Reza")]
    first, again = (list(made_up.padding(300, people)) for _ in range(2))
    assert first == again
    assert first != list(made_up.padding(300, people, seed=2))
    listed = made_up.homonyms(first)
    assert list(made_up.travellers(50, listed)) == list(made_up.travellers(50, listed))


class _Asked(dict[str, list[str]]):
    """A list without entries that remembers which names at home were looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def get(self, key: str, default: Any = None) -> Any:
        self.names.append(key)
        return default


def test_who_shares_name_and_birth_with_an_entry_is_not_clean() -> None:
    asked = _Asked()
    first = next(made_up.travellers(1, asked))
    home = asked.names[0]
    assert next(made_up.travellers(1, {home: [first.birth]})) != first
    assert next(made_up.travellers(1, {home: [first.birth[:4]]})) != first
    assert next(made_up.travellers(1, {home: ["1899-01-01"]})) == first


def test_the_old_are_born_on_days_of_their_own() -> None:
    people = made_up.travellers(20_000, {})
    days = Counter(one.birth for one in people if one.birth < "1961")
    assert sum(days.values()) > 1000
    assert max(days.values()) < 10


def test_the_engine_runs_unless_it_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}
    for words in ([], ["--no-engine"], ["--engine", "one two"]):
        monkeypatch.setattr("sys.argv", ["bench", *words])
        asked[" ".join(words)] = tuple(screening._arguments().engine)
    assert list(asked.values()) == [tuple(ENGINE), (), ("one", "two")]
