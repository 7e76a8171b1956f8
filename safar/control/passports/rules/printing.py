"""What stands in the machine zone of which paper?

Codes: ICAO Doc 9303-4 §4.2.2 (PP ordinary, PR of a refugee, PS of a stateless person) and 9303-5.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from safar.lib import mrz
from safar.lib.partial_dates import PartialDate


class Paper(NamedTuple):
    """The format of the zone, and the code that it begins with."""

    format: str
    code: str


PAPERS: Final = {
    "passport": Paper("TD3", "PP"),
    "card": Paper("TD1", "ID"),
    "refugee": Paper("TD3", "PR"),
    "stateless": Paper("TD3", "PS"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom a zone names. `personal_number` may be empty; `sex` F, M, X or empty."""

    surname: str
    given_names: str
    birth: PartialDate | None
    sex: str
    nationality: str
    personal_number: str = ""


def zone(kind: str, holder: Holder, *, issuer: str, number: str, expires_on: date) -> list[str]:
    """The lines of the machine zone; long names are cut as ICAO Doc 9303-3 §4.6 says.

    Raises:
        mrz.WritingError: a name or number fits in no zone.
    """
    paper = PAPERS[kind]
    document = mrz.Document(
        document_code=paper.code,
        issuer=issuer,
        number=number,
        surname=holder.surname,
        given_names=holder.given_names,
        nationality=holder.nationality,
        birth=holder.birth,
        sex=holder.sex,
        expiry=expires_on,
        personal_number=holder.personal_number,
    )
    return mrz.write(document, paper.format)
