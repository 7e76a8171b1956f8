"""Fits safar/lib/screening/weights.json: what agrees and what does not, weighed by made-up people.

    python tools/fit_scores.py --names 100000 --scratch FOLDER --ofac FOLDER
    python tools/fit_scores.py --names 1000000 --scratch FOLDER --ofac FOLDER --name-only

The golden people are found or not among padding, clean travellers must not be, and OFAC's
aliases must rank before the padding. Held-out people and entities are not looked at. Sex and
citizenship stay as they were set by hand: the made-up sets hold no wrong ones. So does the
threshold: read it off `python -m bench.screening --rows variants --curve`.

`--name-only` fits the weights of queries that know nothing but a name: by the place of OFAC's
aliases among the other names. They are stretched to say as much as the others on the best rows.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import golden
from bench.lists import Files, Scratch
from safar.lib.screening import Builder, Index, Query, finish
from safar.lib.screening.align import FEATURES
from safar.lib.screening.rows import read_list, read_queries
from safar.lib.screening.score import (
    FACTS,
    FILE,
    SHAPES,
    fact_columns,
    name_evidence,
    shapes,
)

Floats = NDArray[np.float64]
NAMES = (*FEATURES, *FACTS, "level")
ROWS, ALIAS_ROWS = 30, 300  # the best rows of a query that are weighed
ALIASES = 0.2  # weight of the ranking of aliases against the people with birth dates
CLEAN_WEIGHT, OTHERS_WEIGHT = 6.0, 0.1  # of a row of a clean traveller; of a neighbour's row
STAY = 0.0005  # pull towards the weights that were
STEPS, PACE = 1500, 0.03
AT_MOST = {
    "alone_query": 0.0, "alone_list": 0.0, "both_alone": -1.5, "fathers_differ": -3.0,
    "father_alone": 0.0, "titles_alone": 0.0, "initials_alone": 0.0, "surname_moved": 0.0,
    "out_of_order": 0.0, "surname_lacks": 0.0, "lost_rarity": 0.0, "joint": 0.0,
    "birth_differs": 0.0, "birth_near": -3.0, "birth_digit": -1.5,
}  # fmt: skip
AT_LEAST = {"father_alone": -0.8}  # papers leave the patronymic out at will
BY_HAND = (
    "By hand: the bounds of the fit, sex, citizenship, steepness, pseudo_names, the threshold."
)
TOP = 20  # of each alias, the rows on which both weights shall say as much
TURNS, BATCH, PULL, FIRST_PLACES = 12, 32, 1e-4, 5.0  # of the fit of an order
KEPT = ("sex_agrees", "sex_differs", "citizenship_agrees", "citizenship_differs")


@dataclass(frozen=True)
class Asked:
    """The best rows of one query: features and facts, and which row is right."""

    clean: bool
    rows: Floats
    right: NDArray[np.bool_]
    size: int


def main() -> None:
    """Ask, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--clean", type=int, default=4000)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--ofac", type=Path, required=True)
    parser.add_argument("--name-only", action="store_true")
    asked = parser.parse_args()
    asked.scratch.mkdir(parents=True, exist_ok=True)
    scratch = Scratch(asked.scratch, asked.ofac)
    if asked.name_only:
        print(json.dumps(name_only(scratch, asked.names)))
        return
    people = list(_people(scratch, asked.names, asked.clean))
    aliases = list(_aliases(scratch, asked.names))
    table = json.loads(FILE.read_text(encoding="utf-8"))
    before = np.array([*_parts(table), table["level"]], np.float64)
    after = fit(before, people, aliases)
    _write(
        table,
        after,
        f"tools/fit_scores.py --names {asked.names} --clean {asked.clean} fitted the names, the "
        f"births and the level. {BY_HAND}",
    )
    print(json.dumps(quality(after, people)))


def _index(files: Files, folder: Path) -> Index:
    builder = Builder()
    read_list(files.listed, builder)
    finish(builder, folder)
    return Index.open(folder)


def _people(scratch: Scratch, names: int, clean: int) -> Iterable[Asked]:
    files, variants, _clean = scratch.people(names, clean, ("birth_date",))
    index = _index(files, scratch.folder / "fit-people")
    persons = {row["query_id"]: row["person_id"] for row in variants}
    for key, query in read_queries(files.queries):
        person = persons.get(key)
        if person is None:
            yield from _rows(index, query, "", ROWS)
        elif not golden.held_out(person):
            yield from _rows(index, query, person, ROWS)


