"""What would a staged version of an owner's list change? Counted by the database, with examples."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

SHRINKS_FROM: Final = 0.1  # a list that loses more than this part needs an explicit word
EXAMPLES: Final = 5  # of each kind
NOTHING: Final = "(SELECT * FROM documents_listed WHERE FALSE)"  # before the first version
_SAME_DOCUMENT: Final = "(o.number, o.issuer) = (n.number, n.issuer)"
_SAYS_THE_SAME: Final = (
    f"{_SAME_DOCUMENT} AND o.kind = n.kind AND o.reported_on IS NOT DISTINCT FROM n.reported_on"
)
ADDED: Final = f"{{new}} n WHERE NOT EXISTS (SELECT FROM {{old}} o WHERE {_SAME_DOCUMENT})"
SAME: Final = f"{{new}} n WHERE EXISTS (SELECT FROM {{old}} o WHERE {_SAYS_THE_SAME})"
GONE: Final = f"{{old}} o WHERE NOT EXISTS (SELECT FROM {{new}} n WHERE {_SAME_DOCUMENT})"
CHANGED: Final = (
    f"{{new}} n JOIN {{old}} o ON {_SAME_DOCUMENT} "
    f"WHERE NOT EXISTS (SELECT FROM {{old}} o WHERE {_SAYS_THE_SAME})"
)
COUNT: Final = "SELECT count(*) FROM {rows}"
SOME: Final = "SELECT {columns} FROM {rows} LIMIT {number}"
SHOWN: Final = {  # issuer, number, and kind and day as they were and would be
    "gone": (GONE, "o.issuer, o.number, o.kind, o.reported_on::text, NULL, NULL"),
    "changed": (
        CHANGED,
        "n.issuer, n.number, o.kind, o.reported_on::text, n.kind, n.reported_on::text",
    ),
    "added": (ADDED, "n.issuer, n.number, NULL, NULL, n.kind, n.reported_on::text"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows of the new version that the old one has not, has otherwise, has; rows that are gone."""

    added: int
    changed: int
    same: int
    gone: int
    shrinks: bool
    shown: list[dict[str, Any]]  # {"sign", "issuer", "number", "was", "now"}: each a [kind, day]


def compare(new: str, rows: int, old: str | None) -> Compared:
    """Compare a staged table, of so many rows, with the one in force."""
    tables = {"new": new, "old": old or NOTHING}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")  # the tables are joined in memory
        before, added, same, gone = (
            _count(cursor, rows.format(**tables)) for rows in ("{old} o", ADDED, SAME, GONE)
        )
        changed = rows - added - same
        counts = {"gone": gone, "changed": changed, "added": added}
        shown = [one for sign in SHOWN if counts[sign] for one in _examples(cursor, sign, tables)]
    return Compared(added, changed, same, gone, gone > before * SHRINKS_FROM, shown)


def _count(cursor: Any, rows: str) -> int:
    cursor.execute(COUNT.format(rows=rows))
    return int(cursor.fetchone()[0])


def _examples(cursor: Any, sign: str, tables: dict[str, str]) -> list[dict[str, Any]]:
    rows, columns = SHOWN[sign]
    cursor.execute(SOME.format(columns=columns, rows=rows.format(**tables), number=EXAMPLES))
    return [
        {"sign": sign, "issuer": row[0], "number": row[1], "was": row[2:4], "now": row[4:6]}
        for row in cursor.fetchall()
    ]
