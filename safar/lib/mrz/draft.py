"""Where a reading is put together, field by field."""

from datetime import date
from typing import TYPE_CHECKING

from safar.lib.mrz.catalogue import FAULT, WEIGHTS
from safar.lib.mrz.checks import check_digit
from safar.lib.mrz.formats import Format
from safar.lib.mrz.reading import Check, CheckPosition, Field, Finding, Reading

if TYPE_CHECKING:
    from safar.lib.partial_dates import PartialDate


class Draft:
    """A reading in the making. `text` is all lines as one, for the format's precomputed cuts."""

    __slots__ = (
        "birth",
        "checks",
        "expiry",
        "fields",
        "findings",
        "form",
        "issued",
        "lines",
        "text",
        "today",
    )

    def __init__(self, form: Format, lines: tuple[str, ...], today: date) -> None:
        self.form = form
        self.lines = lines
        self.text = "".join(lines)
        self.today = today
        self.fields: dict[str, Field] = {}
        self.findings: list[Finding] = []
        self.checks: list[CheckPosition] = []
        self.birth: PartialDate | None = None
        self.expiry: date | None = None
        self.issued: PartialDate | None = None

    def find(self, code: str, field: str, /, **params: str | int) -> str | None:
        """Note a finding; the answer is its sentence where it is a fault of the field."""
        finding = Finding(code, field, params)
        self.findings.append(finding)
        return finding.sentence if WEIGHTS[code] >= FAULT else None

    def add(
        self,
        name: str,
        raw: str,
        value: str,
        check: Check = "none",
        problem: str | None = None,
    ) -> None:
        """Put a field where its format has it."""
        line, start, end = self.form.places[name]
        self.fields[name] = Field(name, raw, value, check, problem, line, start, end)

    def check(self, name: str, covered: str, *, filler: bool = False) -> tuple[Check, str | None]:
        """Compare a check digit with what it covers; `filler`: `<` is legal here.

        Returns:
            the verdict, and the sentence where it is wrong.
        """
        line, column = self.form.checks[name]
        shown = self.text[self.form.check_cuts[name]]
        return self.compare(name, shown, check_digit(covered), (line, column), filler=filler)

    def compare(
        self,
        name: str,
        shown: str,
        should: str,
        place: tuple[int, int],
        *,
        filler: bool = False,
    ) -> tuple[Check, str | None]:
        """Note one check digit at its place (line, column)."""
        if shown == should:
            self.checks.append(CheckPosition(place[0], place[1], True))
            return "right", None
        if filler and shown == "<":
            self.checks.append(CheckPosition(place[0], place[1], True))
            return "absent", None
        self.checks.append(CheckPosition(place[0], place[1], False))
        return "wrong", self.find(f"mrz.check.{name}", name, shown=shown, should=should)

    def reading(self) -> Reading:
        """The finished reading; findings by falling weight."""
        found = self.findings
        if len(found) > 1:
            found.sort(key=lambda finding: -WEIGHTS[finding.code])
        return Reading(
            self.form.name,
            not found or WEIGHTS[found[0].code] < FAULT,
            self.lines,
            self.fields,
            tuple(found),
            tuple(self.checks),
            self.birth,
            self.expiry,
            self.issued,
        )
