"""How likely is a candidate the person asked about, from what agrees and what does not?

The weights are fitted by tools/fit_scores.py; weights.json says on what.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.align import FEATURES
from safar.lib.screening.facts import AGREES, BIRTHS, DIFFERS, Compared

Floats = NDArray[np.float32]
FILE: Final = Path(__file__).with_name("weights.json")
# Figures of a row made of its features, for the order of queries that know nothing but a name.
SHAPES: Final = (
    "evidence_each", "two_matched", "three_matched", "list_alone", "list_two_alone",
    "list_three_alone", "query_alone", "query_two_alone", "whole", "evidence_log", "alone_both",
    "left_over",
)  # fmt: skip
FACTS: Final = (
    *(f"birth_{code}" for code in BIRTHS[:-1]),
    "sex_agrees", "sex_differs", "citizenship_agrees", "citizenship_differs",
)  # fmt: skip

FAR: Final = 0.3  # a cosine that strangers have
_COUNTS: Final = ("evidence", "matched", "alone_query", "alone_list")


@cache
def weights() -> dict[str, Any]:
    """The fitted weights: `name` by feature, `facts` by fact, `steepness`, `level`, `threshold`."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


THRESHOLD: Final = float(weights()["threshold"])


@cache
def _vector(part: str, names: tuple[str, ...]) -> Floats:
    table = weights()[part]
    return np.array([table[name] for name in names], np.float32)


def name_evidence(features: Floats) -> Floats:
    """What a name says, in nats, for rows of features."""
    return np.asarray(features @ _vector("name", FEATURES), np.float32)


def shapes(features: Floats, left_over: Floats) -> Floats:
    """The figures of SHAPES for rows of features; `left_over` is the nearest that stands alone."""
    evidence, matched, mine, theirs = (features[:, FEATURES.index(key)] for key in _COUNTS)
    columns = (
        evidence / np.maximum(matched, 1), matched >= 2, matched >= 3, theirs > 0, theirs > 1,
        theirs > 2, mine > 0, mine > 1, mine + theirs == 0, np.log1p(np.maximum(evidence, 0)),
        mine * theirs, np.maximum(left_over - FAR, 0),
    )  # fmt: skip
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def name_only_evidence(features: Floats, left_over: Floats) -> Floats:
    """What a name says, in nats, where nothing else is known: it tells rows of one list apart.

    Weighed for the order of candidates, whereas `name_evidence` is weighed together with facts.
    """
    columns = np.hstack([features, shapes(features, left_over)])
    # Not by BLAS: a row must get the same sum to the last digit whatever rows stand beside it.
    said = (columns * _vector("name_only", (*FEATURES, *SHAPES))).sum(axis=1)
    return np.asarray(said + weights()["name_only_level"], np.float32)


def fact_columns(found: Compared) -> Floats:
    """One row an entity, one column a fact of FACTS: 1 where it is so."""
    columns = [found.births == at for at in range(len(BIRTHS) - 1)]
    columns += [found.sexes == AGREES, found.sexes == DIFFERS]
    columns += [found.citizenships == AGREES, found.citizenships == DIFFERS]
    return np.stack(columns, axis=1).astype(np.float32)


def fact_evidence(found: Compared) -> Floats:
    """What the facts say, in nats; a fact that is not known says nothing."""
    return np.asarray(fact_columns(found) @ _vector("facts", FACTS), np.float32)


def probability(evidence: Floats, names: int) -> Floats:
    """The calibrated score of evidence found on a list with so many names."""
    table = weights()
    raw = table["steepness"] * (evidence - np.log(names + table["pseudo_names"])) + table["level"]
    return np.asarray(1 / (1 + np.exp(-np.clip(raw, -40, 40))), np.float32)
