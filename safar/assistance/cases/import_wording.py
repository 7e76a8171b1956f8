"""What is wrong with a line of a list, in a sentence."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.models import CaseImportRow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COLUMNS: "Final[dict[str, StrOrPromise]]" = {
    "key": _("Case"),
    "office": _("Office"),
    "programme": _("Programme"),
    "scheme": _("Scheme"),
    "opened_on": _("Opened on"),
    "status": _("State"),
    "closed_on": _("Closed on"),
    "closure": _("How it ended"),
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "patronymic": _("Patronymic"),
    "birth": _("Birth"),
    "sex": _("Sex"),
    "citizenships": _("Citizenship"),
    "role": _("Role"),
    "number": _("UNHCR number"),
    "phone": _("Telephone"),
}
WRONG: "Final[dict[str, StrOrPromise]]" = {
    "no_key": _("The line names no case."),
    "no_name": _("The line names nobody."),
    "too_long": _("This is longer than there is room."),
    "formula": _("The cell is worked out by a formula. Write what it says."),
    "programme": _("You do not work a programme of this name."),
    "office": _("You do not work in an office of this name."),
    "date": _("This is no date."),
    "ahead": _("This day lies ahead."),
    "status": _("The programme has no such state."),
    "closure": _("A case does not end like this."),
    "sex": _("This is no sex that is known here."),
    "role": _("This is no role in a case."),
    "country": _("This is no country. Write its code or its name."),
    "number": _("This has not the form of a UNHCR number."),
    "twice": _("This number stands in another line already."),
    "phone": _("This is no telephone number."),
    "differs": _("An earlier line of this case says something else."),
    "same_person": _("This person stands in the case already."),
    "no_applicant": _("Nobody of this case is its applicant."),
    "two_applicants": _("The case has another applicant already."),
    "closing": _("A closed case needs the day it was closed, and how it ended."),
    "not_closed": _("The case is not closed, but has a day or a way in which it ended."),
    "before": _("The case is closed before it was opened."),
}


def column(row: CaseImportRow) -> str:
    return str(COLUMNS.get(row.column) or _own_column(row))


def headings(columns: Mapping[str, Sequence[str]]) -> "list[tuple[StrOrPromise, Sequence[str]]]":
    """The headings that are understood: the kernel's, and each programme's own."""
    rows: list[tuple[StrOrPromise, Sequence[str]]] = [
        (COLUMNS[name], names) for name, names in columns.items()
    ]
    for one in programmes.known():
        own = one.importer.columns if one.importer else {}
        rows += [(f"{one.name}: {names[0]}", names) for names in own.values()]
    return rows


def _own_column(row: CaseImportRow) -> str:
    """A programme's own column, by its first heading."""
    importer = programmes.get(row.programme or row.run.programme).importer
    names = importer.columns.get(row.column) if importer else None
    return names[0].capitalize() if names else row.column


def why(row: CaseImportRow) -> str:
    """Why the line is not taken. A programme's own sentence stands as it was said."""
    return str(WRONG.get(row.wrong, row.found))
