"""What is the check digit of these characters? (ICAO Doc 9303-3 §4.9)"""

from operator import mul

_LEGAL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = bytes(max(_LEGAL.find(chr(code)), 0) for code in range(256))
_WEIGHTS = (7, 3, 1) * 60
_DIGITS = "0123456789"


def check_digit(text: str) -> str:
    """The digit for digits (their value), A-Z (10 to 35) and `<` (0), weights 7 3 1, modulo 10.

    A sign outside this alphabet counts 0; `read` reports such signs itself.
    """
    values = text.encode("ascii", "replace").translate(_VALUES)
    return _DIGITS[sum(map(mul, values, _WEIGHTS)) % 10]


def blind_pairs(character: str) -> str:
    """The other signs that modulo 10 cannot tell from this one, in any position.

    All three weights are prime to 10, so a change of one sign is missed exactly where the two
    values differ by a multiple of 10: `0AKU<`, `1BLV` and so on.
    """
    value = _value(character) % 10
    signs = _LEGAL + "<"
    return "".join(sign for sign in signs if sign != character and _value(sign) % 10 == value)


def _value(sign: str) -> int:
    return max(_LEGAL.find(sign), 0)
