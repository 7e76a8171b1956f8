"""What does an e-visa say in its JSON seal (VDS-NC), and what is written there?

The names are Safar's own under `icao.visa`: ICAO's profile leaves the message of a visa to the
issuing state.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from safar.control.visas.rules.sealed import Sealed
from safar.lib.partial_dates import PartialDate

TYPE: Final = "icao.visa"
_LONGEST: Final = 80


def message_of(content: Sealed) -> dict[str, Any]:
    """The message of an e-visa. Dates in ISO form; a birth date with its unknown parts left off."""
    return {
        "number": content.number,
        "passport": content.passport_number,
        "surname": content.surname,
        "given": content.given_names,
        "nationality": content.nationality,
        "birth": str(content.birth or ""),
        "sex": content.sex,
        "from": content.valid_from.isoformat() if content.valid_from else "",
        "until": content.valid_until.isoformat() if content.valid_until else "",
        "entries": content.entries,
        "stay": content.stay_days,
    }


def of_message(country: str, message: Mapping[str, Any]) -> Sealed | None:
    """The content of a message; None where a part is missing or is no such value."""
    try:
        return Sealed(
            country=country,
            number=_text(message, "number"),
            passport_number=_text(message, "passport"),
            surname=_text(message, "surname"),
            given_names=_text(message, "given"),
            nationality=_text(message, "nationality"),
            birth=PartialDate.parse(_text(message, "birth")),
            sex=_text(message, "sex"),
            valid_from=date.fromisoformat(_text(message, "from")),
            valid_until=date.fromisoformat(_text(message, "until")),
            entries=_count(message, "entries"),
            stay_days=_count(message, "stay"),
        )
    except (KeyError, ValueError, TypeError):
        return None


def _text(message: Mapping[str, Any], name: str) -> str:
    value = message[name]
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError(name)
    return value


def _count(message: Mapping[str, Any], name: str) -> int:
    value = message[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 9999:
        raise ValueError(name)
    return value
