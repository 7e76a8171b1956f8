"""How are Russian names written in the zone of an internal passport (`PNRUS`), and back?

One sign stands for one letter: digits and Latin letters that have no other use
(order 605 of the Ministry of Internal Affairs of Russia, 2017, annex).
"""

from typing import Final

_CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
_SIGNS = "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678"
_BACK = str.maketrans(_SIGNS, _CYRILLIC)
_THERE = str.maketrans(_CYRILLIC, _SIGNS)

DIGITS: Final = frozenset("2346789")
"""Digits that stand for letters in these names."""


def is_internal(code: str, issuer: str) -> bool:
    """Whether a document is a Russian internal passport, by code and issuer."""
    return code == "PN" and issuer == "RUS"


def cyrillic(name: str) -> str:
    """`YSYPOVA 7LI8` → `ЫСЫПОВА ЮЛИЯ`."""
    return name.translate(_BACK)


def zone_signs(name: str) -> str:
    """The zone's spelling of a name in Russian letters; spaces and hyphens become `<`.

    Raises:
        ValueError: the name holds a letter that Russian does not have.
    """
    signs = name.upper().replace("-", "<").replace(" ", "<").translate(_THERE)
    if not signs.isascii():
        raise ValueError("An internal passport of Russia needs a name in Russian letters.")
    return signs
