"""How long does a booth need to verify a visa's seal, and what does it let through? One JSON line.

Milliseconds of the wall clock for one visa after another: bytes of the barcode to findings, all
rules included, without the database; and from a picture of the barcode. Then every kind of forgery
many times over, and ten thousand good visas of different people. `python -m bench.visas [GOOD]`
"""

import json
import os
import statistics
import sys
import time
from datetime import date

TODAY = date(2026, 11, 22)
GOOD, EACH, TIMED, PICTURES = 10_000, 50, 400, 60
TARGET_MS = 20


def main() -> None:
    """Make, look, count, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.test")
    import django

    django.setup()
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else GOOD)))


def measure(wanted: int) -> dict[str, object]:
    """Every figure; `missed` and `refused` must be empty or 0."""
    from bench.forgeries import FORGERIES
    from bench.visa_world import World, as_shown, look

    world = World(TODAY)
    shown = [as_shown(world.good()) for _n in range(TIMED)]
    verify = [_ms(look, world, case) for case in shown]
    missed = {
        name: EACH - caught
        for name, (forge, codes) in FORGERIES.items()
        if (caught := sum(_is_caught(look(world, forge(world, world.good())), codes)
                          for _n in range(EACH))) < EACH
    }  # fmt: skip
    refused = sum(not look(world, as_shown(world.good())).sound for _n in range(wanted))
    return {
        "question": "verifying a visa at the booth",
        "verify_p50_ms": round(statistics.median(verify), 2),
        "verify_p99_ms": round(statistics.quantiles(verify, n=100)[98], 2),
        "picture_p50_ms": round(statistics.median(_pictures(world)), 2),
        "kinds": len(FORGERIES),
        "forgeries": len(FORGERIES) * EACH,
        "missed": missed,
        "good": wanted,
        "refused": refused,
        "targets": {"verify_p50_ms": TARGET_MS, "missed": 0, "refused": 0},
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _is_caught(seen: object, codes: frozenset[str]) -> bool:
    found = {code for code, _params in seen.found}  # type: ignore[attr-defined]
    return not seen.sound and bool(found & codes)  # type: ignore[attr-defined]


def _pictures(world: object) -> list[float]:
    """From the picture of a DataMatrix to findings."""
    from bench.visa_world import as_shown, look
    from safar.lib.seal import barcode

    spent = []
    for _n in range(PICTURES):
        case = as_shown(world.good())  # type: ignore[attr-defined]
        png = barcode.png(barcode.matrix(case.seal), dots=4)
        start = time.perf_counter()
        case.seal = barcode.read(png)[0]
        assert look(world, case).sound  # type: ignore[arg-type]
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def _ms(function, *args) -> float:
    start = time.perf_counter()
    function(*args)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
