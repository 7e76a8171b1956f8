"""Which part of a query stands for which of each candidate's, for a thousand candidates at once?"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.names.letters import plain
from safar.lib.names.skeleton import skeleton
from safar.lib.screening.build import SURNAME_BIT
from safar.lib.screening.folder import Arrays
from safar.lib.screening.parts import FATHER, INITIAL, INITIALS, NAME, TITLE
from safar.lib.screening.plan import Reading, Sought
from safar.lib.screening.sounds import spoken
from safar.lib.screening.vocabulary import Vocabulary

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
MOST_COMPARED: Final = 12  # parts of a listed name that are compared
INITIAL_SAYS: Final = 1.2  # nats
OTHER_KIND: Final = 1.0  # nats less where one side's name is the other's father's name
FEATURES: Final = (
    "evidence", "matched", "alone_query", "alone_list", "both_alone", "fathers_differ",
    "father_alone", "titles_alone", "initials_alone", "surname_moved", "out_of_order",
    "lost_rarity", "surname_lacks", "weakest", "joint",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """The listed names as rows of parts, padded: tokens, kinds, and which stand for a part."""

    tokens: Ints
    kinds: NDArray[np.uint8]
    present: NDArray[np.bool_]

    def of(self, rows: NDArray[Any]) -> "Names":
        """Some of the rows."""
        return Names(self.tokens[rows], self.kinds[rows], self.present[rows])


@dataclass(frozen=True, slots=True)
class Aligned:
    """For each row and part of the reading the partner's column or -1, and the features.

    `fits` says for which rows the reading makes sense at all.
    """

    partner: Ints
    features: Floats
    fits: NDArray[np.bool_]

    @property
    def both_alone(self) -> Floats:
        """How many parts of either side stand against each other without a partner."""
        return np.asarray(self.features[:, FEATURES.index("both_alone")])


def names_at(arrays: Arrays, rows: Ints) -> Names:
    """The parts of listed names, at most MOST_COMPARED of each."""
    starts = arrays["starts"]
    firsts = starts[rows].astype(np.int64)
    lengths = np.minimum(starts[rows + 1] - firsts, MOST_COMPARED)
    width = int(lengths.max(initial=1))
    columns = np.arange(width)
    present = columns[None, :] < lengths[:, None]
    places = np.where(present, firsts[:, None] + columns[None, :], 0)
    return Names(
        arrays["parts"][places].astype(np.int64), arrays["kinds"][places] & np.uint8(255), present
    )


def says(part: Sought, names: Names, vocabulary: Vocabulary) -> Floats:
    """What each part of each row says for being this part of the query, in nats; 0 is nothing."""
    kinds = names.kinds & 7
    if part.part.kind == INITIAL:
        same = _begins(part.part.text, names.tokens, vocabulary) & (kinds != FATHER)
        return np.where(same & names.present, np.float32(INITIAL_SAYS), np.float32(0))
    result = np.zeros(names.tokens.shape, np.float32)
    places = part.similar.places
    if len(places):
        at = np.searchsorted(places, names.tokens)
        at[at == len(places)] = 0
        found = (places[at] == names.tokens) & names.present
        result = np.where(found, part.evidence[at], np.float32(0))
    initials = (kinds == INITIAL) & names.present
    if part.part.kind == NAME and initials.any():
        same = _begins(part.part.text, names.tokens[initials], vocabulary)
        result[initials] = np.where(same, np.float32(INITIAL_SAYS), np.float32(0))
    other = (kinds == FATHER) != (part.part.kind == FATHER)
    result = np.where(other & (kinds != INITIAL), result - OTHER_KIND, result)
    return np.maximum(result, 0).astype(np.float32)


def _begins(text: str, tokens: Ints, vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Which listed words begin with the sound that this word or initial begins with."""
    letters = plain(text)[:2]
    start = letters if letters in INITIALS else letters[:1]
    firsts = {spoken(text)[:1], start[:1], skeleton(f"{start}a")[:1]} - {""}
    return np.isin(vocabulary.firsts(tokens), [ord(first) for first in firsts])


