"""Which number plate does a vehicle of a nation carry?"""

from functools import cache

_LETTERS = "ABCEHKMPT"
# `#` digit, `@` letter; Chinese lorries here come from Xinjiang, whose sign is written XIN.
_PATTERNS = {
    "KGZ": "0#KG###@@@",
    "KAZ": "###@@@0#",
    "UZB": "60@###@@",
    "TJK": "####@@0#",
    "RUS": "@###@@5#",
    "CHN": "XINN#####",
    "TUR": "34@@###",
    "IRN": "##@####",
}


@cache
def _pattern(nation: str) -> str:
    return _PATTERNS.get(nation, _PATTERNS["KGZ"])


def plate(nation: str, index: int) -> str:
    """The plate of the vehicle with that index: always the same one."""
    mixed = index * 2_654_435_761 % 4_294_967_296
    signs = []
    for sign in _pattern(nation):
        if sign == "#":
            mixed, digit = divmod(mixed, 10)
            signs.append(str(digit))
        elif sign == "@":
            mixed, place = divmod(mixed, len(_LETTERS))
            signs.append(_LETTERS[place])
        else:
            signs.append(sign)
    return "".join(signs)
