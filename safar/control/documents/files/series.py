"""What does a file of document series say? Checked line by line; the first fault stops it."""

import re
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from safar.control.documents.choices import PersonalNumber
from safar.control.documents.rules import parse_terms
from safar.control.documents.rules.series import PATTERN
from safar.reference import queries as reference
from safar.reference.choices import Confidence
from safar.reference.files import BadFile, Column, read
from safar.reference.tables import code, day, text, word

SHIPPED: Final = Path(__file__).parents[1] / "data" / "series.csv"


def _terms(cell: str) -> str:
    try:
        parse_terms(cell)
    except ValueError:
        problem = _("“%s” is no list of terms, such as 0:5 16:10.") % cell
        raise ValueError(problem) from None
    return cell


def _pattern(cell: str) -> str:
    if not re.fullmatch(PATTERN, cell):
        raise ValueError(_("“%s” is no pattern: capitals, digits, #, @ and ?.") % cell)
    return cell


COLUMNS: Final = (
    Column("code", code(r"[a-z0-9-]{2,40}"), required=True),
    Column("issuer", code(r"[A-Z]{1,3}"), required=True),
    Column("kind", code(r"[A-Z]{1,2}"), required=True),
    Column("pattern", _pattern),
    Column("terms", _terms),
    Column("personal_number", word(PersonalNumber)),
    Column("since", day, empty=None),
    Column("until", day, empty=None),
    Column("source", text(250), required=True),
    Column("confidence", word(Confidence), required=True),
    Column("note", text(250)),
)


def rows(path: Path = SHIPPED) -> list[dict[str, Any]]:
    """Return the rows of a file, as `actions.load_series` takes them.

    Raises:
        BadFile: for the first thing that is wrong, with its line and column.
    """
    found = read(path, COLUMNS)
    for line in found:
        if reference.country(line.values["issuer"]) is None:
            problem = _("This is the code of no issuing state.")
            raise BadFile(problem, file=path.name, line=line.number, column="issuer")
        since, until = line.values["since"], line.values["until"]
        if since and until and until < since:
            problem = _("The last day comes before the first.")
            raise BadFile(problem, file=path.name, line=line.number, column="until")
    return [{**line.values, "in_use": True} for line in found]
