"""What follows from the facts of an inspection: findings by weight, and the verdict proposed."""

from safar.control.border.rules.document import document_findings
from safar.control.border.rules.facts import AllowedStay, Facts, ListMatch, Movement
from safar.control.border.rules.findings import CATALOGUE, Finding, Kind, verdict
from safar.control.border.rules.movements import movement_findings
from safar.control.border.rules.people import people_findings
from safar.control.border.rules.stays import permitted_until, stay_findings
from safar.control.border.rules.visas import visa_findings

__all__ = [
    "CATALOGUE",
    "AllowedStay",
    "Facts",
    "Finding",
    "Kind",
    "ListMatch",
    "Movement",
    "findings",
    "permitted_until",
    "verdict",
]


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Return all findings of an inspection, heaviest first."""
    found = [
        *people_findings(facts),
        *document_findings(facts),
        *stay_findings(facts),
        *movement_findings(facts),
        *visa_findings(facts),
    ]
    return tuple(sorted(found, key=lambda finding: -finding.weight))
