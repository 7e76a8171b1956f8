"""What a name sounds like, in whatever script it is written: the keys that a search looks up."""

import re
import unicodedata
from dataclasses import dataclass

from safar.assistance.cases.choices.people import Script
from safar.lib.names import fold_tokens

LONGEST = 40
BARE, SLIPPED = "~", "-"  # what a key is, in its first letter; a skeleton has neither
VOWELS, DOUBLED = re.compile("[aeiu]"), re.compile(r"(.)\1+")
NEAR = str.maketrans("gdbzj", "ktpsc")  # heard as the same where one writes what one hears
SHORTEST_TO_SLIP = 4


@dataclass(frozen=True)
class Part:
    """A part of a name that is looked up.

    `strict` finds its other spellings, and those in other scripts; `near` also what differs by a
    consonant more or less; `loose` also what has one for another.
    """

    strict: list[str]
    near: list[str]
    loose: list[str]


def keys_of(name: str) -> list[str]:
    """Return the keys of a name as they are kept.

    Of each part its skeleton, its bare consonants and, where they are many, those but one.
    """
    kept: set[str] = set()
    for skeleton in fold_tokens(name):
        bare = consonants(skeleton)
        kept |= {skeleton[:LONGEST], *_bare(bare), *(SLIPPED + slip for slip in _slips(bare))}
    return sorted(kept - {""})


def parts_of(name: str) -> list[Part]:
    """Return the keys by which each part of a name is looked up."""
    return [_part(skeleton[:LONGEST]) for skeleton in fold_tokens(name) if skeleton]


def _part(skeleton: str) -> Part:
    bare = consonants(skeleton)
    slips = sorted(_slips(bare))
    strict = [skeleton, *_bare(bare)]
    near = [*strict, SLIPPED + bare, *(BARE + slip for slip in slips)]
    return Part(strict, near, [*near, *(SLIPPED + slip for slip in slips)])


def _bare(bare: str) -> list[str]:
    return [BARE + bare] if len(bare) > 1 else []


def _slips(bare: str) -> set[str]:
    if len(bare) < SHORTEST_TO_SLIP:
        return set()
    return {DOUBLED.sub(r"\1", bare[:at] + bare[at + 1 :]) for at in range(len(bare))}


def consonants(skeleton: str) -> str:
    """Return the consonants of a skeleton as one hears them.

    Arabic letters leave short vowels out, and write `v` for `u` and `o`; -ov and -ev come and go.
    """
    bare = VOWELS.sub("", skeleton)
    bare = bare[:1] + bare[1:].replace("v", "")
    bare = re.sub(r"(?<=...)f$", "", bare).translate(NEAR)
    return DOUBLED.sub(r"\1", bare)[: LONGEST - 1]


def script_of(text: str) -> str:
    """Return the script of a text's letters, or nothing where they are mixed or there are none."""
    found = {_script(letter) for letter in text if letter.isalpha()}
    return found.pop() if len(found) == 1 else ""


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" ")[0].lower()
    return name if name in Script.values else Script.OTHER
