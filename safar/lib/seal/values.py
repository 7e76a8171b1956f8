"""What do the bytes of a field mean? Values of a seal as people and programs use them."""

from dataclasses import dataclass
from typing import Final

from safar.lib.seal import c40
from safar.lib.seal.errors import SealError
from safar.lib.seal.profiles import SECOND_LINE, Field

UNLIMITED: Final = 0
"""Number of entries where a visa has no limit (Doc 9303-13 §3: zero says so)."""
_UNSAID: Final = 0xFF


@dataclass(frozen=True, slots=True)
class Stay:
    """For how long the holder may stay: the three parts are added together (Doc 9303-13 §3).

    Each part is 0 to 254; None where the seal leaves it open (byte 255).
    """

    days: int | None = 0
    months: int | None = 0
    years: int | None = 0

    def __str__(self) -> str:
        parts = (("day", self.days), ("month", self.months), ("year", self.years))
        said = [f"{count} {unit}{'s' * (count != 1)}" for unit, count in parts if count]
        return " ".join(said) or ("not said" if None in (self.days, self.months) else "0 days")


Value = str | int | Stay | bytes


def read_value(field: Field, data: bytes) -> Value:
    """The value of a field; SealError `seal.bad_value` where its bytes cannot be that.

    A zone is its two lines with a line feed between them; of a visa the second has 28 signs.
    A visa type is text where it is printable ASCII, otherwise hex digits after `0x`.
    """
    try:
        return _read(field, data)
    except (SealError, UnicodeDecodeError):
        raise SealError("seal.bad_value", name=field.name) from None


def _read(field: Field, data: bytes) -> Value:
    match field.coding:
        case "zone":
            return _zone(c40.decode(data).replace(" ", "<"), field.split)
        case "text":
            return c40.decode(data).strip()
        case "number":
            return _number(data)
        case "stay":
            return _stay(data)
        case "utf8":
            return data.decode()
        case "code":
            return _code(data)
        case _:
            return data


def _zone(text: str, split: int) -> str:
    if not split + SECOND_LINE <= len(text) <= split * 2:
        raise SealError("seal.bad_text")
    return f"{text[:split]}\n{text[split:]}"


def _number(data: bytes) -> int:
    if len(data) != 1:
        raise SealError("seal.bad_length")
    return data[0]


def _stay(data: bytes) -> Stay:
    if len(data) != 3:
        raise SealError("seal.bad_length")
    return Stay(*(None if part == _UNSAID else part for part in data))


def _code(data: bytes) -> str:
    if not 1 <= len(data) <= 4:
        raise SealError("seal.bad_length")
    return data.decode() if all(0x20 <= byte < 0x7F for byte in data) else "0x" + data.hex()


def write_stay(stay: Stay) -> bytes:
    """Three bytes; SealError where a part is not 0 to 254."""
    parts = [_UNSAID if part is None else part for part in (stay.days, stay.months, stay.years)]
    if any(not 0 <= part <= _UNSAID for part in parts) or _UNSAID in (
        stay.days, stay.months, stay.years,
    ):  # fmt: skip
        raise SealError("seal.cannot_write", reason="a part of the stay must be 0 to 254.")
    return bytes(parts)


def write_number(number: int, what: str) -> bytes:
    """One byte; SealError where the number is not 0 to 254."""
    if not 0 <= number < _UNSAID:
        raise SealError("seal.cannot_write", reason=f"{what} must be 0 to 254.")
    return bytes((number,))


def write_code(text: str) -> bytes:
    """A visa type of one to four signs, or of bytes in hex after `0x`."""
    try:
        data = bytes.fromhex(text[2:]) if text.startswith("0x") else text.encode("ascii")
    except ValueError:
        data = b""
    if not 1 <= len(data) <= 4:
        raise SealError("seal.cannot_write", reason="a visa type has one to four plain signs.")
    return data
