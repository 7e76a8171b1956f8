"""Is the document sound, valid, and not reported?"""

from collections.abc import Iterator

from safar.control.border.rules.facts import Facts
from safar.control.border.rules.findings import Finding

SAID_OTHERWISE = {"mrz.expired"}  # `document.expired` holds for typed documents too


def document_findings(facts: Facts) -> Iterator[Finding]:
    found = [*_zone(facts), *_validity(facts), *_report(facts)]
    yield from found
    if facts.typed and facts.document.expires_on is None:
        yield Finding("document.no_expiry")
    elif not found:
        expires_on = facts.document.expires_on
        yield Finding(
            "document.valid",
            {
                "expiry": expires_on.isoformat() if expires_on else "",
                "digits": facts.digits_right,
            },
        )
    if facts.typed:
        yield Finding("document.typed")


def _zone(facts: Facts) -> Iterator[Finding]:
    for code, params in facts.zone:
        if code not in SAID_OTHERWISE:
            yield Finding(code, dict(params))


def _validity(facts: Facts) -> Iterator[Finding]:
    expires_on = facts.document.expires_on
    if expires_on and expires_on < facts.today:
        yield Finding(
            "document.expired",
            {"expiry": expires_on.isoformat(), "days": (facts.today - expires_on).days},
        )


def _report(facts: Facts) -> Iterator[Finding]:
    if facts.report:
        report, reference = facts.report
        yield Finding("document.reported", {"report": report, "reference": reference})
