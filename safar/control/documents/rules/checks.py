"""What does a travel document tell about itself? Everything that needs its data alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from safar.control.documents.rules.catalogue import Remark
from safar.control.documents.rules.dates import of_issue, of_terms
from safar.control.documents.rules.numbers import of_series
from safar.control.documents.rules.people import of_personal_number, of_spelling
from safar.control.documents.rules.series import Series, of_kind
from safar.control.documents.rules.shapes import of_shapes
from safar.control.documents.rules.sources import OtherSource, of_sources
from safar.control.documents.rules.specimens import of_codes, of_ended_states, of_specimens
from safar.control.travellers.read_document import ReadDocument


@dataclass(frozen=True, slots=True)
class Told:
    """A document in front of a booth, and what is known beside it.

    `series`: its issuer's, of any kind; others are passed over. `typed`: no zone was read, so that nothing was checked
    there. `name_cut`: the zone's name may be cut short. `batch`: the reference of the report on
    the stolen blanks that the number is one of. `shapes`: of numbers of this issuer and kind that
    crossed here, and how many had each.
    """

    document: ReadDocument
    today: date
    series: Sequence[Series] = ()
    others: tuple[OtherSource, ...] = ()
    typed: bool = False
    name_cut: bool = False
    batch: str | None = None
    shapes: Mapping[str, int] = field(default_factory=dict)


def remarks(told: Told) -> Iterator[Remark]:
    """Return what is wrong or unusual, each with a code of `WEIGHTS`; nothing, where all is well."""
    document, known = told.document, of_kind(told.document, told.series)
    if told.batch is not None:
        yield Remark("document.stolen_batch", {"reference": told.batch})
    yield from of_specimens(document.issuer, document.nationality, document.number)
    yield from of_ended_states(document.issuer, document.expires_on)
    if told.typed:
        yield from of_codes(document.issuer, document.nationality)
        yield from of_personal_number(document, known)
    yield from of_issue(document, told.today)
    yield from of_terms(document, known, told.today)
    yield from of_series(
        document.number, document.issued_on, document.expires_on, known, told.today
    )
    if not any(one.pattern for one in known):
        yield from of_shapes(document.number, told.shapes)
    yield from of_spelling(document, cut=told.name_cut)
    yield from of_sources(document, told.others, cut=told.name_cut)
