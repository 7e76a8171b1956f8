"""How alike are two names, and why, in words an officer can check?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from safar.lib.names.alignment import (
    Alignment,
    aligned,
    one_sided,
    score_of,
    surname_lacks,
    swapped,
)
from safar.lib.names.distance import bones, is_feminine_pair
from safar.lib.names.skeleton import Token, tokens

SENTENCES: Final = {
    "same": "{a} = {b}: the same letters",
    "spelling": "{a} ~ {b}: another spelling",
    "close": "{a} ~ {b}: nearly the same",
    "feminine": "{a} ~ {b}: the same surname with a man's and a woman's ending",
    "initial": "{a} ~ {b}: one may be the initial of the other",
    "joined": "{a} ~ {b}: written together on one side, apart on the other",
    "patronymic_missing": "patronymic only on one side: {name}",
    "patronymic_differs": "patronymics differ: {a}, {b}",
    "surname_missing": "surname only on one side: {name}",
    "part_missing": "only on one side: {name}",
    "differs": "do not agree: {a}, {b}",
    "swapped": "order swapped",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that agrees or not. `params` fill SENTENCES[code], which the app translates."""

    code: str
    params: dict[str, str]

    @property
    def sentence(self) -> str:
        """The reason in English."""
        return SENTENCES[self.code].format(**self.params)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 1; 1 only for the same parts in the same letters."""

    score: float
    reasons: tuple[Reason, ...]


def _pair_code(a: Token, b: Token) -> str:
    if a.letters == b.letters:
        return "joined" if a.text.count(" ") != b.text.count(" ") else "same"
    if "initial" in (a.kind, b.kind):
        return "initial"
    if a.text.count(" ") != b.text.count(" "):
        return "joined"
    if is_feminine_pair(a.letters, b.letters):
        return "feminine"
    return "spelling" if bones(a.skeleton) == bones(b.skeleton) else "close"


def _text(parts: Sequence[Token]) -> str:
    return " ".join(t.text for t in parts)


def _alone_reasons(found: Alignment) -> list[Reason]:
    left, right = found.alone
    if left and right:
        fathers = all(t.kind == "patronymic" for t in (*left, *right))
        code = "patronymic_differs" if fathers else "differs"
        return [Reason(code, {"a": _text(left), "b": _text(right)})]
    alone, whole, others = one_sided(found)
    return [Reason(_missing_code(t, alone, whole, others), {"name": t.text}) for t in alone]


def _missing_code(
    token: Token,
    alone: Sequence[Token],
    whole: Sequence[Token],
    others: Sequence[Token],
) -> str:
    if surname_lacks(token, alone, whole, others):
        return "surname_missing"
    return "patronymic_missing" if token.kind == "patronymic" else "part_missing"


def reasons_of(found: Alignment) -> tuple[Reason, ...]:
    """The alignment in words, from the first name's side."""
    said = [
        Reason(_pair_code(a, b), {"a": a.text, "b": b.text})
        for a, b in ((found.a[i], found.b[j]) for i, j, _ in found.pairs)
    ]
    said += _alone_reasons(found)
    return (*said, Reason("swapped", {})) if swapped(found) else tuple(said)


def likeness(a: str, b: str) -> Likeness:
    """How alike two full names are, and why. Symmetric; the order of the parts is free.

    Write the surname first with a comma, or `<<`, where it is known: a missing or swapped surname
    is then told from a missing given name.
    """
    found = aligned(tokens(a), tokens(b))
    return Likeness(round(score_of(found), 4), reasons_of(found))
