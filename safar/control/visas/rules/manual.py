"""May this person enter on that day, and with what? The visa manual's answer, with its reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

CLOSED, FREE, ON_ARRIVAL, E_VISA, VISA, CITIZEN = (
    "closed", "free", "on_arrival", "e_visa", "visa", "citizen",
)  # fmt: skip
# Of two rules that are equally near, the one that asks less of the traveller.
MILDEST_FIRST: Final = (FREE, ON_ARRIVAL, E_VISA, VISA)
ORDINARY, DIPLOMATIC, SERVICE, TRAVEL_PAPER = "ordinary", "diplomatic", "service", "travel_paper"
# The second letter of the document code (ICAO Doc 9303-4, since 2021); older passports have none.
BY_CODE: Final = {
    "PD": DIPLOMATIC, "PO": SERVICE, "PM": SERVICE,
    "PR": TRAVEL_PAPER, "PS": TRAVEL_PAPER, "PT": TRAVEL_PAPER, "PE": TRAVEL_PAPER,
    "PL": TRAVEL_PAPER,
}  # fmt: skip
# China's ordinary passport carries PO: see `documents/data/series.csv`.
BY_STATE: Final = {("CHN", "PO"): ORDINARY}


@dataclass(frozen=True)
class Rule:
    """A line of the manual: for whom, with which passport, where and when, by which act.

    Args:
        citizenships: ICAO codes; empty: of every state.
        passports: ordinary, diplomatic, service, travel_paper; empty: any.
        posts: codes of posts; empty: all.
        papers: what she must be able to show at the booth, as codes.
        days: the longest stay; in any `window` days where there is one, else at each visit. None: no
            limit.
        visit_days: a second limit, on each visit within the window.
        is_own: proposed and approved in this country, not shipped with Safar.
    """

    code: str
    way: str
    since: date
    until: date | None = None
    citizenships: frozenset[str] = frozenset()
    passports: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    papers: tuple[str, ...] = ()
    days: int | None = None
    window: int | None = None
    visit_days: int | None = None
    act: str = ""
    is_own: bool = True

    @property
    def names_citizenship(self) -> bool:
        return bool(self.citizenships)


@dataclass(frozen=True)
class Asked:
    """Who wants to enter where, with what, and when. Without a post: anywhere."""

    host: str
    citizenship: str
    day: date
    passport: str = ORDINARY
    post: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a rule holds or does not, as a code and plain values."""

    code: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the manual says: the way in, the rule it stands in (none: nothing is laid down).

    `at_posts`: where no post was named, the rules that would hold at theirs instead, nearest first.
    """

    way: str
    rule: Rule | None
    reasons: tuple[Reason, ...]
    at_posts: tuple[Rule, ...] = ()

    @property
    def may_come_without_visa(self) -> bool:
        return self.way in (CITIZEN, FREE)


def passport_of(document_code: str, issuer: str = "") -> str:
    """The kind of passport of a document code; an unknown one is read as ordinary."""
    code = document_code[:2].upper()
    return BY_STATE.get((issuer, code)) or BY_CODE.get(code, ORDINARY)


def answer(rules: Iterable[Rule], asked: Asked) -> Answer:
    """Answer from the manual.

    A closed border goes before everything. Then the rule that names the citizenship before one
    for every state, an own rule before a shipped one, the milder before the harder. Where no
    rule holds a visa is needed.
    """
    if asked.citizenship == asked.host:
        return Answer(CITIZEN, None, (Reason("citizen", {"country": asked.host}),))
    meant = [rule for rule in rules if _means(rule, asked.citizenship)]
    missed = {rule.code: tuple(_obstacles(rule, asked)) for rule in meant}
    holding = sorted((rule for rule in meant if not missed[rule.code]), key=_nearest)
    near = [
        reason
        for rule in sorted(meant, key=_nearest)
        if rule.names_citizenship
        for reason in missed[rule.code]
    ]
    elsewhere = _at_posts(meant, missed, holding, asked)
    if not holding:
        none = Reason("no_rule", {"country": asked.citizenship})
        return Answer(VISA, None, (none, *near), elsewhere)
    first = holding[0]
    return Answer(first.way, first, (_holds(first), *near), elsewhere)


def _at_posts(
    meant: list[Rule], missed: dict[str, tuple[Reason, ...]], holding: list[Rule], asked: Asked
) -> tuple[Rule, ...]:
    """Rules that only want a post to be named, and that go before the one that holds without."""
    if asked.post:
        return ()
    last = _nearest(holding[0]) if holding else None
    found = [
        rule
        for rule in sorted(meant, key=_nearest)
        if [one.code for one in missed[rule.code]] == ["other_posts"]
    ]
    return tuple(rule for rule in found if last is None or _nearest(rule) < last)


def _means(rule: Rule, citizenship: str) -> bool:
    return not rule.citizenships or citizenship in rule.citizenships


def _nearest(rule: Rule) -> tuple[bool, bool, bool, int, str]:
    milder = MILDEST_FIRST.index(rule.way) if rule.way in MILDEST_FIRST else -1
    return (rule.way != CLOSED, not rule.names_citizenship, not rule.is_own, milder, rule.code)


def _obstacles(rule: Rule, asked: Asked) -> Iterator[Reason]:
    """Why a rule for her citizenship does not hold for what was asked."""
    of = {"rule": rule.code, "way": rule.way}
    if asked.day < rule.since:
        yield Reason("not_yet", {**of, "since": rule.since.isoformat()})
    elif rule.until and asked.day > rule.until:
        yield Reason("ended", {**of, "until": rule.until.isoformat()})
    if rule.passports and asked.passport not in rule.passports:
        yield Reason("other_passport", {**of, "passports": sorted(rule.passports)})
    if rule.posts and asked.post not in rule.posts:
        yield Reason("other_posts", {**of, "posts": sorted(rule.posts)})


def _holds(rule: Rule) -> Reason:
    return Reason(
        "holds",
        {
            "rule": rule.code,
            "way": rule.way,
            "act": rule.act,
            "since": rule.since.isoformat(),
            "until": rule.until.isoformat() if rule.until else "",
            "days": rule.days,
            "window": rule.window,
            "visit_days": rule.visit_days,
        },
    )
