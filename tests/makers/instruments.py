"""Makers of questionnaires and of lists of cases: files as people hand them in."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from safar.accounts.models import User
from safar.assistance.cases import scoring
from safar.assistance.cases.actions import importing, instruments
from safar.assistance.cases.actions.importing import NewList
from safar.assistance.cases.actions.instruments import Answered
from safar.assistance.cases.models import Case, CaseImport, InstrumentVersion, Response
from safar.core.permissions import system
from tests.makers import cases as make
from tests.makers.accounts import actor

SURVEY = scoring.DATA / "reintegration_sustainability.xlsx"
QUESTIONS: Sequence[Sequence[Any]] = (
    ("type", "name", "label::English (en)", "label::Русский (ru)", "required", "relevant"),
    ("note", "about", "How you are", "Как вы", "", ""),
    ("select_one yes_no", "well", "Are you well?", "У вас всё хорошо?", "yes", ""),
    ("select_multiple needs", "needs", "What do you need?", "Что вам нужно?", "", ""),
    ("integer", "people", "How many are you?", "Сколько вас?", "", ""),
    ("decimal", "rent", "What is the rent?", "Сколько стоит жильё?", "", ""),
    ("text", "words", "Anything else?", "Что ещё?", "", "${well} = 'no'"),
    ("date", "since", "Since when?", "С какого дня?", "", ""),
)
CHOICES: Sequence[Sequence[Any]] = (
    ("list_name", "name", "label::English (en)", "label::Русский (ru)"),
    ("yes_no", "yes", "Yes", "Да"),
    ("yes_no", "no", "No", "Нет"),
    ("needs", "food", "Food", "Еда"),
    ("needs", "work", "Work", "Работа"),
)
SETTINGS: Sequence[Sequence[Any]] = (
    ("form_title", "form_id", "version", "default_language"),
    ("A short form", "short_form", "1", "English (en)"),
)
HEAD = ("Case", "Surname", "Given names", "Birth", "Sex", "Citizenship", "Role", "UNHCR number",
        "Phone")  # fmt: skip


def xlsx(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of these sheets."""
    book = Workbook()
    assert book.active
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsform(**changed: Sequence[Sequence[Any]]) -> bytes:
    """A small XLSForm, with some sheets changed."""
    return xlsx(**{"survey": QUESTIONS, "choices": CHOICES, "settings": SETTINGS, **changed})


def version(content: bytes | Path | None = None) -> InstrumentVersion:
    """A questionnaire that was taken in: the small one, or that of a file."""
    given = content.read_bytes() if isinstance(content, Path) else content or xlsform()
    return instruments.import_instrument(system("test"), None, content=given)


def response(by: User, case: Case, to: InstrumentVersion, **given: Any) -> Response:
    answers = given.pop("answers", {"well": "yes"})
    return instruments.answer_instrument(actor(by), case, given=Answered(to, answers, **given))


def listed(*lines: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    """A list of cases as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([head, *lines])
    return out.getvalue().encode()


def handed_in(by: User, content: bytes, *, name: str = "list.csv") -> CaseImport:
    """A list that waits to be read."""
    new = NewList(make.TRIAL.code, make.office(), "made for a test", name, content)
    return importing.hand_in_list(actor(by), new, start=lambda run: None)


def read(by: User, content: bytes, **more: Any) -> CaseImport:
    """A list that was read and checked."""
    return importing.read_list(actor(by), handed_in(by, content, **more))


def imported(by: User, content: bytes, *, leaves_out: bool = False, **more: Any) -> CaseImport:
    """A list that was written."""
    run = importing.confirm_list(
        actor(by), read(by, content, **more), start=lambda run: None, leaves_out=leaves_out
    )
    return importing.load_list(actor(by), run)
