"""What does the page of an import say: its steps, what would change, what was left out and why?"""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import ImportStatus, ListedKind
from safar.control.documents.files.columns import FIELDS, HEADINGS
from safar.control.documents.models import ListedImport
from safar.control.documents.wording.refusals import PROBLEMS, sentence_of
from safar.ui.days import written

SIGNS: Final = {
    "gone": ("−", _("Gone")),
    "changed": ("~", _("Changed")),
    "added": ("+", _("Added")),
}
COLUMNS: Final = dict(
    zip(FIELDS, (_("Issued by"), _("Number"), _("Report"), _("Reported")), strict=True)
)
HOLDS: Final = {
    "issuer": _("The code of the issuing state: KGZ, KG"),
    "number": _("3 to 30 letters A to Z and digits"),
    "kind": _("lost, stolen, void or stolen blank; may be missing: lost"),
    "reported_on": _("2026-01-31 or 31.01.2026; may be missing"),
}
_STEPS: Final = (_("Files"), _("Dry run"), _("Second person"), _("Load"))
NAMED: Final = 10  # other headings that are shown
_AT: Final = {
    ImportStatus.READING: 1,
    ImportStatus.FAILED: 1,
    ImportStatus.PREPARED: 2,
    ImportStatus.DECLINED: 2,
    ImportStatus.LOADED: 4,
}


def columns() -> list[dict[str, Any]]:
    """What the columns of a file hold, and by which other headings they are known."""
    return [
        {"name": name, "what": HOLDS[name], "others": HEADINGS[name][1:NAMED]} for name in FIELDS
    ]


def steps(run: ListedImport) -> list[dict[str, Any]]:
    """The steps of an import with where this one stands, or ended."""
    at = _AT[ImportStatus(run.status)]
    return [
        {"label": label, "done": number < at, "current": number == at}
        for number, label in enumerate(_STEPS)
    ]


def shown(run: ListedImport) -> list[dict[str, Any]]:
    """Examples of what would change: each with its sign, what it was and what it would be."""
    rows = []
    for row in run.shown:
        sign, word = SIGNS[row["sign"]]
        said = {"was": _said(row["was"]), "now": _said(row["now"])}
        rows.append({**row, **said, "kind": row["sign"], "sign": sign, "word": word})
    return rows


def problems(run: ListedImport) -> list[dict[str, Any]]:
    return [
        {**row, "column": COLUMNS[row["column"]], "wrong": PROBLEMS[row["code"]]}
        for row in run.problems
    ]


def failure(run: ListedImport) -> str:
    return sentence_of(run.failure)


def _said(kind_and_day: list[str | None]) -> str:
    kind, day = kind_and_day
    when = written(date.fromisoformat(day), "j M Y") if day else ""
    return ", ".join(filter(None, (kind and str(ListedKind(kind).label), when)))
