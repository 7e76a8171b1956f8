"""May they enter and until when; on leaving, did they stay too long?"""

from collections.abc import Iterator
from datetime import date, timedelta

from safar.control.border.rules.facts import AllowedStay, Excused, Facts, Movement, Waits
from safar.control.border.rules.findings import Finding
from safar.lib.stay import Paired, Stay, StayRule, overstay_on_exit, stay, visits

CLOSED = "closed"  # no visa opens a border that the manual closes
# How the visa manual has her come, where it is not free of a visa.
WAYS = {
    "closed": "entry.closed",
    "e_visa": "entry.e_visa_needed",
    "on_arrival": "entry.visa_on_arrival",
}
ENTRY_GAPS = {"open_entry"}  # older gaps were dealt with when they were found


def stay_findings(facts: Facts) -> Iterator[Finding]:
    if facts.is_citizen:
        yield Finding("entry.citizen" if facts.is_entry else "exit.citizen")
    elif facts.is_entry:
        yield from _entry(facts)
    else:
        yield from _exit(facts)


def permitted_until(facts: Facts) -> date | None:
    """Return the last day of the stay that an admission would permit; None: no limit or no rule."""
    if facts.is_citizen or not facts.is_entry:
        return None
    if facts.visa is not None and facts.visa.sound:
        return facts.visa.until
    if facts.allowed is None:
        return None
    return _until(facts.allowed, _stay(facts, facts.allowed), facts.today)


def _until(allowed: AllowedStay, counted: Stay, today: date) -> date | None:
    if counted.until is None or allowed.visit_days is None:
        return counted.until
    return min(counted.until, today + timedelta(days=allowed.visit_days - 1))


def _entry(facts: Facts) -> Iterator[Finding]:
    paired = _paired(facts)
    yield from (
        Finding("stay.open_entry", {"on": gap.params["on"].isoformat()})
        for gap in paired.irregularities
        if gap.code in ENTRY_GAPS
    )
    if _visa_says_it(facts):
        pass
    elif not facts.citizenship_known:
        yield Finding("entry.unknown_citizenship")
    elif facts.allowed is None:
        code = WAYS.get(facts.way, "entry.visa_needed")
        yield Finding(code, {"country": facts.document.nationality})
    elif facts.allowed.days is None:
        yield Finding("entry.no_limit", {"rule": facts.allowed.code})
    else:
        yield _visa_free(facts, facts.allowed)
    if facts.papers:
        yield Finding("entry.papers", {"papers": list(facts.papers)})


def _visa_says_it(facts: Facts) -> bool:
    """A sound visa is her right to enter; of one that is not, it is told what stands against it."""
    if facts.visa is None or facts.way == CLOSED:
        return False
    return facts.visa.sound or (facts.allowed is None and facts.citizenship_known)


def _visa_free(facts: Facts, allowed: AllowedStay) -> Finding:
    counted = _stay(facts, allowed)
    numbers = {
        "days": allowed.days,
        "window": allowed.window or 0,
        "used": counted.used,
        "rule": allowed.code,
    }
    until = _until(allowed, counted, facts.today)
    if until is None or not counted.left:
        again = counted.again.isoformat() if counted.again else ""
        return Finding("entry.days_used", {**numbers, "again": again})
    left = (until - facts.today).days + 1
    return Finding("entry.visa_free", {**numbers, "left": left, "until": until.isoformat()})


def _exit(facts: Facts) -> Iterator[Finding]:
    visited = _paired(facts).visits
    if not visited or not visited[-1].is_open(facts.today):
        yield Finding("stay.no_entry")
        return
    entered = visited[-1].entered
    days_here = (facts.today - entered).days + 1
    over, until = _overstay(facts, entered)
    if over and facts.waits and until is not None:
        yield _waits(facts.waits, until)
        return
    excused = _entry_of(facts).excused
    if over and excused and until is not None:
        yield from _excused(excused, until, facts.today)
        lawful = max(until, excused.until or facts.today)
        over = overstay_on_exit(entered, lawful, facts.today).days
        if not over:
            return
    if until is None and facts.allowed is None:
        yield Finding("stay.unknown_limit", {"entered": entered.isoformat(), "days": days_here})
    elif over:
        since = (facts.today - timedelta(days=over - 1)).isoformat()
        yield Finding(
            "stay.overstay",
            {"over": over, "since": since, "entered": entered.isoformat(), "days": days_here},
        )
    else:
        yield Finding(
            "stay.within",
            {
                "entered": entered.isoformat(),
                "days": days_here,
                "until": until.isoformat() if until else "",
            },
        )


def _waits(waits: Waits, until: date) -> Finding:
    days = {"until": until, "asked": waits.asked_on, "longer": waits.until_asked}
    return Finding("stay.waits", {name: day.isoformat() for name, day in days.items()})


def _entry_of(facts: Facts) -> Movement:
    return next(move for move in reversed(facts.movements) if move.direction == "entry")


def _excused(excused: Excused, until: date, today: date) -> Iterator[Finding]:
    """What the traveller said was accepted: said plainly, so that nobody asks her again."""
    days = excused.until.isoformat() if excused.until else today.isoformat()
    yield Finding(
        "stay.rebutted", {"until": until.isoformat(), "excused": days, "ground": excused.ground}
    )


def _overstay(facts: Facts, entered: date) -> tuple[int, date | None]:
    """Days over the limit: the day that the decision set counts before the general rule."""
    entry = _entry_of(facts)
    if entry.permitted_until:
        over = overstay_on_exit(entered, entry.permitted_until, facts.today)
        return over.days, entry.permitted_until
    if facts.allowed is None or facts.allowed.days is None:
        return 0, None
    counted = _stay(facts, facts.allowed)
    return counted.overstay, counted.until


def _paired(facts: Facts) -> Paired:
    moves = [(move.day, move.direction, str(move.crossing_id)) for move in facts.movements]
    return visits(moves, arriving=facts.is_entry)  # type: ignore[arg-type]


def _stay(facts: Facts, allowed: AllowedStay) -> Stay:
    if allowed.days is None:
        raise ValueError("A stay without a limit is not counted.")
    return stay(_paired(facts).visits, StayRule(allowed.days, allowed.window), facts.today)
