"""Which questions does an XLSForm ask? Read strictly: what is not understood is said, not left out.

The sheets are `survey`, `choices` and `settings` (xlsform.org). Only the kinds of question of
`QuestionType`: no groups, no calculation, no media. `relevant` is kept as it is written.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import sheets
from safar.assistance.cases.choices.instruments import QuestionType
from safar.assistance.cases.sheets import Formula, Row
from safar.core.errors import RuleBroken

SHEETS: Final = ("survey", "choices", "settings")
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,59}")
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
WORDS: Final = re.compile(r"(label|hint)(?:::?(.*))?")
LANGUAGE: Final = re.compile(r".*\(([a-z]{2,3})(?:-[A-Za-z0-9-]+)?\)|([a-z]{2,3})")
REFERENCE: Final = re.compile(r"\$\{([^}]*)\}")
ONLY: Final = "und"  # where the file names no language
PLAIN: Final = {
    "survey": ("type", "name", "required", "relevant"),
    "choices": ("list_name", "list name", "name"),
    "settings": ("form_title", "form_id", "version", "default_language"),
}
MOST_QUESTIONS, MOST_CHOICES, LONGEST_WORDS, LONGEST_RELEVANT = 300, 100, 600, 300
TRUE, FALSE = ("yes", "true", "true()", "1"), ("", "no", "false", "false()", "0")
CHOOSES: Final = (QuestionType.ONE, QuestionType.SEVERAL)


@dataclass(frozen=True)
class Choice:
    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """A question as the file has it."""

    name: str
    type: str
    labels: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    relevant: str = ""
    choices: Sequence[Choice] = ()


@dataclass(frozen=True)
class Form:
    """A questionnaire as its file has it; `sha256` is of the file's own bytes."""

    code: str
    title: str
    version: str
    languages: Sequence[str]
    questions: Sequence[Asked]
    sha256: str


class FormRefused(RuleBroken):
    """A cell of the file is not understood; the sentence names sheet and row."""

    def __init__(self, why: object, sheet: str, row: int = 0) -> None:
        place = _("Sheet %(sheet)s, row %(row)d: %(why)s") if row else _("Sheet %(sheet)s: %(why)s")
        super().__init__(
            place % {"sheet": sheet, "row": row, "why": why}, field="file", code="E-542"
        )


Line = tuple[int, dict[str, str]]  # row, and its cells by heading


