"""What do answers come to? A code function by instrument and version, with weights from a file.

The weights say who signed them off and when. As long as nobody did, every score that comes of
them says so.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent / "data"
COMPOSITE: Final = "composite"
PLACES: Final = Decimal("0.0001")
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Weights:
    """The weights of one instrument and version, as their file has them.

    Args:
        rule: what these weights are called.
        signed_by: who signed them off; empty where nobody did.
        points: question -> answer -> what it is worth, from 0 to 1.
        dimensions: dimension -> question -> its weight.
        composite: dimension -> its weight in the whole.
        names: dimension -> language -> how it is called.
        thresholds: from which score on the whole is called what, rising.
    """

    rule: str
    signed_by: str
    signed_on: date | None
    points: Mapping[str, Mapping[str, Decimal]]
    dimensions: Mapping[str, Mapping[str, Decimal]]
    composite: Mapping[str, Decimal]
    names: Mapping[str, Mapping[str, str]]
    thresholds: tuple[tuple[Decimal, Mapping[str, str]], ...] = ()

    @property
    def is_signed_off(self) -> bool:
        return bool(self.signed_by and self.signed_on)

    @property
    def source(self) -> str:
        """The rule with its signature, as scores keep it: a signature makes another rule of it."""
        if self.signed_on is None:
            return f"{self.rule}, not signed off"
        return f"{self.rule}, {self.signed_by}, {self.signed_on.isoformat()}"


Function = Callable[[Answers, Weights], Mapping[str, Decimal]]


@dataclass(frozen=True)
class Rule:
    """How one instrument and version is scored."""

    function: Function
    weights: Weights

    def scores(self, answers: Answers) -> dict[str, Decimal]:
        """Return the score of each dimension that was answered at all, from 0 to 1."""
        return {
            dimension: value.quantize(PLACES)
            for dimension, value in self.function(answers, self.weights).items()
        }


_REGISTRY: dict[tuple[str, str], Rule] = {}


def register(instrument: str, version: str, weights: Weights, function: Function) -> None:
    """Have responses to this version scored by this function and these weights."""
    _REGISTRY[instrument, version] = Rule(function, weights)


def rule_of(instrument: str, version: str) -> Rule | None:
    """How the version is scored; None where it is not."""
    return _REGISTRY.get((instrument, version))


def by_weight(answers: Answers, weights: Weights) -> dict[str, Decimal]:
    """The weighted mean of what the answers are worth, by dimension, and of the whole.

    A question without an answer is left out with its weight. A whole needs every dimension.
    """
    found: dict[str, Decimal] = {}
    for dimension, shares in weights.dimensions.items():
        worth = {
            name: weights.points[name][answers[name]]
            for name in shares
            if answers.get(name) in weights.points[name]
        }
        if worth:
            found[dimension] = _mean(worth, shares)
    if len(found) == len(weights.dimensions):
        found[COMPOSITE] = _mean(found, weights.composite)
    return found


def read(given: Mapping[str, Any]) -> Weights:
    """Read weights.

    Raises:
        ValueError: a signature is half there, a weight is not above 0, a worth not from 0 to 1,
            or a question has a weight and no worth.
    """
    if bool(given["signed_by"]) != bool(given["signed_on"]):
        raise ValueError("a signature is who and when")
    points = {name: _decimals(values) for name, values in given["points"].items()}
    dimensions = {name: _decimals(values) for name, values in given["dimensions"].items()}
    composite = _decimals(given["composite"])
    shares = [*composite.values(), *(v for row in dimensions.values() for v in row.values())]
    if any(share <= 0 for share in shares) or set(composite) != set(dimensions):
        raise ValueError("every weight is above 0, and every dimension counts in the whole")
    if any(not 0 <= value <= 1 for row in points.values() for value in row.values()):
        raise ValueError("an answer is worth 0 to 1")
    if missing := {name for row in dimensions.values() for name in row} - set(points):
        raise ValueError(f"no worth for the answers to {sorted(missing)}")
    signed_on = date.fromisoformat(given["signed_on"]) if given["signed_on"] else None
    return Weights(
        given["rule"],
        given["signed_by"],
        signed_on,
        points,
        dimensions,
        composite,
        given["names"],
        _thresholds(given["thresholds"]),
    )


def read_file(name: str) -> Weights:
    """Read the weights of a file of `data/`."""
    return read(json.loads((DATA / name).read_text(encoding="utf-8")))


def _thresholds(rows: list[dict[str, Any]]) -> tuple[tuple[Decimal, Mapping[str, str]], ...]:
    found = tuple((Decimal(row["from"]), row["names"]) for row in rows)
    starts = [start for start, _names in found]
    if starts != sorted(set(starts)) or (starts and starts[0] != 0):
        raise ValueError("thresholds rise, and begin at 0")
    return found


def _decimals(values: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in values.items()}


def _mean(worth: Mapping[str, Decimal], shares: Mapping[str, Decimal]) -> Decimal:
    whole = sum((shares[name] for name in worth), Decimal(0))
    return sum((worth[name] * shares[name] for name in worth), Decimal(0)) / whole


SUSTAINABILITY: Final = ("reintegration_sustainability", "1")
register(*SUSTAINABILITY, read_file("reintegration_sustainability.json"), by_weight)
