"""Peer: nomenklatura's logic-v2 as the scorer of tantivy's candidates.

logic-v2 keeps analysed names by entity id: an id that is used again is scored with stale names.
Every query and every list row therefore gets an id of its own here, and the control below stops
the run if two strangers score as one person.
"""

import time
from importlib import import_module
from itertools import count
from typing import Any

from bench.listed import folded
from bench.peers.files import Found, answer, asked, missing
from bench.peers.tantivy_grams import Grams

CANDIDATES = 100
_fresh = count()


def main() -> None:
    """Build the candidates' index, score, answer."""
    try:
        matching = import_module("nomenklatura.matching")
        import_module("tantivy")
    except ImportError as problem:
        missing(f"nomenklatura (with PyICU) or tantivy is not installed: {problem}")
    work, given = asked()
    algorithm = matching.get_algorithm("logic-v2")
    config = algorithm.default_config()
    _control(algorithm, config)
    began = time.perf_counter()
    grams = Grams(work.names)
    built = time.perf_counter() - began

    def find(query: dict[str, str]) -> Found:
        person = _person(query)
        scored = []
        for row, _ in grams.find(folded(query["name"]), CANDIDATES):
            result = algorithm.compare(person, _person(work.rows[row]), config)
            scored.append((work.ids[row], float(result.score)))
        return sorted(scored, key=lambda pair: -pair[1])

    answer(given, work, built, find, threshold=0.7, candidates=CANDIDATES)


def _control(algorithm: Any, config: Any) -> None:
    pairs = [("Ivan Petrov", "Ivan Petrov"), ("Ivan Petrov", "Li Xiaohong")]
    same, strangers = (
        algorithm.compare(_person({"name": a}), _person({"name": b}), config).score
        for a, b in pairs
    )
    if same < 0.9 or strangers > 0.3:
        raise SystemExit(f"logic-v2 is asked wrongly: same {same}, strangers {strangers}.")


def _person(row: dict[str, str]) -> Any:
    model = import_module("followthemoney").model
    properties = {"name": [row["name"]]}
    for column, name in (("birth_date", "birthDate"), ("citizenship", "citizenship")):
        if row.get(column):
            properties[name] = [row[column]]
    if sex := {"M": "male", "F": "female"}.get(row.get("sex", "")):
        properties["gender"] = [sex]
    data = {"id": f"fresh-{next(_fresh)}", "schema": "Person", "properties": properties}
    return model.get_proxy(data)


if __name__ == "__main__":
    main()
