"""How long may a visitor stay, by the rules that the border itself uses?"""

import csv
from datetime import date
from functools import cache
from typing import NamedTuple

from safar.simulation.world import HOME, REFERENCE, table


class Rule(NamedTuple):
    """At most `days` in any `window_days` (0: per visit); `visa` where none is visa-free."""

    days: int
    window_days: int
    visa: bool


@cache
def _rules() -> dict[str, list[tuple[date, date, Rule]]]:
    found: dict[str, list[tuple[date, date, Rule]]] = {}
    with (REFERENCE / "visa_free_rules.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["host"] == HOME and row["days"]:
                begins = date.fromisoformat(row["in_force_from"] or "0001-01-01")
                ends = date.fromisoformat(row["in_force_to"] or "9999-12-31")
                rule = Rule(int(row["days"]), int(row["window_days"] or 0), False)
                found.setdefault(row["citizenship"], []).append((begins, ends, rule))
    return found


@cache
def stay_rule(nationality: str, on: date) -> Rule:
    """The rule for a foreign citizen who enters on a day; a plain visa where no rule holds."""
    for begins, ends, rule in _rules().get(nationality, ()):
        if begins <= on <= ends:
            return rule
    days = next((row["visa_days"] for row in table("nations") if row["code"] == nationality), 30)
    return Rule(int(days), 0, True)
