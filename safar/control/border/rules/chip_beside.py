"""What does a chip say beside a document: against what was typed of it, and more than its zone?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from safar.control.documents.rules import (
    OtherSource,
    Remark,
    Series,
    Told,
    of_kind,
    of_sources,
    remarks,
    system_of,
)
from safar.control.travellers.read_document import ReadDocument
from safar.lib.chip import ChipVerdict
from safar.lib.mrz.personal_numbers import holder

CHIP = "chip"


def beside(
    document: ReadDocument, verdict: ChipVerdict, *, typed: bool, series: Sequence[Series], on: date
) -> Iterator[Remark]:
    """Where the chip contradicts what was typed, and what its details (DG11, DG12) show to be odd.

    A scanned zone is compared whole with DG1 by `safar.lib.chip`. `series`: of the issuer.
    """
    zone = verdict.zone
    if typed and zone is not None:
        said = ReadDocument.from_reading(zone)
        other = OtherSource(
            CHIP,
            number=said.number,
            name=said.name,
            birth=said.birth,
            sex=said.sex,
            nationality=said.nationality,
            expires_on=said.expires_on,
            personal_number=said.personal_number,
        )
        yield from of_sources(document, (other,), cut=zone.name_may_be_truncated)
    cut = zone is not None and zone.name_may_be_truncated
    yield from _of_details(Told(document, on, series, typed=True, name_cut=cut), verdict)


def _of_details(told: Told, verdict: ChipVerdict) -> Iterator[Remark]:
    """The same checks with the details in their places: what they call for that nothing else did."""
    document, details, issue = told.document, verdict.holder, verdict.issue
    name = details.full_name if details else ""
    personal = details.personal_number if details else ""
    fuller = replace(
        document,
        name_written=name or document.name_written,
        personal_number=personal or document.personal_number,
        issued_on=issue.issued if issue and issue.issued else document.issued_on,
    )
    if _is_personal_number(document, told.series):
        yield from of_sources(document, (OtherSource(CHIP, personal_number=personal),), cut=False)
    before = list(remarks(told))
    yield from (each for each in remarks(replace(told, document=fuller)) if each not in before)


def _is_personal_number(document: ReadDocument, series: Sequence[Series]) -> bool:
    """Zones have other things in that place too: only what reads as a personal number is one."""
    system = system_of(document, of_kind(document, series))
    return holder(system, document.personal_number) is not None
