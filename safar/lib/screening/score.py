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
FACTS: Final = (
    *(f"birth_{code}" for code in BIRTHS[:-1]),
    "sex_agrees", "sex_differs", "citizenship_agrees", "citizenship_differs",
)  # fmt: skip


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
