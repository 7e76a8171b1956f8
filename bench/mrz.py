"""How many machine readable zones are read in a second on one core? Prints one JSON line.

Seconds are this core's own (process time), so that neighbours on the machine do not count.
Every zone is another one; a read counts with all fields, checks, dates, code lists and findings.
`python bench/mrz.py [TD1|TD2|TD3|MRV-A|MRV-B]`
"""

import json
import statistics
import sys
import time
from datetime import date, timedelta

from safar.lib.mrz import Document, read, write
from safar.lib.mrz.personal_numbers import kyrgyz_pin
from safar.lib.partial_dates import PartialDate

TODAY = date(2026, 11, 22)
ZONES = 20_000
RUNS = 5
TARGET = 20_000


def zones(format: str) -> list[str]:
    """Different sound documents with all fields filled, as a reader sends them."""
    return ["\r\n".join(write(_document(serial, format), format)) for serial in range(ZONES)]


def _document(serial: int, format: str) -> Document:
    born = date(1950, 1, 1) + timedelta(days=serial % 25_000)
    sex = "FM"[serial % 2]
    visa = format.startswith("MRV")
    numbered = format in ("TD1", "TD3")
    return Document(
        document_code="V" if visa else "P" if format == "TD3" else "I",
        issuer="KGZ",
        number=f"PE{serial:07d}",
        surname="Osmonova" if sex == "F" else "Osmonov",
        given_names="Aigul Bakytovna" if sex == "F" else "Bakyt",
        birth=PartialDate.of(born),
        sex=sex,
        expiry=TODAY + timedelta(days=serial % 3_000),
        personal_number=kyrgyz_pin(born, sex, serial % 100_000) if numbered else "",
    )


def per_second(texts: list[str]) -> float:
    """Reads a second in one pass; all must be sound."""
    start = time.process_time()
    sound = sum(read(text, today=TODAY).sound for text in texts)
    spent = time.process_time() - start
    if sound != len(texts):
        raise SystemExit(f"{len(texts) - sound} of {len(texts)} zones were not sound.")
    return len(texts) / spent


def main() -> None:
    """Read and print; `per_second` is the median of the runs."""
    format = sys.argv[1] if len(sys.argv) > 1 else "TD3"
    texts = zones(format)
    runs = [per_second(texts) for _ in range(RUNS)]
    answer = {
        "question": "mrz reads per second",
        "format": format,
        "per_second": round(statistics.median(runs)),
        "target": TARGET,
    }
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
