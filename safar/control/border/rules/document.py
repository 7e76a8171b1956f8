"""Is the document sound, valid, not reported, and what does it tell about itself?"""

from collections.abc import Iterator

from safar.control.border.rules.facts import Facts
from safar.control.border.rules.findings import Finding
from safar.control.documents.rules import Told, of_kind, remarks, same_kind, system_of

BY_PERSONAL_NUMBER = {
    "mrz.personal.birth", "mrz.personal.sex", "mrz.personal.check", "mrz.personal.shape",
    "mrz.birth.century",
}  # fmt: skip
SAID_OTHERWISE = {"mrz.expired"}  # `document.expired` holds for typed documents too


def document_findings(facts: Facts) -> Iterator[Finding]:
    data = [*_data(facts), *_other_documents(facts)]
    found = [*_zone(facts), *_validity(facts), *_report(facts)]
    found += [finding for finding in data if finding.tone != "info"]
    yield from found
    yield from (finding for finding in data if finding.tone == "info")
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
        if code in BY_PERSONAL_NUMBER and not _follows_its_issuer(facts):
            continue
        if code not in SAID_OTHERWISE:
            yield Finding(code, dict(params))


def _follows_its_issuer(facts: Facts) -> bool:
    """Not so where the document experts' table says that these personal numbers tell nothing."""
    document = facts.document
    return system_of(document, of_kind(document, facts.series)) == document.issuer


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
    if facts.not_as_issued:
        yield Finding("document.not_as_issued", {"fields": list(facts.not_as_issued)})


def _data(facts: Facts) -> Iterator[Finding]:
    told = Told(
        document=facts.document,
        today=facts.today,
        series=facts.series,
        others=facts.others,
        typed=facts.typed,
        name_cut=facts.name_cut,
        batch=facts.batch,
        shapes=facts.shapes,
    )
    return (Finding(code, params) for code, params in remarks(told))


def _other_documents(facts: Facts) -> Iterator[Finding]:
    """Further documents of hers of the same kind that are valid too: renewed, or two at once."""
    shown = facts.document
    for other in facts.recognition.others:
        valid = other.expires_on is not None and other.expires_on >= facts.today
        if valid and other.issuer == shown.issuer and same_kind(other.kind, shown.kind):
            params = {"number": other.number, "expiry": str(other.expires_on)}
            yield Finding("document.two_at_once", params)
            return
