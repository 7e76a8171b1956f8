"""What does passive authentication say of a chip?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from safar.lib.chip.catalogue import DOUBT, FAULT, UNJUDGED
from safar.lib.chip.certificates import Certificate
from safar.lib.chip.details import Holder, Issue
from safar.lib.chip.face import Face
from safar.lib.chip.finding import Finding
from safar.lib.mrz import Reading

Outcome = Literal["authentic", "doubtful", "unjudged", "refused"]
"""`unjudged`: nothing is proved either way. `refused`: what no genuine chip shows was found."""
GroupState = Literal["signed", "differs", "unlisted", "not read", "unproved"]


@dataclass(frozen=True, slots=True)
class ChipVerdict:
    """The outcome, and why; findings stand by weight, the heaviest first.

    `authentic` says that the state signed this data, not that this chip is no copy of another:
    only active or chip authentication, in the reader, can tell that (Doc 9303-11 §6).
    Contents are shown as read; see `groups` for whether they are what a trusted state signed:
    where its chain does not hold, what would be `signed` is `unproved`.
    """

    findings: tuple[Finding, ...]
    groups: Mapping[str, GroupState]
    signer: Certificate | None = None
    root: Certificate | None = None
    zone: Reading | None = None
    face: Face | None = None
    holder: Holder | None = None
    issue: Issue | None = None

    @property
    def outcome(self) -> Outcome:
        if any(found.weight >= FAULT for found in self.findings):
            return "refused"
        if any(found.code in UNJUDGED for found in self.findings):
            return "unjudged"
        if any(found.weight >= DOUBT for found in self.findings):
            return "doubtful"
        return "authentic"

    @property
    def authentic(self) -> bool:
        return self.outcome == "authentic"
