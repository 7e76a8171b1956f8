"""What a travel document said when it was read: plain values, kept with each inspection."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from safar.lib.mrz import Reading
from safar.lib.names import fold
from safar.lib.partial_dates import PartialDate

DAYS = ("expires_on", "issued_on")


@dataclass(frozen=True)
class ReadDocument:
    """The fields of a travel document, by machine or by hand. Empty text where it has none."""

    kind: str
    issuer: str
    number: str
    nationality: str
    surname: str
    given_names: str
    birth: PartialDate | None
    sex: str
    expires_on: date | None
    personal_number: str = ""
    name_written: str = ""
    issued_on: date | None = None

    @classmethod
    def from_reading(cls, reading: Reading) -> Self:
        return cls(
            kind=reading.document_code[:2],
            issuer=reading.issuer,
            number=reading.number,
            nationality=reading.nationality or reading.issuer,
            surname=reading.surname,
            given_names=reading.given_names,
            birth=reading.birth,
            sex=reading.sex,
            expires_on=reading.expiry,
            personal_number=reading.personal_number,
        )

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        days = {name: values.get(name) for name in DAYS}
        return cls(
            **{
                **values,
                "birth": PartialDate.parse(values["birth"] or ""),
                **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
            }
        )

    def to_json(self) -> dict[str, Any]:
        days = {name: day.isoformat() if (day := getattr(self, name)) else None for name in DAYS}
        return {**asdict(self), "birth": str(self.birth or ""), **days}

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()

    @property
    def name_key(self) -> str:
        """The skeleton under which spellings of the region coincide."""
        return fold(self.name)[:160]

    def age_on(self, day: date) -> int | None:
        return self.birth.age_on(day) if self.birth else None

    def youngest_on(self, day: date) -> int | None:
        """The age on a day if every unknown part of the birth date fell as late as it can."""
        return PartialDate.of(self.birth.latest()).age_on(day) if self.birth else None