def _aliases(scratch: Scratch, names: int) -> Iterable[Asked]:
    files, asked = scratch.aliases(names)
    index = _index(files, scratch.folder / "fit-aliases")
    for key, query in read_queries(files.queries):
        if not asked[key].held_out:
            yield from _rows(index, query, asked[key].entity, ALIAS_ROWS)


def _rows(index: Index, query: Query, wanted: str, most: int) -> Iterable[Asked]:
    for ranked in index.ranked(query):
        total = ranked.said + ranked.by_facts
        order = np.argsort(-total, kind="stable")
        entity = ranked.store.entity_of(wanted) if wanted else None
        right = order[ranked.entities[order] == entity][:1] if wanted else order[:0]
        chosen = np.unique(np.concatenate([order[:most], right]))
        rows = np.hstack([ranked.features, fact_columns(ranked.facts)])[chosen]
        is_right = ranked.entities[chosen] == entity if wanted else np.zeros(len(chosen), bool)
        if not wanted or is_right.any():
            yield Asked(not wanted, rows.astype(np.float64), is_right, len(index))


def fit(before: Floats, people: list[Asked], aliases: list[Asked]) -> Floats:
    """Weights that tell the right rows, by Adam on a logistic and a ranking loss."""
    theta, slow, fast = before.copy(), np.zeros_like(before), np.zeros_like(before)
    kept = np.array([name in KEPT for name in NAMES])
    most = np.array([AT_MOST.get(name, np.inf) for name in NAMES])
    least = np.array([AT_LEAST.get(name, -np.inf) for name in NAMES])
    rows = np.vstack([asked.rows for asked in people])
    right = np.concatenate([asked.right for asked in people]).astype(np.float64)
    sizes = np.concatenate([np.full(len(asked.rows), asked.size) for asked in people])
    clean = np.concatenate([np.full(len(asked.rows), asked.clean) for asked in people])
    share = (
        np.where(clean, 1.0, OTHERS_WEIGHT) * CLEAN_WEIGHT / max(1, sum(a.clean for a in people))
    )
    share = np.where(right > 0, 1 / max(1.0, right.sum()), share)
    for step in range(1, STEPS + 1):
        raw = rows @ theta[:-1] + theta[-1] - np.log(sizes + 2000)
        error = (1 / (1 + np.exp(-np.clip(raw, -40, 40))) - right) * share
        slope = 2 * STAY * (theta - before)
        slope[:-1] += rows.T @ error
        slope[-1] += error.sum()
        slope[: len(FEATURES)] += _ranking_slope(theta, aliases)
        slope[kept] = 0
        slow, fast = 0.9 * slow + 0.1 * slope, 0.99 * fast + 0.01 * slope**2
        pace = PACE * (1.0 if step < STEPS * 2 / 3 else 0.2)
        theta -= pace * slow / (1 - 0.9**step) / (np.sqrt(fast / (1 - 0.99**step)) + 1e-8)
        theta = np.clip(theta, least, most)
    return theta


def _ranking_slope(theta: Floats, aliases: list[Asked]) -> Floats:
    total = np.zeros(len(FEATURES))
    for asked in aliases:
        features = asked.rows[:, : len(FEATURES)]
        raw = features @ theta[: len(FEATURES)]
        chance = np.exp(raw - raw.max())
        chance /= chance.sum()
        wanted = np.where(asked.right, chance, 0)
        total += features.T @ (chance - wanted / max(float(wanted.sum()), 1e-12))
    return total * (ALIASES / max(1, len(aliases)))


