"""What the quality control found, and what happened to a document, in words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safar.control.documents.wording import chips as chip_wording

SENTENCES: Final[dict[str, Any]] = {
    "zone.missing": _("The machine zone was not read."),
    "zone.unreadable": _("What was read is no machine zone."),
    "zone.person": _("The printed zone is another person’s. It differs in: {fields}."),
    "zone.fields": _("The printed zone differs in: {fields}."),
    "zone.check": _("A check digit of the printed zone is wrong."),
    "chip.files": _("Files of the chip are missing: {files}."),
    "chip.other_zone": _("{file} is not the one that was written: it holds another zone."),
    "chip.other_face": _("{file} is not the one that was written: it holds another picture."),
    "chip.other_file": _("{file} is not the one that was written."),
}
HAPPENED: Final[dict[str, Any]] = {
    "taken": pgettext_lazy("passport", "Taken to be made"),
    "passed": pgettext_lazy("passport", "Passed the quality control"),
    "stopped": pgettext_lazy("passport", "Stopped by the quality control"),
    "failed": pgettext_lazy("passport", "Rejected; the blank is spoiled"),
    "delivered": pgettext_lazy("passport", "Given out"),
    "cancelled": pgettext_lazy("passport", "Cancelled"),
    "restored": pgettext_lazy("passport", "Cancellation withdrawn"),
}
_FIELDS: Final = {"surname": _("surname"), "given names": _("given names")}


def mismatches(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Sentences for what a quality check kept."""
    return [_sentence(row["code"], row["params"]) for row in rows]


def _sentence(code: str, params: Mapping[str, Any]) -> str:
    if code not in SENTENCES:
        return chip_wording.sentence(code, params)
    said = dict(params)
    if "fields" in said:
        names = [name.replace("_", " ") for name in str(said["fields"]).split(", ")]
        words = _FIELDS | chip_wording.FIELDS
        said["fields"] = ", ".join(str(words.get(name, name)) for name in names)
    return str(SENTENCES[code]).format_map(said)


def happened(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The history of a document, in words."""
    return [{**line, "word": HAPPENED[line["code"]]} for line in lines]
