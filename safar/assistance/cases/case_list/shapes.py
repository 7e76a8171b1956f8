"""The shapes of a list of cases: what is given to its reader, and what comes of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safar.accounts.models import Office
    from safar.assistance.cases.models import Case, CaseImportRow, CaseMember
    from safar.core.permissions import Actor


Lines = Sequence["CaseImportRow"]  # of one case, the first as it stands in the list


@dataclass(frozen=True)
class Imported:
    """A case that was opened from a list, and what the programme's own columns said of each."""

    case: "Case"
    members: "Sequence[tuple[CaseMember, Mapping[str, str]]]"


@dataclass(frozen=True)
class Importer:
    """A programme's own columns in a list of cases.

    Args:
        columns: its fields, each with the headings under which it is found.
        check: takes the texts of a line by field; the field and a sentence where one is wrong.
        write: keeps what the lines say, in the action that opens the cases. Many at once.
        fits: takes the lines of each case of the programme; each line that does not fit with
            them or with what is on record, its field, and a sentence. All cases at once.
    """

    columns: Mapping[str, Sequence[str]]
    check: Callable[[Mapping[str, str]], "tuple[str, str] | None"]
    write: "Callable[[Actor, Sequence[Imported]], None]"
    fits: "Callable[[Sequence[Lines]], Iterable[tuple[CaseImportRow, str, str]]] | None" = None


@dataclass(frozen=True)
class Where:
    """What holds where a line says nothing, and what she who hands it in may choose from."""

    programme: str
    office: "Office"
    programmes: Sequence[str]
    offices: "Sequence[Office]"
    today: date


class Wrong(Exception):
    """A cell that cannot be taken: the code of the sentence, and what stands there."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.code, self.found = code, found


@dataclass
class Listed:
    """What a list came to: its lines as they would be kept, and headings that are not read."""

    rows: "list[CaseImportRow]" = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def refuse(row: "CaseImportRow", code: str, name: str, text: str) -> None:
    """Keep the first thing that is wrong with a line."""
    if not row.wrong:
        row.wrong, row.column, row.found = code, name[:60], text[:300]


def texts_of(row: "CaseImportRow") -> Mapping[str, str]:
    """What the programme's own columns say of a line."""
    return {str(name): str(text) for name, text in row.own.items()}
