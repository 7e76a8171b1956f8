"""What comes out of reading a zone: fields, findings, a repair on offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from safar.lib.mrz.catalogue import CODES, FAULT, WEIGHTS
from safar.lib.partial_dates import PartialDate

Check = Literal["right", "wrong", "absent", "none"]
"""`absent`: the digit is `<` where that is legal. `none`: this field has no check digit."""


class Finding(NamedTuple):
    """Something worth saying about a zone; `sentence` is its English."""

    code: str
    field: str
    params: dict[str, str | int]

    @property
    def weight(self) -> int:
        """100 makes the zone unsound, 80 grave, 60 doubtful, 40 worth a look, 10 a note."""
        return WEIGHTS[self.code]

    @property
    def sentence(self) -> str:
        return CODES[self.code].format_map(self.params)


class Field(NamedTuple):
    """One field: columns `start` to `end` (exclusive) of `line`, all counted from 0.

    `raw` is what stands there, `value` what it means (dates in ISO form).
    """

    name: str
    raw: str
    value: str
    check: Check
    problem: str | None
    line: int
    start: int
    end: int


class CheckPosition(NamedTuple):
    """Where a check digit stands (from 0), and whether it is right (`<` where legal is right)."""

    line: int
    column: int
    right: bool


class Change(NamedTuple):
    """One sign that a repair would change (line and column from 0)."""

    line: int
    column: int
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What the lines would be if likely misreadings were put right. Offered, never applied."""

    lines: tuple[str, ...]
    changes: tuple[Change, ...]
    sound: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A zone, read. `format` is None where no zone was recognised; then the fields are empty.

    `sound`: structure, check digits and code lists hold. An expired document, a specimen, or a
    personal number that contradicts the date of birth is a finding, not unsoundness.
    `number` and `personal_number` are without fillers; `birth` keeps unknown parts unknown.
    """

    format: str | None
    sound: bool
    lines: tuple[str, ...]
    fields: Mapping[str, Field]
    findings: tuple[Finding, ...]
    check_positions: tuple[CheckPosition, ...] = ()
    birth: PartialDate | None = None
    expiry: date | None = None
    issued: PartialDate | None = None
    repair: Repair | None = None

    def value(self, name: str) -> str:
        """The meaning of a field, or an empty text where this format has no such field."""
        field = self.fields.get(name)
        return field.value if field else ""

    @property
    def document_code(self) -> str:
        """One or two letters, such as `P`, `PD`, `ID`, `V`."""
        return self.value("document_code")

    @property
    def kind(self) -> str:
        """The first letter of the document code: P, V, I, A or C."""
        return self.document_code[:1]

    @property
    def issuer(self) -> str:
        return self.value("issuer")

    @property
    def nationality(self) -> str:
        return self.value("nationality")

    @property
    def number(self) -> str:
        return self.value("number")

    @property
    def surname(self) -> str:
        return self.value("surname")

    @property
    def given_names(self) -> str:
        """All given names as one text; a zone cannot say where one ends, so never split it."""
        return self.value("given_names")

    @property
    def sex(self) -> str:
        """`F`, `M`, or an empty text where unspecified."""
        return self.value("sex")

    @property
    def personal_number(self) -> str:
        """TD3: the personal number. TD1: first, TD2: only optional data."""
        return self.value("personal_number")

    @property
    def optional(self) -> str:
        """TD1: second optional data. Visas: the optional data. French card: office code."""
        return self.value("optional")

    @property
    def name_may_be_truncated(self) -> bool:
        """Compare by prefix with the name in the visible zone (ICAO Doc 9303-3 §4.6)."""
        return self.has("mrz.name.truncated")

    def has(self, code: str) -> bool:
        return any(finding.code == code for finding in self.findings)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that make the zone unsound."""
        return tuple(finding for finding in self.findings if finding.weight >= FAULT)
