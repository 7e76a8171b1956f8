"""Is this a document that nobody holds: a published specimen, or one of an invented issuer?"""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from safar.control.documents.rules.catalogue import Remark
from safar.control.documents.rules.series import years_on
from safar.lib.mrz.codes import KNOWN, WITHDRAWN

FILE: Final = Path(__file__).parent.parent / "data" / "specimens.csv"
LONGEST_TERM: Final = 10  # years for which any state issued a travel document, with room below
GRACE: Final = 2  # years: old paper was issued on, and prolonged, after a state had ended
# The first year without the state (ISO 3166-3); where only the code changed, the year it did.
ENDED: Final = {
    "ANT": 2011, "BUR": 1990, "BYS": 1993, "CSK": 1993, "DDR": 1991, "NTZ": 1994, "ROM": 2003,
    "SCG": 2007, "SUN": 1992, "TMP": 2003, "YMD": 1991, "YUG": 2004, "ZAR": 1998,
}  # fmt: skip


@cache
def shipped() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The invented issuers by the code in their zones, and the numbers of published specimens."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    issuers = frozenset(row["issuer"] for row in rows if row["kind"] == "fantasy")
    numbers = frozenset((row["issuer"], row["number"]) for row in rows if row["kind"] == "specimen")
    return issuers, numbers


def of_specimens(issuer: str, nationality: str, number: str) -> Iterator[Remark]:
    """Say whether the issuer is invented, or the number stands on a published specimen."""
    issuers, numbers = shipped()
    invented = next((code for code in (issuer, nationality) if code in issuers), None)
    if invented:
        yield Remark("document.fantasy", {"code": invented})
    if (issuer, number) in numbers:
        yield Remark("document.specimen", {"number": number})


def of_codes(issuer: str, nationality: str) -> Iterator[Remark]:
    """Say which codes no list has: of a typed document. A zone's are checked by `safar.lib.mrz`."""
    if issuer not in KNOWN:
        yield Remark("document.issuer_unknown", {"code": issuer})
    if nationality not in KNOWN:
        yield Remark("document.nationality_unknown", {"code": nationality})


def of_ended_states(issuer: str, expires_on: date | None) -> Iterator[Remark]:
    """Say where a document runs longer than any that its issuer, which is no more, can have made.

    Such names are put on camouflage passports.
    """
    if issuer not in ENDED or expires_on is None:
        return
    ended = date(ENDED[issuer], 1, 1)
    if expires_on > years_on(ended, LONGEST_TERM + GRACE):
        params = {"state": WITHDRAWN[issuer], "year": ENDED[issuer]}
        yield Remark("document.state_ended", {**params, "expiry": expires_on.isoformat()})
