"""Which Latin keys were pressed while the computer had a Cyrillic keyboard layout?"""

from typing import Final

_KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM<"
_RUSSIAN = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ"
# the Kazakh layout has letters on the row of digits too
_KAZAKH = {"ә": "2", "і": "3", "ң": "4", "ғ": "5", ",": "6", ".": "7", "ү": "8", "ұ": "9",
           "қ": "0", '"': "1"}  # fmt: skip
_LOOKALIKES = {
    "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "І": "I", "Ј": "J", "К": "K", "М": "M",
    "О": "O", "Р": "P", "Ѕ": "S", "Т": "T", "Х": "X", "У": "Y", "Ү": "Y", "Ԛ": "Q", "Ԝ": "W",
}  # fmt: skip

_BY_KEY: Final = str.maketrans(
    dict(zip(_RUSSIAN, _KEYS, strict=True))
    | _KAZAKH
    | {key.upper(): digit for key, digit in _KAZAKH.items()}
)
_BY_LOOK: Final = str.maketrans(_LOOKALIKES)


def is_cyrillic(sign: str) -> bool:
    return "\u0400" <= sign <= "\u052f"


def typed_in_cyrillic(line: str) -> bool:
    """Whether a whole line (upper case) came through a Cyrillic layout.

    Then it has no Latin letter, and its fillers are `Б`, the key of `<`.
    """
    if any("A" <= sign <= "Z" for sign in line) or not any(map(is_cyrillic, line)):
        return False
    return "<" not in line or any(is_cyrillic(sign) and sign not in _LOOKALIKES for sign in line)


def by_key(line: str) -> str:
    """The line as the keys would have typed it on a Latin layout."""
    return line.translate(_BY_KEY)


def by_look(line: str) -> tuple[str, int]:
    """The line with Cyrillic letters that look Latin made Latin, and how many there were."""
    return line.translate(_BY_LOOK), sum(sign in _LOOKALIKES for sign in line)
