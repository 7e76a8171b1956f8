"""Do a document's days agree with each other and with the terms of its state?"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from safar.control.documents.rules.catalogue import Remark
from safar.control.documents.rules.series import Series
from safar.control.travellers.read_document import ReadDocument


def of_issue(document: ReadDocument, today: date) -> Iterator[Remark]:
    """Say what cannot be about the day of issue, where it is known."""
    issued, expires, birth = document.issued_on, document.expires_on, document.birth
    if issued is None:
        return
    if issued > today:
        yield Remark("document.issued_future", {"issued": issued.isoformat()})
    if birth and issued < birth.earliest():
        params = {"issued": issued.isoformat(), "birth": str(birth)}
        yield Remark("document.issued_before_birth", params)
    if expires and issued >= expires:
        params = {"issued": issued.isoformat(), "expiry": expires.isoformat()}
        yield Remark("document.issued_after_expiry", params)


def of_terms(document: ReadDocument, known: Sequence[Series], today: date) -> Iterator[Remark]:
    """Compare how long a document runs with the terms of its state's documents of this kind.

    A zone has no day of issue: then the last day is compared with the latest that a document
    issued by today may name. A term that is too short is unusual: states do limit some.
    """
    fitting = [one for one in known if one.numbers(document.number)] or list(known)
    told = [one for one in fitting if one.terms]
    expires, issued = document.expires_on, document.issued_on
    if expires is None or not told or len(told) < len(fitting):
        return
    if issued is None or issued >= expires:
        yield from _too_late(document, expires, told, today)
    elif not any(one.runs_to(issued, expires, document.birth) for one in told):
        params = {"issued": issued.isoformat(), "expiry": expires.isoformat()}
        ends = [one.latest_expiry(document.birth, issued) for one in told]
        longer = all(end is not None and expires > end for end in ends)
        yield _term(longer and all(one.is_sure for one in told), params)


def _too_late(
    document: ReadDocument, expires: date, told: list[Series], today: date
) -> Iterator[Remark]:
    ends = [one.latest_expiry(document.birth, today) for one in told]
    if all(end is not None and expires > end for end in ends):
        params = {"issued": "", "expiry": expires.isoformat()}
        yield _term(all(one.is_sure for one in told), params)


def _term(sure: bool, params: dict[str, Any]) -> Remark:
    return Remark("document.term" if sure else "document.term_unusual", params)
