"""Is a chain of hashes whole? The walk that `safar audit verify` makes; it needs no database."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

GENESIS = b"\0" * 32


class Link(NamedTuple):
    """A row of the chain as it is stored; `text` is the canonical text that its hash covers."""

    number: int
    previous: bytes
    hash: bytes
    text: str


@dataclass(frozen=True)
class Anchor:
    """The chain's head as it stood at one moment, kept outside the database."""

    number: int
    hash: bytes


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found: `first_bad` is None where every row is sound."""

    rows: int
    first_bad: int | None = None
    reason: str = ""

    @property
    def sound(self) -> bool:
        return self.first_bad is None


def verify(links: Iterable[Link], head: Anchor, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Walk the chain from its first row and name the first that was tampered with.

    Anchors taken earlier also show a tail that was cut and a chain that was written anew.
    """
    known = sorted([*anchors, head], key=lambda anchor: anchor.number)
    hashes = {anchor.number: GENESIS for anchor in known}
    previous, count = GENESIS, 0
    for link in links:
        if reason := _fault(count + 1, previous, link):
            return Verdict(count, min(link.number, count + 1), reason)
        previous, count = link.hash, link.number
        if link.number in hashes:
            hashes[link.number] = previous
    for anchor in known:
        if anchor.number > count:
            return Verdict(count, count + 1, f"rows {count + 1} to {anchor.number} were cut off")
        if hashes[anchor.number] != anchor.hash:
            reason = f"the chain up to row {anchor.number} was written anew"
            return Verdict(count, anchor.number, reason)
    if head.number < count:
        return Verdict(count, head.number + 1, "rows were added past the head of the chain")
    return Verdict(count)


def _fault(expected: int, previous: bytes, link: Link) -> str:
    if link.number != expected:
        return f"row {expected} is missing"
    if link.previous != previous:
        return f"row {link.number} does not follow the row before it"
    if hashlib.sha256(previous + link.text.encode()).digest() != link.hash:
        return f"row {link.number} was changed after it was written"
    return ""
