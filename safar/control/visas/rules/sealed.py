"""What does a sticker or an e-visa say by its seal? Plain values, whatever form the seal has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from safar.lib import mrz
from safar.lib.partial_dates import PartialDate
from safar.lib.seal import Seal, SealError, Stay, Verdict
from safar.lib.seal import dates as seal_dates

VALID_FROM: Final = 8
"""Tag of Safar's own field: the first day of validity, which no visa's zone holds (three bytes)."""
DAYS_OF_MONTH, DAYS_OF_YEAR, MOST = 30, 365, 254


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed content of a visa. `entries` 0: no limit. Days are inclusive.

    `lines`: the sealed part of the printed zone, empty for an e-visa.
    """

    country: str
    number: str
    passport_number: str
    surname: str
    given_names: str
    nationality: str
    birth: PartialDate | None
    sex: str
    valid_from: date | None
    valid_until: date | None
    entries: int
    stay_days: int
    lines: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()


@dataclass(frozen=True, slots=True)
class SealRead:
    """A seal after verification: the verdict's code, and its content where the signature is right."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    weight: int = 0
    content: Sealed | None = None
    raw: bytes = b""


def stay_of(days: int) -> Stay:
    """A number of days in the three bytes of a seal: beyond 254, a year counts 365, a month 30."""
    if days <= MOST:
        return Stay(days=days)
    years, rest = divmod(days, DAYS_OF_YEAR)
    return Stay(years=years, months=rest // DAYS_OF_MONTH, days=rest % DAYS_OF_MONTH)


def days_of(stay: Stay) -> int:
    """The inverse of `stay_of`; a part that is left open counts nothing."""
    months, years = stay.months or 0, stay.years or 0
    return (stay.days or 0) + months * DAYS_OF_MONTH + years * DAYS_OF_YEAR


def of_seal(seal: Seal, *, today: date) -> Sealed | None:
    """The content of a sticker's seal; None where it is no visa with a zone."""
    if not seal.is_visa or len(seal.zone) != 2:
        return None
    width = len(seal.zone[0])
    read = mrz.read([seal.zone[0], seal.zone[1].ljust(width, "<")], today=today)
    stay, entries = seal.fields.get("stay"), seal.fields.get("entries")
    if read.kind != "V" or not isinstance(stay, Stay) or not isinstance(entries, int):
        return None
    return Sealed(
        country=seal.header.country,
        number=read.number,
        passport_number=seal.text("passport_number"),
        surname=read.surname,
        given_names=read.given_names,
        nationality=read.nationality,
        birth=read.birth,
        sex=read.sex,
        valid_from=_first_day(seal),
        valid_until=read.expiry,
        entries=entries,
        stay_days=days_of(stay),
        lines=seal.zone,
    )


def _first_day(seal: Seal) -> date | None:
    raw = seal.features.get(VALID_FROM)
    try:
        return seal_dates.decode(raw) if raw and len(raw) == 3 else None
    except SealError:
        return None


def read_of(verdict: Verdict, content: Sealed | None, raw: bytes) -> SealRead:
    return SealRead(verdict.code, dict(verdict.params), verdict.weight, content, raw)