def align(
    reading: Reading, names: Names, vocabulary: Vocabulary, seen: dict[int, Floats]
) -> Aligned:
    """Pair off parts, what says most first, and describe what is paired and what stands alone.

    `seen` keeps what each part says, for the readings of a query share most of theirs.
    """
    for part in reading.parts:
        if id(part) not in seen:
            seen[id(part)] = says(part, names, vocabulary)
    said = np.stack([seen[id(part)] for part in reading.parts], axis=1)
    if not reading.joint:
        every = np.ones(len(said), bool)
        partner, worth = _paired(said)
        return Aligned(partner, _features(reading, names, partner, worth), every)
    # Joined or split parts matter only where all of them stand for something.
    joint = [at for at, part in enumerate(reading.parts) if part.exact]
    fits = (said[:, joint].max(axis=2) > 0).all(axis=1)
    partner = np.full(said.shape[:2], -1, np.int64)
    features = np.zeros((len(said), len(FEATURES)), np.float32)
    partner[fits], worth = _paired(said[fits])
    features[fits] = _features(reading, names.of(fits), partner[fits], worth)
    return Aligned(partner, features, fits)


def left_over(reading: Reading, names: Names, partner: Ints, vocabulary: Vocabulary) -> Floats:
    """How near each part without a partner lies to a listed one without: (rows, parts), 0 to 1.

    Words too far apart to be paired still tell one stranger from another.
    """
    free = names.present.copy()
    rows, parts = np.nonzero(partner >= 0)
    free[rows, partner[rows, parts]] = False
    result = np.zeros(partner.shape, np.float32)
    for at, part in enumerate(reading.parts):
        if part.similar.vector is None:
            continue
        open_rows = free & (partner[:, at] < 0)[:, None]
        row, column = np.nonzero(open_rows)
        if len(row):
            near = vocabulary.cosines(part.similar.vector, names.tokens[row, column])
            np.maximum.at(result[:, at], row, near)
    return result


def _paired(said: Floats) -> tuple[Ints, Floats]:
    """The partner of each part in each row, and what the pair says."""
    rows, many, width = said.shape
    partner = np.full((rows, many), -1, np.int64)
    worth = np.zeros((rows, many), np.float32)
    every = np.arange(rows)
    left = said.copy()
    for _ in range(min(many, width)):
        best = np.argmax(left.reshape(rows, many * width), axis=1)
        part, column = np.divmod(best, width)
        value = left[every, part, column]
        hit = np.flatnonzero(value > 0)
        if not len(hit):
            break
        partner[hit, part[hit]] = column[hit]
        worth[hit, part[hit]] = value[hit]
        left[hit, part[hit], :] = 0
        left[hit, :, column[hit]] = 0
    return partner, worth


def _features(reading: Reading, names: Names, partner: Ints, worth: Floats) -> Floats:
    parts = reading.parts
    kinds = np.array([part.part.kind for part in parts])
    surname = np.array([part.part.surname for part in parts])
    rarity = np.array([part.curve.rarity() for part in parts], np.float32)
    met = partner >= 0
    taken = np.zeros(names.present.shape, bool)
    rows, which = np.nonzero(met)
    taken[rows, partner[rows, which]] = True
    listed = names.kinds & 7
    free = names.present & ~taken
    listed_surname = (names.kinds & SURNAME_BIT) > 0
    alone = {kind: (~met & (kinds == kind)).sum(1) for kind in (NAME, FATHER, INITIAL, TITLE)}
    free_of = {kind: (free & (listed == kind)).sum(1) for kind in (NAME, FATHER, INITIAL, TITLE)}
    both = np.minimum(alone[NAME], free_of[NAME])
    fathers = np.minimum(alone[FATHER], free_of[FATHER])
    column = np.where(met, partner, 0)
    partner_surname = np.take_along_axis(listed_surname, column, axis=1)
    both_known = surname.any() & listed_surname.any(1)
    moved = (met & (partner_surname != surname)).sum(1) * both_known
    place = np.where(met, partner, -1)
    seen = np.maximum.accumulate(place, axis=1)
    disorder = (met[:, 1:] & (place[:, 1:] < seen[:, :-1])).sum(1)
    lacks = both_known & ~(met & surname).any(1) & ~(taken & listed_surname).any(1)
    weakest = np.where(met, worth - rarity, 0).min(1)
    columns = (
        worth.sum(1), met.sum(1), alone[NAME], free_of[NAME], both, fathers,
        alone[FATHER] + free_of[FATHER] - 2 * fathers, alone[TITLE] + free_of[TITLE],
        alone[INITIAL] + free_of[INITIAL], moved, disorder,
        np.where(met | (kinds != NAME), 0, rarity).sum(1), lacks, weakest,
        np.full(len(met), bool(reading.joint)),
    )  # fmt: skip
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)
