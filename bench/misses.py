"""What was missed and what alarmed for nothing? Files for those who tune the engine.

Only the part that may be looked at is written row by row; of the held-out part, totals.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.contract import Ran, write_rows
from bench.figures import Row, highest, score_of
from bench.golden import held_out
from bench.listed import Alias, Listed
from bench.made_up import Clean

SHOWN = 3  # candidates beside a miss


def write_aliases(
    folder: Path, size: int, ran: Ran, asked: Mapping[str, Alias], people: Sequence[Listed]
) -> None:
    """Aliases whose person is not among the first hundred, and those past the tenth place."""
    names = {one.id: one.name for one in people}
    rows, kept = [], Counter[str]()
    for key, alias in asked.items():
        place = ran.place(key, [alias.entity])
        if 0 < place <= 10:
            continue
        if alias.held_out:
            kept["past 10" if place else "missed"] += 1
            continue
        first = ran.answers.get(key, [])[:SHOWN]
        best = " / ".join(f"{one.entity} {one.score:.2f}" for one in first)
        rows.append((str(place or ""), alias.name, names[alias.entity], best))
    columns = ("place", "alias", "primary_name", "first_candidates")
    write_rows(folder / f"aliases-{size}-dev.csv", columns, sorted(rows))
    _totals(folder / f"aliases-{size}-held-out.json", kept)


def write_variants(
    folder: Path, size: int, ran: Ran, rows: Sequence[Row], threshold: float
) -> None:
    """Variants that score too low, the kinds together, the lowest first."""
    missed, kept = [], Counter[str]()
    for row in rows:
        score = score_of(ran, row)
        if score >= threshold:
            continue
        if held_out(row["person_id"]):
            kept[row["kind"]] += 1
            continue
        answers = ran.answers.get(row["query_id"], [])
        own = (answer.explanation for answer in answers if answer.entity == row["person_id"])
        why = next(own, "not among the candidates")
        missed.append((
            row["kind"], f"{score:.3f}", row["name"], row["variant"], row["listed_birth_date"],
            row["birth_date"], row["source"], row["person_id"], why,
        ))  # fmt: skip
    columns = (
        "kind", "score", "listed", "asked", "listed_birth", "birth", "source", "person", "why",
    )  # fmt: skip
    write_rows(folder / f"variants-{size}-dev.csv", columns, sorted(missed))
    _totals(folder / f"variants-{size}-held-out.json", kept)


def write_alarms(
    folder: Path, size: int, ran: Ran, travellers: Sequence[Clean], threshold: float,
    listed: Mapping[str, Sequence[str]],
) -> None:  # fmt: skip
    """Clean travellers who score high, with the entry's names and births as listed."""
    rows, kept = [], Counter[str]()
    for one in travellers:
        score = highest(ran, one)
        if score < threshold:
            continue
        if held_out(one.id):
            kept["false alarms"] += 1
            continue
        rows += [
            (
                f"{answer.score:.3f}", one.name, one.birth, one.sex, one.citizenship,
                answer.entity, " / ".join(listed.get(answer.entity, ())), answer.explanation,
            )
            for answer in ran.answers[one.id][:SHOWN]
            if answer.score >= threshold
        ]  # fmt: skip
    columns = ("score", "traveller", "birth", "sex", "citizenship", "entity", "listed", "why")
    write_rows(folder / f"alarms-{size}-dev.csv", columns, sorted(rows, reverse=True))
    _totals(folder / f"alarms-{size}-held-out.json", kept)


def write_tokens(folder: Path, script: str, ran: Ran, asked: Mapping[str, set[str]]) -> None:
    """Only totals: every token that is asked is held out."""
    places = Counter(
        "missed" if not place else "first" if place == 1 else "to ten" if place <= 10 else "later"
        for place in (ran.place(key, right) for key, right in asked.items())
    )
    _totals(folder / f"tokens-{script}-held-out.json", places)


def _totals(path: Path, counts: Mapping[str, int]) -> None:
    path.write_text(json.dumps(dict(sorted(counts.items()))) + "\n", encoding="utf-8")
