"""How is a visa described in JSON, for the command line and for tests?"""

from datetime import date
from typing import Any

from safar.lib.seal.errors import SealError
from safar.lib.seal.values import Stay
from safar.lib.seal.writing import Visa

_NAMES = {"zone", "passport_number", "stay", "entries", "issued_on", "signed_on", "visa_type"}


def visa_from(said: Any) -> Visa:
    """The visa of a JSON object; SealError `seal.cannot_write` naming what is missing or wrong."""
    if not isinstance(said, dict):
        raise _wrong("it is no object.")
    if strange := sorted(set(said) - _NAMES):
        raise _wrong(f"“{strange[0]}” is no name of a visa's field.")
    return Visa(
        zone=_zone(said),
        passport_number=_text(said, "passport_number"),
        stay=_stay(said.get("stay")),
        entries=_entries(said),
        issued_on=_day(said, "issued_on"),
        signed_on=_day(said, "signed_on"),
        visa_type=_text(said, "visa_type") if "visa_type" in said else "",
    )


def _zone(said: dict[str, Any]) -> list[str]:
    zone = said.get("zone")
    lines = zone.split("\n") if isinstance(zone, str) else zone
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise _wrong("“zone” must be two lines.")
    return lines


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value:
        raise _wrong(f"“{name}” must be a text.")
    return value


def _day(said: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(_text(said, name))
    except ValueError:
        raise _wrong(f"“{name}” must be a day such as 2026-11-22.") from None


def _entries(said: dict[str, Any]) -> int | None:
    entries = said.get("entries", "")
    if entries is None or (isinstance(entries, int) and not isinstance(entries, bool)):
        return entries
    raise _wrong("“entries” must be a number, or null for no limit.")


def _stay(stay: Any) -> Stay:
    if _is_number(stay):
        return Stay(days=stay)
    parts = stay if isinstance(stay, dict) else {"": ""}
    known = set(parts) <= {"days", "months", "years"}
    if known and all(part is None or _is_number(part) for part in parts.values()):
        return Stay(**parts)
    raise _wrong("“stay” must be days, or an object of days, months and years.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _wrong(reason: str) -> SealError:
    return SealError("seal.cannot_write", reason=reason)