def quality(theta: Floats, people: list[Asked]) -> dict[str, float]:
    """At one false alarm in a thousand: the score that is needed, and who is found with it."""
    best: dict[bool, list[float]] = {True: [], False: []}
    for asked in people:
        raw = asked.rows @ theta[:-1] + theta[-1] - np.log(asked.size + 2000)
        best[asked.clean].append(float(raw.max() if asked.clean else raw[asked.right].max()))
    alarms = sorted(best[True], reverse=True)
    least = alarms[len(alarms) // 1000]
    found = float(np.mean(np.array(best[False]) > least))
    return {"threshold": round(float(1 / (1 + np.exp(-least))), 4), "found": round(found, 4)}


def _parts(table: dict[str, Any]) -> list[float]:
    return [table["name"][key] for key in FEATURES] + [table["facts"][key] for key in FACTS]


@dataclass(frozen=True)
class Named:
    """All names weighed for an alias: features, what the other weights say, which is right."""

    rows: Floats
    before: Floats
    right: NDArray[np.bool_]


def name_only(scratch: Scratch, names: int) -> dict[str, float]:
    """Fit `name_only` and its level on the aliases not held out, write; places before and after."""
    files, asked = scratch.aliases(names)
    index = _index(files, scratch.folder / "fit-aliases")
    kept = [(key, query) for key, query in read_queries(files.queries) if not asked[key].held_out]
    found = [_named(index, query, asked[key].entity) for key, query in kept]
    shown = [one for one in found if one is not None and one.right.any()]
    theta = _ordered(shown)
    best = [np.argsort(-one.before)[:TOP] for one in shown]
    new = np.concatenate([(one.rows @ theta)[at] for one, at in zip(shown, best, strict=True)])
    old = np.concatenate([one.before[at] for one, at in zip(shown, best, strict=True)])
    stretch = float(old.std() / new.std())
    level = float(old.mean() - stretch * new.mean())
    table = json.loads(FILE.read_text(encoding="utf-8"))
    keys = (*FEATURES, *SHAPES)
    values = (round(float(value), 4) for value in stretch * theta)
    table |= {"name_only": dict(zip(keys, values, strict=True)), "name_only_level": round(level, 3)}
    FILE.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    before = _among([one.before for one in shown], shown, len(kept))
    return before | {
        f"fitted_{key}": value
        for key, value in _among([one.rows @ theta for one in shown], shown, len(kept)).items()
    }


def _named(index: Index, query: Query, wanted: str) -> Named | None:
    for ranked in index.ranked(query):
        shape = shapes(ranked.features, ranked.left_over)
        entity = ranked.store.entity_of(wanted)
        rows = np.hstack([ranked.features, shape]).astype(np.float64)
        before = name_evidence(ranked.features).astype(np.float64)
        return Named(rows, before, ranked.entities == entity)
    return None


def _ordered(shown: list[Named], seed: int = 0) -> Floats:
    """Weights by Adam on the logarithm of the right row's place, each comparison made smooth."""
    chance = np.random.default_rng(seed)
    every = np.concatenate([one.rows for one in shown[::3]])
    spread = every.std(axis=0) + 1e-3
    theta, slow, fast = (np.zeros(every.shape[1]) for _ in range(3))
    step = 0
    for turn in range(TURNS):
        order = chance.permutation(len(shown))
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            slope = sum((_place_slope(shown[at], theta, spread) for at in part), 0 * theta)
            slope = slope / BATCH + PULL * theta
            step += 1
            slow, fast = 0.9 * slow + 0.1 * slope, 0.99 * fast + 0.01 * slope**2
            pace = 0.05 * (0.5 + 0.5 * np.cos(np.pi * turn / TURNS)) + 1e-4
            theta -= pace * slow / (1 - 0.9**step) / (np.sqrt(fast / (1 - 0.99**step)) + 1e-8)
    return np.asarray(theta / spread, np.float64)


def _place_slope(one: Named, theta: Floats, spread: Floats) -> Floats:
    rows = one.rows / spread
    said = rows @ theta
    own = np.flatnonzero(one.right)[said[one.right].argmax()]
    before = 1 / (1 + np.exp(-np.clip(said - said[own], -30, 30)))
    before[one.right] = 0
    slope = before * (1 - before) / (FIRST_PLACES + before.sum())
    slope[own] -= slope.sum()
    return np.asarray(slope @ rows, np.float64)


def _among(said: list[Floats], shown: list[Named], asked: int) -> dict[str, float]:
    places = [
        int((values > values[one.right].max()).sum())
        for values, one in zip(said, shown, strict=True)
    ]
    return {f"r{most}": round(sum(p < most for p in places) / asked, 4) for most in (1, 10, 100)}


def _write(table: dict[str, Any], theta: Floats, how: str) -> None:
    values = dict(zip(NAMES, (round(float(value), 3) for value in theta), strict=True))
    table |= {
        "how": how,
        "name": {key: values[key] for key in FEATURES},
        "facts": {key: values[key] for key in FACTS},
        "level": values["level"],
    }
    FILE.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
