"""Why was a file of an owner's list refused, and which of its lines were left out?

Kept as a code with what belongs to it, and said again in the language of whoever reads it. The
sentences are those of the watch lists' imports, where they mean the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.core.errors import RuleBroken

Problems = Sequence[Mapping[str, Any]]
TORN: Final = {
    "empty": _("The file is empty."),
    "web_page": _("This is a web page, not the list. Download the file again."),
    "old_book": _("This is a workbook of the old kind (XLS). Save it as XLSX or CSV."),
    "packed": _("This is a packed file. Unpack it first."),
    "encoding": _("The file is not in UTF-8 text: the byte {found} cannot be read."),
    "control": _("The file holds signs that no text has (code {found}): it is damaged."),
    "quote": _("A quotation mark is not closed: the file is torn, or is not this list."),
    "last_line": _("The last line has no line end: the file was cut off."),
    "long": _("The line is longer than {limit} letters: it is not this list."),
    "header": _("The first line does not name the column “{found}”."),
    "header_twice": _("The first line names the column “{found}” twice."),
    "fewer": _("The first line names {expected} columns, {found} are here: the line is torn."),
    "bomb": _("The file unpacks to more than {limit} MB: it is not this list."),
    "ratio": _("The file unpacks to more than {times} times its size: it is not this list."),
    "workbook": _("The workbook is damaged, or is none."),
    "workbook_large": _("The workbook is too large to read here: save the sheet as CSV."),
    "nothing": _("No document is in the file."),
    "many_bad": _(
        "{found} of {of} lines name no document, more than one in a hundred. Mend them, or check that this is the right file."
    ),
    "damaged": _("The kept file was damaged. Propose the import again."),
}
STALE: Final = _("The list changed since this dry run. Decline the import and propose it again.")
UNFORESEEN: Final = _(
    "The work broke off. Nothing was changed. Start it again; if it breaks off again, call the administrator."
)
BROKE_OFF: Final = "unforeseen"
PROBLEMS: Final = {
    "issuer": _("This is the code of no issuing state."),
    "number": _("A document number has 3 to 30 letters A to Z and digits."),
    "kind": _("This is none of lost, stolen, void, stolen blank."),
    "formula": _("This cell is a formula. It was not worked out."),
    "digits": _(
        "The workbook holds this as a figure, of which it keeps fifteen digits: the rest are lost."
    ),
    "no_text": _("The workbook holds a day or another value here, not the number as it was typed."),
}


class TornList(RuleBroken):
    """The file as a whole cannot be trusted; `line` counts from 1, 0 is the whole file."""

    def __init__(
        self, code: str, line: int = 0, *, problems: Problems = (), **params: str | int
    ) -> None:
        """`problems`: the lines that were left out before, see `listed_reading.Problem`."""
        self.failure: dict[str, Any] = {"code": code, "line": line, "params": params}
        self.problems = list(problems)
        super().__init__(sentence_of(self.failure), field="file", code="E-431", line=line)


def sentence_of(failure: Mapping[str, Any] | None) -> str:
    """Why an import was not done; `failure` as its run keeps it."""
    if not failure:
        return ""
    if failure["code"] not in TORN:
        return str(failure.get("text") or UNFORESEEN)
    facts = {**failure, "wrong": str(TORN[failure["code"]]).format(**failure["params"])}
    if failure["line"]:
        return str(_("Line %(line)d: %(wrong)s Nothing was changed.") % facts)
    return str(_("%(wrong)s Nothing was changed.") % facts)
