"""Which part of one name stands for which part of the other, and how well do they agree?"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from safar.lib.names.distance import alike, token_likeness
from safar.lib.names.frequent import FREQUENT, TITLES
from safar.lib.names.skeleton import Token

INITIAL, TITLE, PATRONYMIC, FREQUENT_PART, PART = 0.3, 0.2, 0.5, 0.6, 1.0
MISSING_PATRONYMIC, MISSING_PART, MISSING_SURNAME = 0.15, 0.25, 0.6
MISSING_MORE: Final = 0.1  # each part after the first: long Arabic names are cut at will
THIN: Final = 1.4  # less weight than this in common is no more than one name shared


@dataclass(slots=True)
class Alignment:
    """Which part of one name stands for which of the other; indices into `a` and `b`."""

    a: Sequence[Token]
    b: Sequence[Token]
    pairs: list[tuple[int, int, float]] = field(default_factory=list)

    @property
    def alone(self) -> tuple[list[Token], list[Token]]:
        """The parts of each side that found no partner."""
        left, right = {i for i, _, _ in self.pairs}, {j for _, j, _ in self.pairs}
        return (
            [t for i, t in enumerate(self.a) if i not in left],
            [t for j, t in enumerate(self.b) if j not in right],
        )


def weight(token: Token) -> float:
    """How much this part of a name says about who it is."""
    if token.kind == "initial":
        return INITIAL
    if token.kind == "patronymic" and not token.surname:
        return PATRONYMIC
    if token.skeleton in TITLES and not token.surname:
        return TITLE
    return FREQUENT_PART if token.skeleton in FREQUENT else PART


def _merged(a: Sequence[Token], b: Sequence[Token]) -> Sequence[Token]:
    """`a` with neighbours joined where `b` writes the two as one (Bakyt Bek, Bakytbek)."""
    if len(a) < 2:
        return a
    single, own = [t.skeleton for t in b], {t.skeleton for t in a}
    for i in range(len(a) - 1):
        first, second = a[i], a[i + 1]
        if {first.kind, second.kind} != {"plain"}:
            continue
        both = first.skeleton + second.skeleton
        if any(
            abs(len(s) - len(both)) < 2 and s not in own and alike(both, s) >= 0.9 for s in single
        ):
            one = Token(
                f"{first.text} {second.text}", first.letters + second.letters, both, "plain",
                first.surname or second.surname,
            )  # fmt: skip
            return [*a[:i], one, *a[i + 2 :]]
    return a


def align(a: Sequence[Token], b: Sequence[Token]) -> Alignment:
    """The best partner for each part, whatever the order."""
    result = Alignment(_merged(a, b), _merged(b, a))
    found = [
        (score, weight(x) + weight(y), -abs(i - j), i, j)
        for i, x in enumerate(result.a)
        for j, y in enumerate(result.b)
        if (score := token_likeness(x, y))
    ]
    used_a: set[int] = set()
    used_b: set[int] = set()
    for score, _, _, i, j in sorted(found, reverse=True):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            result.pairs.append((i, j, score))
    result.pairs.sort()
    return result


def surname_lacks(
    token: Token,
    alone: Sequence[Token],
    whole: Sequence[Token],
    others: Sequence[Token],
) -> bool:
    """Whether this is a known surname of which no part was found in a name with a surname."""
    if not token.surname or not any(t.surname for t in others):
        return False
    return sum(t.surname for t in alone) == sum(t.surname for t in whole)


def _missing(alone: Sequence[Token], whole: Sequence[Token], others: Sequence[Token]) -> float:
    """What parts cost that stand on one side while nothing on the other speaks against them."""
    cost, part = 0.0, MISSING_PART
    for token in alone:
        if surname_lacks(token, alone, whole, others):
            cost += MISSING_SURNAME * weight(token)
        elif token.kind == "patronymic":
            cost += MISSING_PATRONYMIC * weight(token)
        else:
            cost += part * weight(token)
            part = MISSING_MORE
    return cost


def one_sided(
    found: Alignment,
) -> tuple[Sequence[Token], Sequence[Token], Sequence[Token]]:
    """The parts without partner, the whole side they stand on, and the other side."""
    left, right = found.alone
    return (right, found.b, found.a) if right else (left, found.a, found.b)


def swapped(found: Alignment) -> bool:
    """Whether the order differs, or a known surname stands where the other has a given name."""
    order = [j for _, j, _ in found.pairs]
    if all(any(t.surname for t in side) for side in (found.a, found.b)):
        return any(found.a[i].surname != found.b[j].surname for i, j, _ in found.pairs)
    return order != sorted(order)


def score_of(found: Alignment) -> float:
    """The score of an alignment, 0 to 1."""
    if not found.pairs:
        return 0.0
    agreed = total = 0.0
    for i, j, score in found.pairs:
        share = (weight(found.a[i]) + weight(found.b[j])) / 2
        agreed += share * score
        total += share
    left, right = found.alone
    if left and right:
        fewer, more = sorted((sum(map(weight, left)), sum(map(weight, right))))
        score = agreed / (total + fewer + MISSING_PART * (more - fewer))
    else:
        score = agreed / (total + _missing(*one_sided(found)))
    if total < THIN and (left or right):
        score *= 0.8
    return score


def aligned(a: Sequence[Token], b: Sequence[Token]) -> Alignment:
    """As `align`, the same whichever name comes first."""
    flip = [(t.skeleton, t.letters, t.surname) for t in b] < [
        (t.skeleton, t.letters, t.surname) for t in a
    ]
    if not flip:
        return align(a, b)
    other = align(b, a)
    return replace(other, a=other.b, b=other.a, pairs=sorted((j, i, s) for i, j, s in other.pairs))
