"""Who is on the list: OFAC's individuals, their aliases as queries, and the facts beside them?

`OFAC` is the half of the list that the repository holds; any folder with `sdn*.csv` and
`alt*.csv` in OFAC's columns will do.
"""

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anyascii import anyascii

OFAC = Path(__file__).parents[1] / "safar/control/watchlist/data/ofac"
BORN = re.compile(r"DOB (?:circa )?((?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4})")
FORMATS = (("%d %b %Y", "%Y-%m-%d"), ("%b %Y", "%Y-%m"), ("%Y", "%Y"))


@dataclass(frozen=True)
class Listed:
    """One row of a list: a name with what is known of its bearer; `births` are ISO, partial."""

    id: str
    name: str
    births: tuple[str, ...] = ()
    sex: str = ""
    citizenship: str = ""


@dataclass(frozen=True)
class Alias:
    """An alias that the list does not hold, and whose it is."""

    entity: str
    name: str

    @property
    def held_out(self) -> bool:
        """Nobody looks at these while tuning: sha1 of the entity begins with 0, 1 or 2."""
        return hashlib.sha1(self.entity.encode()).hexdigest()[0] in "012"


def ofac(folder: Path = OFAC) -> tuple[list[Listed], list[Alias]]:
    """Individuals with their primary names, and each alias that is not the primary name again."""
    people: dict[str, Listed] = {}
    for row in _rows(folder.glob("sdn*.csv")):
        if row[2] == "individual":
            sex = {"Gender Male": "M", "Gender Female": "F"}
            found = next((sex[word] for word in sex if word in row[11]), "")
            people[row[0]] = Listed(f"ofac-{row[0]}", row[1], _births(row[11]), found)
    aliases: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(folder.glob("alt*.csv")):
        if row[0] in people:
            aliases[row[0]].setdefault(folded(row[3]), row[3])
    queries = [
        Alias(people[key].id, name)
        for key, names in aliases.items()
        for form, name in names.items()
        if form and form != folded(people[key].name)
    ]
    return list(people.values()), queries


def _rows(paths: Iterable[Path]) -> list[list[str]]:
    rows: list[list[str]] = []
    for path in sorted(paths):
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            rows += [[field.strip() for field in row] for row in csv.reader(lines) if len(row) > 4]
    return rows


def _births(remarks: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_iso, BORN.findall(remarks)))))


def _iso(text: str) -> str:
    for spoken, iso in FORMATS:
        try:
            return datetime.strptime(text, spoken).strftime(iso)
        except ValueError:
            continue
    return ""


def folded(name: str) -> str:
    """The normalisation every peer gets: Latin letters by anyascii, lower case, sorted words."""
    return " ".join(sorted(words(name)))


def words(name: str) -> Sequence[str]:
    return re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", "").replace("`", ""))
