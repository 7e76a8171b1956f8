"""Every finding that an inspection may have: its tone and its weight."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from safar.control.documents import rules as documents
from safar.control.visas.rules import visa_weights as visas
from safar.lib.mrz import WEIGHTS

Tone = Literal["hold", "check", "info", "clear"]
RANK: dict[Tone, int] = {"hold": 3000, "check": 2000, "info": 1000, "clear": 0}


@dataclass(frozen=True)
class Kind:
    """`hold` sends to second line, `check` needs a reason to pass, the others stop nobody."""

    tone: Tone
    weight: int


CATALOGUE: dict[str, Kind] = {
    "document.reported": Kind("hold", 95),
    "list.document": Kind("hold", 90),
    "list.name": Kind("hold", 80),
    "list.neutral": Kind("hold", 75),
    "movement.impossible": Kind("hold", 70),
    "document.two_holders": Kind("hold", 60),
    "document.not_as_issued": Kind("check", 92),
    "document.expired": Kind("check", 90),
    "minor": Kind("check", 85),
    "stay.overstay": Kind("check", 80),
    "entry.days_used": Kind("check", 75),
    "entry.closed": Kind("hold", 72),
    "entry.visa_needed": Kind("check", 70),
    "entry.e_visa_needed": Kind("check", 70),
    "entry.visa_on_arrival": Kind("check", 68),
    "movement.twice": Kind("check", 65),
    "stay.open_entry": Kind("check", 60),
    "stay.unknown_limit": Kind("check", 57),
    "stay.no_entry": Kind("check", 55),
    "entry.unknown_citizenship": Kind("check", 50),
    "list.cleared": Kind("info", 60),
    "entry.papers": Kind("info", 55),
    "who.possible": Kind("info", 50),
    "stay.rebutted": Kind("info", 58),
    "stay.waits": Kind("info", 59),
    "document.typed": Kind("info", 40),
    "document.no_expiry": Kind("info", 45),
    "list.none": Kind("clear", 90),
    "document.valid": Kind("clear", 80),
    "entry.visa_free": Kind("clear", 70),
    "entry.no_limit": Kind("clear", 70),
    "entry.citizen": Kind("clear", 70),
    "stay.within": Kind("clear", 70),
    "exit.citizen": Kind("clear", 70),
    "who.known": Kind("clear", 50),
    "who.new": Kind("clear", 50),
    **{code: Kind(tone, weight) for code, (tone, weight) in documents.WEIGHTS.items()},
    **{code: Kind(tone, weight) for code, (tone, weight) in visas.WEIGHTS.items()},
}
MRZ_CHECK_FROM = 60  # lighter remarks on the zone are told, and stop nobody


@dataclass(frozen=True)
class Finding:
    """One thing found: a language-neutral code, and what its sentence needs, in plain values."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        if self.code in CATALOGUE:
            return CATALOGUE[self.code]
        weight = WEIGHTS[self.code]
        return Kind("check" if weight >= MRZ_CHECK_FROM else "info", min(weight, 45))

    @property
    def tone(self) -> Tone:
        return self.kind.tone

    @property
    def weight(self) -> int:
        return RANK[self.tone] + self.kind.weight

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": self.params}


def verdict(found: Iterable[Finding]) -> Tone:
    """Return what is proposed: `hold`, `check` or `clear`. A person decides."""
    tones = {finding.tone for finding in found}
    worst: tuple[Tone, ...] = ("hold", "check")
    return next((tone for tone in worst if tone in tones), "clear")
