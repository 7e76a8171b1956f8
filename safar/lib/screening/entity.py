"""Who is on a list, who is asked about, and what is answered?"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from safar.lib.names.letters import TO_LATIN
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.wording import SENTENCES

SHORTEST_NUMBER: Final = 3
_NOT_IN_NUMBERS: Final = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date of an entry: the known parts, perhaps a span of years, perhaps a guess."""

    date: PartialDate
    year_to: int | None = None
    approximate: bool = False

    def __str__(self) -> str:
        text = f"{self.date}–{self.year_to}" if self.year_to else str(self.date)
        return f"~{text}" if self.approximate else text


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its number; `issuer` is an ICAO code, or '' where it is not known."""

    number: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody on a list.

    A name is written `Surname, Given Father` where the surname is known, or in any order without
    a comma, in Latin, Cyrillic or Arabic letters. `sexes` hold F or M.
    """

    id: str
    names: tuple[str, ...]
    births: tuple[Birth, ...] = ()
    sexes: frozenset[str] = frozenset()
    citizenships: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Somebody who is asked about; `names` may also be `SURNAME<<GIVEN` as in an MRZ."""

    names: tuple[str, ...]
    births: tuple[Birth, ...] = ()
    sexes: frozenset[str] = frozenset()
    citizenships: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against. `params` fill SENTENCES[code]; apps translate that."""

    code: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The reason in English."""
        return SENTENCES[self.code].format_map(self.params)


@dataclass(frozen=True)
class Candidate:
    """An entity that may be who was asked about.

    `score` is the calibrated probability, 0 to 1; `name_score` the same with no fact compared.
    `by_document` says that a document number is the same, whatever the names. `why` tells the
    reasons when somebody first reads them: few of a hundred candidates are ever shown.
    """

    id: str
    score: float
    name_score: float
    name: str
    query_name: str
    why: Callable[[], tuple[Reason, ...]] = field(repr=False, compare=False)
    by_document: bool = False

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What speaks for and against, the document first, then the name, then the facts."""
        return self.why()

    @property
    def explanation(self) -> str:
        """All reasons in English."""
        return "; ".join(reason.sentence for reason in self.reasons)


def document_number(text: str) -> str:
    """A number in A-Z and 0-9 only: no spaces or marks, look-alike Cyrillic letters as Latin."""
    upper = unicodedata.normalize("NFKC", text[:100]).upper()
    return _NOT_IN_NUMBERS.sub("", "".join(TO_LATIN.get(c, c) for c in upper))
