"""How may a query's name be cut into words, and what does it say to meet each of them?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.names.letters import plain
from safar.lib.screening.parts import INITIAL, NAME, TITLE, Part, parse
from safar.lib.screening.sounds import frame, spoken
from safar.lib.screening.vocabulary import ASKED, ASKED_ALONE, NOTHING, Similar, Vocabulary

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
PSEUDO_NAMES: Final = 2000  # names that a short list is taken to have besides its own
STEEPNESS: Final = 1.6  # how fast a less likely spelling says less
NO_STRANGER: Final = 0.04  # a spelling as likely as this is no other name
NOTHING_SAID: Final = 0.05  # nats; what is above 0 counts as a partner
ENOUGH_NAMES: Final = 20_000  # names of one word are sought among so many at least
SHORTEST_PIECE: Final = 3
SHORTEST_BONES: Final = 2  # consonants
MOST_BY_BONES: Final = 2
SHORTEST_OF_TWO: Final = 11  # letters of a word that may be a whole name
MOST_READINGS: Final = 4
CUT_AT: Final = 28  # characters; a name as long as this may have been cut by a document


@dataclass(frozen=True, slots=True)
class Curve:
    """How many names of the main list bear a word at least so likely; likelihoods descend."""

    likely: Floats
    names: Floats
    size: int
    alone: bool = False  # the name is this one word: all that is like it is worth a look

    def evidence(self, likely: Floats) -> Floats:
        """What such likelihoods say for one name against chance, in nats."""
        at = np.searchsorted(-self.likely, -likely, "right")
        bearing = np.concatenate([np.zeros(1, np.float32), self.names])[at]
        chance = (bearing + 1.0) / (self.size + PSEUDO_NAMES)
        said = STEEPNESS * np.log(likely) - np.log(chance)
        # A spelling as good as any chance says nothing, yet it does not contradict either.
        least = NOTHING_SAID * (1 + likely)
        worth_a_look = (likely >= NO_STRANGER) | (self.alone & (bearing < ENOUGH_NAMES))
        least = np.where(worth_a_look, least, -np.inf)
        return np.asarray(np.maximum(said, least), np.float32)

    def rarity(self) -> float:
        """What a likely spelling of this word says, in nats."""
        return float(self.evidence(np.array([0.5], np.float32))[0]) - STEEPNESS * log(0.5)


@dataclass(frozen=True, slots=True)
class Sought:
    """A part of a query with the words that may be it: ascending places, likelihood, evidence."""

    part: Part
    similar: Similar
    evidence: Floats
    curve: Curve
    cut: bool = False
    exact: bool = False
    bones: bool = False  # and where only its consonants had to be the same


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to cut a query into parts; `joint` where it joined or split what was written."""

    parts: tuple[Sought, ...]
    joint: str = ""


def curve_of(similar: Similar, vocabulary: Vocabulary, size: int, alone: bool = False) -> Curve:
    """The curve of a word from the words of the main list that are like it."""
    order = np.argsort(-similar.likely, kind="stable")
    names = np.cumsum(vocabulary.counts(similar.places[order])).astype(np.float32)
    return Curve(similar.likely[order], names, size, alone)


def is_cut(name: str) -> bool:
    """Whether the last word may have been cut off (ICAO Doc 9303-4 §4.2.3: 39 characters)."""
    return len(name.strip()) >= CUT_AT and name.upper() == name


def joints(parts: Sequence[Part]) -> list[tuple[int, Part]]:
    """Neighbours written as one word, with the place of the first."""
    found: list[tuple[int, Part]] = []
    for at, (one, other) in enumerate(pairwise(parts)):
        if one.kind in (NAME, TITLE) and other.kind in (NAME, TITLE):
            both = Part(one.text + other.text, NAME, one.surname and other.surname,
                        f"{one.shown} {other.shown}")  # fmt: skip
            found.append((at, both))
    return found


