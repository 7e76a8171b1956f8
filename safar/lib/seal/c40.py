"""How do capital letters, digits and fillers become bytes? (ICAO Doc 9303-13 Annex A: C40)"""

from typing import Final

from safar.lib.seal.errors import SealError

ALPHABET: Final = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUE: Final = {sign: value for value, sign in enumerate(ALPHABET, start=3)} | {"<": 3}
_SIGN: Final = dict(enumerate(ALPHABET, start=3))
_UNLATCH: Final = 0xFE


def encode(text: str) -> bytes:
    """Three signs in two bytes; `<` becomes a space. SealError for any other sign."""
    if wrong := next((sign for sign in text if sign not in _VALUE), ""):
        raise SealError("seal.cannot_write", reason=f"“{wrong}” is no capital letter or digit.")
    return b"".join(_pair(text[at : at + 3]) for at in range(0, len(text), 3))


def _pair(part: str) -> bytes:
    if len(part) == 1:
        sign = " " if part == "<" else part
        return bytes((_UNLATCH, ord(sign) + 1))
    values = [_VALUE[sign] for sign in part] + [0] * (3 - len(part))
    return (1600 * values[0] + 40 * values[1] + values[2] + 1).to_bytes(2, "big")


def decode(data: bytes) -> str:
    """The text, its fillers as spaces.

    SealError `seal.bad_text` for odd lengths, shifts, unknown signs, or padding before the end.
    """
    if len(data) % 2:
        raise SealError("seal.bad_text")
    pairs = [data[at : at + 2] for at in range(0, len(data), 2)]
    return "".join(_signs(pair, last=pair is pairs[-1]) for pair in pairs)


def _signs(pair: bytes, *, last: bool) -> str:
    if pair[0] == _UNLATCH and last:
        sign = chr(max(pair[1], 1) - 1)
        return sign if sign in ALPHABET else _refuse()
    value = int.from_bytes(pair, "big") - 1
    if value < 0:
        return _refuse()
    values = [value // 1600, value // 40 % 40, value % 40]
    while last and values and not values[-1]:
        values.pop()
    return "".join(_SIGN[one] if one in _SIGN else _refuse() for one in values)


def _refuse() -> str:
    raise SealError("seal.bad_text")
