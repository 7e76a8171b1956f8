"""Writes: the own reports leave as one file, for other states and agencies."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from safar.control.documents.queries.exchange import standing_reports
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor

HEAD: Final = ("issuer", "number", "kind", "reported_on")


@dataclass(frozen=True)
class Exported:
    """How many documents are in the file, by report, and the SHA-256 of its bytes."""

    rows: int
    by_report: dict[str, int]
    sha256: str


@action("documents.export_reports", policies=(role_suffices,))
def export_reports(actor: Actor, target: None, *, write: Callable[[bytes], object]) -> Exported:
    """Exported every number that is reported here, without names and kinds of documents

    A whole list each time: what was withdrawn is gone from it. `write` takes its bytes, a CSV as
    `safar documents load` reads it, in pieces.
    """
    counted, digest = Counter[str](), hashlib.sha256()
    text = io.StringIO()
    line = csv.writer(text, lineterminator="\n").writerow

    def pass_on() -> None:
        piece = text.getvalue().encode()
        digest.update(piece)
        write(piece)
        text.seek(0)
        text.truncate()

    line(HEAD)
    for row in standing_reports():
        counted[row[2]] += 1
        line(row)
        if text.tell() > 64 * 1024:
            pass_on()
    pass_on()
    done = Exported(counted.total(), dict(sorted(counted.items())), digest.hexdigest())
    note(rows=done.rows, sha256=done.sha256)
    return done
