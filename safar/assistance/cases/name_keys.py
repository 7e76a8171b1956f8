"""What a name sounds like, in whatever script it is written: the keys that a search looks up."""

import unicodedata

from safar.assistance.cases.choices import Script
from safar.lib.names import fold_tokens

LONGEST = 40


def keys_of(name: str) -> list[str]:
    """Return the sound of each part of a name, the same for its usual spellings and scripts."""
    return sorted({token[:LONGEST] for token in fold_tokens(name) if token})


def script_of(text: str) -> str:
    """Return the script of a text's letters, or nothing where they are mixed or there are none."""
    found = {_script(letter) for letter in text if letter.isalpha()}
    return found.pop() if len(found) == 1 else ""


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" ")[0].lower()
    return name if name in Script.values else Script.OTHER
