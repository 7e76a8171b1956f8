"""Who is this: known, perhaps known, new; on a list; a minor?"""

from collections.abc import Iterator

from safar.control.border.rules.facts import Facts
from safar.control.border.rules.findings import Finding

FULL_AGE = 18  # Convention on the Rights of the Child, Art. 1


def people_findings(facts: Facts) -> Iterator[Finding]:
    yield from _lists(facts)
    yield from _recognised(facts)
    age = facts.document.youngest_on(facts.today)  # who may be a minor is looked at
    if age is not None and age < FULL_AGE:
        yield Finding("minor", {"age": age})


def _lists(facts: Facts) -> Iterator[Finding]:
    seen = [match for match in facts.matches if match.shown]
    standing = [match for match in seen if not match.cleared]
    for match in standing:
        if match.neutral:
            yield Finding("list.neutral")
        else:
            code = "list.document" if match.by_document else "list.name"
            yield Finding(code, {**match.params, "score": round(match.score, 2)})
    if len(seen) > len(standing):
        yield Finding("list.cleared", {"count": len(seen) - len(standing)})
    if not seen:
        yield Finding("list.none")


def _recognised(facts: Facts) -> Iterator[Finding]:
    who = facts.recognition
    if who.contradicts:
        yield Finding("document.two_holders")
    if who.is_known:
        last = facts.last
        yield Finding(
            "who.known",
            {"on": last.day.isoformat(), "post": last.post, "direction": last.direction}
            if last
            else {},
        )
    elif who.possible:
        yield Finding(
            "who.possible",
            {"count": len(who.possible), "by_personal_number": who.by_personal_number},
        )
    elif not who.contradicts:
        yield Finding("who.new")
