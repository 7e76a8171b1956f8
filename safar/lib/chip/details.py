"""What do DG11 and DG12 say of holder and document? (ICAO Doc 9303-10 §4.7.11 and §4.7.12)"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from safar.lib.chip import der
from safar.lib.partial_dates import PartialDate

_TEXT: Final = 500
_NESTED = 0xA0


@dataclass(frozen=True, slots=True)
class Holder:
    """DG11: names in the state's own script as written there, `<` turned to spaces."""

    full_name: str = ""
    other_names: tuple[str, ...] = ()
    personal_number: str = ""
    birth: PartialDate | None = None
    birth_place: str = ""
    address: str = ""
    telephone: str = ""
    profession: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """DG12: who issued the document, and when."""

    authority: str = ""
    issued: date | None = None
    endorsements: str = ""


def read_holder(data: bytes) -> Holder:
    """Read DG11.

    Raises:
        ChipError: broken.
    """
    found = _values(data, 0x6B)
    return Holder(
        full_name=_text(found, 0x5F0E),
        other_names=tuple(_plain(value) for value in found.get(0x5F0F, [])),
        personal_number=_text(found, 0x5F10),
        birth=_birth(found.get(0x5F2B, [b""])[0]),
        birth_place=_text(found, 0x5F11),
        address=_text(found, 0x5F42),
        telephone=_text(found, 0x5F12),
        profession=_text(found, 0x5F13),
        title=_text(found, 0x5F14),
    )


def read_issue(data: bytes) -> Issue:
    """Read DG12.

    Raises:
        ChipError: broken.
    """
    found = _values(data, 0x6C)
    day = _birth(found.get(0x5F26, [b""])[0])
    issued = day.earliest() if day and day.is_full else None
    return Issue(_text(found, 0x5F19), issued, _text(found, 0x5F1B))


def _values(data: bytes, tag: int) -> dict[int, list[bytes]]:
    """Tag → its values; lists of one kind (tag A0) are opened, the list of tags left out."""
    found: dict[int, list[bytes]] = {}
    for part in _open(der.whole(data, tag, "a group of details").value):
        found.setdefault(part.tag, []).append(part.value)
    return found


def _open(value: bytes) -> Iterator[der.Part]:
    for part in der.parts(value, 60):
        if part.tag == _NESTED:
            yield from (inner for inner in der.parts(part.value, 60) if inner.tag != 0x02)
        elif part.tag != 0x5C:
            yield part


def _text(found: dict[int, list[bytes]], tag: int) -> str:
    return _plain(found.get(tag, [b""])[0])


def _plain(value: bytes) -> str:
    """UTF-8, or what early chips wrote; signs that cannot be seen are left out."""
    value = value[: 4 * _TEXT]
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    text = " ".join(text.replace("<", " ").split())
    return "".join(sign for sign in text if sign.isprintable())[:_TEXT]


def _birth(value: bytes) -> PartialDate | None:
    """CCYYMMDD, as digits or packed two to a byte; what is no date of the calendar is None."""
    digits = value.hex() if len(value) == 4 else value.decode("ascii", "replace")
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        return PartialDate(year, month or None, (day or None) if month else None)
    except ValueError:
        return None
