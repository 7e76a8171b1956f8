"""What does the page of an import say: its steps, what would change, what was left out and why?"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import ImportStatus
from safar.control.watchlist.models import ImportRun
from safar.control.watchlist.sources.parsed import PROBLEMS, sentence_of

FIELDS: Final = {
    "names": _("Names"),
    "births": _("Born"),
    "sex": _("Sex"),
    "citizenships": _("Citizenships"),
    "documents": _("Documents"),
    "remarks": _("Remarks"),
}
SIGNS: Final = {
    "gone": ("−", _("Gone")),
    "changed": ("~", _("Changed")),
    "added": ("+", _("Added")),
}
_STEPS: Final = (_("Files"), _("Dry run"), _("Second person"), _("Load"))
_AT: Final = {
    ImportStatus.MAPPING: 0,
    ImportStatus.READING: 1,
    ImportStatus.PREPARED: 2,
    ImportStatus.LOADING: 3,
    ImportStatus.LOADED: 4,
}


def steps(run: ImportRun) -> list[dict[str, Any]]:
    """The steps of an import with where this one stands."""
    # Failed or declined: it stands where it ended.
    default = 3 if run.decided_at else 1 if run.status == ImportStatus.FAILED else 2
    at = _AT.get(ImportStatus(run.status), default)
    return [
        {"label": label, "done": number < at, "current": number == at}
        for number, label in enumerate(_STEPS)
    ]


def problems(run: ImportRun) -> list[dict[str, Any]]:
    return [{**row, "wrong": PROBLEMS.get(row["code"], row["code"])} for row in run.problems]


def shown(run: ImportRun) -> list[dict[str, Any]]:
    """Examples of what would change, each with its sign and field by field what goes and comes."""
    rows = []
    for row in run.shown:
        sign, word = SIGNS[str(row["kind"])]
        what = [{**one, "label": FIELDS[one["field"]]} for one in row.get("what", ())]
        rows.append({**row, "sign": sign, "word": word, "what": what})
    return rows


def what_changed(run: ImportRun) -> list[tuple[Any, int]]:
    """(field, in how many entries it changed), the most frequent first."""
    counts = sorted(run.what_changed.items(), key=lambda pair: -pair[1])
    return [(FIELDS[name], count) for name, count in counts]


def failure(run: ImportRun) -> str:
    return sentence_of(run.failure)