def splits(
    part: Part, known: Sequence[Vocabulary], size: int, bones: bool = False
) -> list[tuple[int, Part, Part]]:
    """A long word as two that the list knows, the best known first: (names, first, second).

    With `bones` the two are known by their consonants, as Arabic letters write them.
    """
    letters = part.text if part.text.isascii() else plain(part.text)
    if part.kind != NAME or len(letters) < 2 * SHORTEST_PIECE:
        return []
    least = max(1, size // 100_000)
    found: list[tuple[int, Part, Part]] = []
    for at in range(SHORTEST_PIECE, len(letters) - SHORTEST_PIECE + 1):
        first, second = letters[:at], letters[at:]
        if (one := _known(first, known, bones)) < least:
            continue
        if (other := _known(second, known, bones)) < least:
            continue
        pieces = [Part(text, NAME, part.surname, text) for text in (first, second)]
        found.append((min(one, other), pieces[0], pieces[1]))
    return sorted(found, key=lambda item: -item[0])


def _known(piece: str, known: Sequence[Vocabulary], bones: bool) -> int:
    """How many names bear such a word."""
    if not bones:
        return sum(words.sounding(piece) for words in known)
    if len(frame(spoken(piece))) < SHORTEST_BONES:
        return 0
    return sum(words.framing(piece) for words in known)


def readings(
    name: str, vocabulary: Vocabulary, size: int, also: Sequence[Vocabulary] = ()
) -> list[Reading]:
    """The ways to read a query's name: as written first, then with parts joined or split.

    `also` are the words of what was published since the build.
    """
    known = (vocabulary, *also)
    parts = parse(name)
    if not parts:
        return []
    seek = _Seeker(vocabulary, size, len(parts) == 1)
    cut = is_cut(name)
    base = tuple(seek.near(part, cut and at == len(parts) - 1) for at, part in enumerate(parts))
    found = [Reading(base)]
    for at, both in joints(parts):
        joint = seek.exact(both)
        if any(words.sounding(both.text) for words in known):
            found.append(Reading((*base[:at], joint, *base[at + 2 :]), "joined"))
    pieces = [
        (worth, at, one, other)
        for at, part in enumerate(parts)
        for worth, one, other in splits(part, known, size)[:2]
    ]
    for _worth, at, one, other in sorted(pieces, key=lambda piece: -piece[0]):
        split = (seek.exact(one), seek.exact(other))
        found.append(Reading((*base[:at], *split, *base[at + 1 :]), "split"))
    found = found[:MOST_READINGS]
    if len(parts) == 1 and len(parts[0].text) >= SHORTEST_OF_TWO:
        # Perhaps a whole name in one word, and the list has it in letters without vowels.
        found += [
            Reading((seek.by_frame(one), seek.by_frame(other)), "split")
            for _worth, one, other in splits(parts[0], known, size, bones=True)[:MOST_BY_BONES]
        ]
    return found


def elsewhere(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """The same reading against another vocabulary, with what chance says on the main list."""
    parts = []
    for part in reading.parts:
        if part.part.kind == INITIAL:
            similar = NOTHING
        elif part.bones:
            similar = vocabulary.alike_by_frame(part.part.text)
        elif reading.joint and part.exact:
            similar = vocabulary.alike_exactly(part.part.text)
        else:
            similar = _near(vocabulary, part.part, part.cut, part.curve.alone)
        parts.append(replace(part, similar=similar, evidence=part.curve.evidence(similar.likely)))
    return Reading(tuple(parts), reading.joint)


def widened(part: Sought, places: Ints, vocabulary: Vocabulary) -> Sought:
    """The part compared with these words too."""
    if part.part.kind == INITIAL:
        return part
    known = np.isin(places, part.similar.places)
    more = vocabulary.compared(part.part.text, places[~known])
    similar = both(part.similar, more)
    return replace(part, similar=similar, evidence=part.curve.evidence(similar.likely))


def _near(vocabulary: Vocabulary, part: Part, cut: bool, alone: bool = False) -> Similar:
    similar = vocabulary.similar(part.text, ASKED_ALONE if alone else ASKED)
    if not cut:
        return similar
    return both(similar, vocabulary.beginning(part.text))


def both(one: Similar, other: Similar) -> Similar:
    """The words of either, each as likely as the one says that gives it more."""
    places, at = np.unique(np.concatenate([one.places, other.places]), return_inverse=True)
    likely = np.zeros(len(places), np.float32)
    np.maximum.at(likely, at, np.concatenate([one.likely, other.likely]))
    return Similar(places, likely, one.vector)


class _Seeker:
    """Looks up parts in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, size: int, alone: bool) -> None:
        self._alone = alone
        self._vocabulary = vocabulary
        self._size = size
        self._seen: dict[str, Similar] = {}

    def near(self, part: Part, cut: bool) -> Sought:
        if part.kind == INITIAL:
            return self._sought(part, NOTHING)
        if cut:
            return self._sought(part, _near(self._vocabulary, part, True, self._alone), cut=True)
        if part.text not in self._seen:
            self._seen[part.text] = _near(self._vocabulary, part, False, self._alone)
        return self._sought(part, self._seen[part.text])

    def exact(self, part: Part) -> Sought:
        return self._sought(part, self._vocabulary.alike_exactly(part.text), exact=True)

    def by_frame(self, part: Part) -> Sought:
        similar = self._vocabulary.alike_by_frame(part.text)
        return replace(self._sought(part, similar, exact=True), bones=True)

    def _sought(
        self, part: Part, similar: Similar, *, cut: bool = False, exact: bool = False
    ) -> Sought:
        curve = curve_of(similar, self._vocabulary, self._size, self._alone)
        return Sought(part, similar, curve.evidence(similar.likely), curve, cut, exact)
