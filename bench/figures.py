"""What do answers amount to? Recall, what is found, false alarms; totals and held-out parts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bench.contract import Ran
from bench.golden import held_out
from bench.listed import Alias
from bench.made_up import Clean

CURVE = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)
CENTRAL_ASIA = ("KGZ", "KAZ", "UZB", "TJK", "TKM", "UIG", "DNG")
Row = Mapping[str, str]


def share(hits: Iterable[bool]) -> float | None:
    """The share of true ones, four digits; None of nothing."""
    marks = list(hits)
    return round(sum(marks) / len(marks), 4) if marks else None


def recall(ran: Ran, asked: Mapping[str, Alias]) -> dict[str, Any]:
    """Aliases whose entity stands among the first ten and hundred."""
    places = {key: ran.place(key, [alias.entity]) for key, alias in asked.items()}
    kept = {key for key, alias in asked.items() if alias.held_out}

    def among(first: int, keys: Iterable[str]) -> float | None:
        return share(0 < places[key] <= first for key in keys)

    return {
        "queries": len(asked), "r1": among(1, asked), "r10": among(10, asked),
        "r100": among(100, asked), "held_out_queries": len(kept),
        "held_out_r10": among(10, kept), "held_out_r100": among(100, kept),
    }  # fmt: skip


def token_recall(ran: Ran, asked: Mapping[str, set[str]]) -> dict[str, Any]:
    """One-token names whose twin comes first, among the first three and ten."""
    places = [ran.place(key, right) for key, right in asked.items()]
    return {
        "queries": len(places),
        **{f"r{first}": share(0 < at <= first for at in places) for first in (1, 3, 10)},
    }


def score_of(ran: Ran, row: Row) -> float:
    """The score that a variant's own person got; 0 where they are not among the answers."""
    answers = ran.answers.get(row["query_id"], [])
    return max((one.score for one in answers if one.entity == row["person_id"]), default=0.0)


def highest(ran: Ran, traveller: Clean) -> float:
    """The highest score of anybody for a clean traveller."""
    return max((one.score for one in ran.answers.get(traveller.id, [])), default=0.0)


def is_central_asian(row: Row) -> bool:
    """Whether a variant is of a person of Central Asia, Uyghurs and Dungans among them."""
    made = row["person_id"].split("-")[0]
    return made in CENTRAL_ASIA or (made == "written" and row["citizenship"] in CENTRAL_ASIA)


def found(ran: Ran, rows: Sequence[Row], threshold: float) -> dict[str, Any]:
    """Variants whose person scores at least `threshold`."""
    hits = {row["query_id"]: score_of(ran, row) >= threshold for row in rows}

    def part(wanted: Callable[[Row], bool]) -> float | None:
        return share(hits[row["query_id"]] for row in rows if wanted(row))

    kinds = sorted({row["kind"] for row in rows})
    return {
        "variants": len(rows),
        "found": part(lambda row: True),
        "found_held_out": part(lambda row: held_out(row["person_id"])),
        "found_central_asia": part(is_central_asian),
        "found_central_asia_held_out": part(
            lambda row: is_central_asian(row) and held_out(row["person_id"])
        ),
        "found_by_kind": {kind: part(_is_of(kind)) for kind in kinds},
    }  # fmt: skip


def _is_of(kind: str) -> Callable[[Row], bool]:
    return lambda row: row["kind"] == kind


def alarms(ran: Ran, travellers: Sequence[Clean], threshold: float) -> dict[str, Any]:
    """Clean travellers who score at least `threshold` with somebody, in a thousand."""
    marks = {one.id: highest(ran, one) >= threshold for one in travellers}
    kept = [one.id for one in travellers if held_out(one.id)]
    return {
        "clean_travellers": len(travellers),
        "false_alarms_per_1000": _in_thousand(marks.values()),
        "false_alarms_per_1000_held_out": _in_thousand(marks[key] for key in kept),
    }


def _in_thousand(marks: Iterable[bool]) -> float | None:
    part = list(marks)
    return round(1000 * sum(part) / len(part), 2) if part else None


def curve(ran: Ran, rows: Sequence[Row], travellers: Sequence[Clean]) -> list[list[float]]:
    """Threshold, share found, false alarms in a thousand: of the part that may be looked at."""
    scores = [score_of(ran, row) for row in rows if not held_out(row["person_id"])]
    tops = [highest(ran, one) for one in travellers if not held_out(one.id)]
    return [
        [
            at,
            round(sum(score >= at for score in scores) / max(1, len(scores)), 4),
            round(1000 * sum(top >= at for top in tops) / max(1, len(tops)), 2),
        ]
        for at in CURVE
    ]
