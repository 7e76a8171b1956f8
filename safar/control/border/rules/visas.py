"""What was found of the visa that the traveller showed with her passport."""

from collections.abc import Iterator

from safar.control.border.rules.facts import Facts
from safar.control.border.rules.findings import Finding


def visa_findings(facts: Facts) -> Iterator[Finding]:
    if facts.visa is not None:
        yield from (Finding(code, params) for code, params in facts.visa.found)