def read(content: bytes) -> Form:
    """Read an XLSForm.

    Raises:
        RuleBroken: no workbook, or something in it that is not understood, by sheet and row.
    """
    if not content.startswith(b"PK"):
        raise sheets.refused(_("An XLSForm is an XLSX file. This is none."))
    found = {name.strip().lower(): rows for name, rows in sheets.book(content).items()}
    if not found.get("survey"):
        raise FormRefused(_("it is not there, or empty."), "survey")
    lines = {sheet: _lines(sheet, found.get(sheet, [])) for sheet in SHEETS}
    settings = _settings(lines["settings"])
    choices = _choices(lines["choices"])
    questions = _questions(lines["survey"], choices)
    languages = _languages(questions, settings.get("default_language", ""))
    return Form(
        code=settings["form_id"],
        title=settings["form_title"][:160],
        version=settings["version"],
        languages=languages,
        questions=questions,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _lines(sheet: str, rows: list[Row]) -> list[Line]:
    """The rows of a sheet by its headings; a column that is not understood must be empty."""
    if not rows:
        return []
    first, head = rows[0]
    headings = [_heading(text) for text in head]
    if len(set(filter(None, headings))) < len(list(filter(None, headings))):
        raise FormRefused(_("two columns have the same heading."), sheet, first)
    made: list[Line] = []
    for number, cells in rows[1:]:
        for heading, text in zip(headings, cells, strict=False):
            _refuse_cell(sheet, number, heading, text)
        made.append((number, {h: c for h, c in zip(headings, cells, strict=False) if h and c}))
    return made


def _heading(text: str) -> str:
    """`Label :: English (en)` as `label::en`."""
    text = text.strip()
    if found := WORDS.fullmatch(text.lower().replace(" ::", "::").replace(":: ", "::")):
        named = LANGUAGE.fullmatch((found[2] or "").strip())
        language = next(filter(None, named.groups()), "") if named else (found[2] or "")
        return f"{found[1]}::{language}" if language else found[1]
    return text.lower()


def _refuse_cell(sheet: str, number: int, heading: str, text: str) -> None:
    if not text:
        return
    if isinstance(text, Formula):
        raise FormRefused(
            _("a cell is worked out by a formula. Write what it says."), sheet, number
        )
    known = heading in PLAIN[sheet] or (sheet != "settings" and WORDS.fullmatch(heading))
    if not known:
        why = _("the column “%(name)s” is not understood here. Empty it, or take it away.")
        raise FormRefused(why % {"name": heading[:40]}, sheet, number)
    language = heading.partition("::")[2]
    if language and not re.fullmatch("[a-z]{2,3}", language):
        why = _(
            "the language of the column “%(name)s” has no code. Write it as: label::English (en)."
        )
        raise FormRefused(why % {"name": heading[:40]}, sheet, number)


def _settings(lines: list[Line]) -> dict[str, str]:
    if len(lines) != 1:
        raise FormRefused(_("it needs one row, with form_id, form_title and version."), "settings")
    number, cells = lines[0]
    for name, longest in (("form_id", 40), ("form_title", 160), ("version", 20)):
        if not cells.get(name):
            raise FormRefused(_("%(name)s is missing.") % {"name": name}, "settings", number)
        if len(cells[name]) > longest:
            raise FormRefused(_("%(name)s is too long.") % {"name": name}, "settings", number)
    if not CODE.fullmatch(cells["form_id"]):
        raise FormRefused(_("form_id is of letters, digits, _ and - only."), "settings", number)
    default = LANGUAGE.fullmatch(cells.get("default_language", "").lower())
    return {
        **cells,
        "default_language": next(filter(None, default.groups()), "") if default else "",
    }


def _choices(lines: list[Line]) -> dict[str, list[Choice]]:
    lists: dict[str, list[Choice]] = {}
    for number, cells in lines:
        named, name = cells.get("list_name") or cells.get("list name", ""), cells.get("name", "")
        if not named or not CODE.fullmatch(name):
            needs = _("a choice needs list_name, and a name of letters, digits, _ and -.")
            raise FormRefused(needs, "choices", number)
        known = lists.setdefault(named, [])
        if any(one.name == name for one in known):
            twice = _("“%(name)s” is in its list already.") % {"name": name}
            raise FormRefused(twice, "choices", number)
        if len(known) >= MOST_CHOICES:
            raise FormRefused(_("the list has more choices than fit."), "choices", number)
        known.append(Choice(name, _words("choices", number, cells, "label", needed=True)))
    return lists


def _questions(lines: list[Line], choices: Mapping[str, list[Choice]]) -> list[Asked]:
    made: dict[str, Asked] = {}
    for number, cells in lines:
        one = _question(number, cells, choices)
        if one.name in made:
            twice = _("the name “%(name)s” is there already.") % {"name": one.name}
            raise FormRefused(twice, "survey", number)
        for name in REFERENCE.findall(one.relevant):
            if name.strip() not in made:
                why = _("relevant names “%(name)s”, which is not asked before it.")
                raise FormRefused(why % {"name": name.strip()[:40]}, "survey", number)
        made[one.name] = one
    if all(one.type == QuestionType.NOTE for one in made.values()):
        raise FormRefused(_("it asks nothing."), "survey")
    if len(made) > MOST_QUESTIONS:
        raise FormRefused(_("it has more questions than fit."), "survey")
    return list(made.values())


def _question(number: int, cells: dict[str, str], choices: Mapping[str, list[Choice]]) -> Asked:
    kind, _space, rest = cells.get("type", "").partition(" ")
    if kind not in QuestionType.values or (rest and kind not in CHOOSES):
        why = _("the type “%(type)s” is not understood. There are: %(known)s.")
        words = {"type": cells.get("type", "")[:40], "known": ", ".join(QuestionType.values)}
        raise FormRefused(why % words, "survey", number)
    offered = choices.get(rest.strip(), []) if kind in CHOOSES else []
    if kind in CHOOSES and not offered:
        absent = _("the list “%(name)s” is not in the sheet choices.") % {"name": rest.strip()[:40]}
        raise FormRefused(absent, "survey", number)
    name, required = cells.get("name", ""), cells.get("required", "").lower()
    if not NAME.fullmatch(name):
        named = _("a question needs a name of letters, digits, _ and -, with a letter first.")
        raise FormRefused(named, "survey", number)
    if required not in (*TRUE, *FALSE):
        raise FormRefused(_("required is “yes”, or empty."), "survey", number)
    relevant = cells.get("relevant", "")
    if len(relevant) > LONGEST_RELEVANT:
        raise FormRefused(_("relevant is too long."), "survey", number)
    return Asked(
        name,
        kind,
        _words("survey", number, cells, "label", needed=True),
        _words("survey", number, cells, "hint"),
        required in TRUE and kind != QuestionType.NOTE,
        relevant,
        tuple(offered),
    )


def _words(
    sheet: str, number: int, cells: dict[str, str], what: str, *, needed: bool = False
) -> dict[str, str]:
    found = {
        heading.partition("::")[2] or ONLY: text
        for heading, text in cells.items()
        if heading.partition("::")[0] == what
    }
    if needed and not found:
        raise FormRefused(_("there is no label: nobody could read it."), sheet, number)
    if any(len(text) > LONGEST_WORDS for text in found.values()):
        raise FormRefused(_("the words are too long."), sheet, number)
    return found


def _languages(questions: Sequence[Asked], default: str) -> list[str]:
    """The languages of the questions: the file's default first, else as they come."""
    found = dict.fromkeys(one for question in questions for one in question.labels)
    return sorted(found, key=lambda one: one != default) if default in found else list(found)
