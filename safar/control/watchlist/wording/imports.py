"""What does the page of an import say: its steps, what would change, what was left out and why?"""

from datetime import datetime
from typing import Any, Final

from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from safar.control.watchlist.choices import ImportStage, ImportStatus
from safar.control.watchlist.models import ImportProgress, ImportReplay, ImportRun
from safar.control.watchlist.rules import Reason
from safar.control.watchlist.sources.parsed import PROBLEMS, sentence_of
from safar.control.watchlist.wording import matches as wording
from safar.reference import queries as reference

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
STAGES: Final = {
    ImportStage.SETTLING: _(
        "All is written; it is being checked as a whole. That may take some minutes."
    ),
    ImportStage.INDEXING: _(
        "All is checked; its names are being indexed. That may take some minutes."
    ),
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


def shown(run: ImportRun, replay: ImportReplay | None = None) -> list[dict[str, Any]]:
    """What would change, with sign and field by field: what is doubtful, then an example of each.

    A doubtful row says why: [(in a word, in a sentence)].
    """
    kept = {str(row["key"]): row for row in run.shown}
    doubts = {str(row["key"]): row for row in (replay.doubts if replay else ())}
    every = [{**row, **kept.get(key, {})} for key, row in doubts.items()]
    every += [row for key, row in kept.items() if key not in doubts]
    rows = []
    for row in every:
        sign, word = SIGNS[str(row["kind"])]
        what = [{**one, "label": FIELDS[one["field"]]} for one in row.get("what", ())]
        why = [_doubt(one) for one in row.get("why", ())]
        rows.append({**row, "sign": sign, "word": word, "what": what, "why": why})
    return rows


def _doubt(why: dict[str, Any]) -> tuple[str, str]:
    if why["code"] == "crossed":
        return str(_("Crossed lately")), f"{_where(why)}, {_ago(why['at'])}"
    if why["code"] == "common":
        number = int(why["travellers"])
        text = ngettext(
            "would have stopped %(number)d traveller in 30 days",
            "would have stopped %(number)d travellers in 30 days",
            number,
        )
        return str(_("Common name")), text % {"number": number}
    return str(_("Surname of an officer")), str(_("ask the owner: related?"))


def _where(row: dict[str, Any]) -> str:
    post = reference.post(row["post"])
    direction = _("entry") if row["direction"] == "entry" else _("exit")
    return f"{post.name if post else row['post']}, {direction}"


def _ago(at: str) -> str:
    return str(_("%(time)s ago") % {"time": timesince(datetime.fromisoformat(at))})


def travellers(replay: ImportReplay | None) -> list[dict[str, Any]]:
    """Who would newly have been stopped: the first of them, each with where and why."""
    return [
        {
            **row,
            "at": datetime.fromisoformat(row["at"]),
            "where": _where(row),
            "reasons": [
                reason
                for one in row["why"]
                if (reason := Reason(one["code"], one["params"])).verdict != wording.UNKNOWN
            ],
        }
        for row in (replay.shown if replay and not replay.is_open else ())
    ]


def stage(progress: ImportProgress | None) -> str:
    """What the work is at where a percentage says nothing."""
    told = progress is not None and progress.stage not in ("", ImportStage.WRITING)
    return str(STAGES[ImportStage(progress.stage)]) if progress and told else ""


def what_changed(run: ImportRun) -> list[tuple[Any, int]]:
    """(field, in how many entries it changed), the most frequent first."""
    counts = sorted(run.what_changed.items(), key=lambda pair: -pair[1])
    return [(FIELDS[name], count) for name, count in counts]


def failure(run: ImportRun) -> str:
    return sentence_of(run.failure)
