"""May this traveller enter with this visa today? Findings from the seal, the zone, the register.

Each finding is a code and what its sentence needs. A seal proves what was issued, not that this
sticker is the one: holder, number and used entries are looked at too (ICAO Doc 9303-13 §6).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from safar.control.visas.rules.sealed import Sealed
from safar.control.visas.rules.visa_facts import Found, Holder, Registered, VisaFacts, VisaSeen
from safar.lib.names import fold, likeness
from safar.lib.partial_dates import PartialDate

SAME_NAME: Final = 0.85
"""Likeness from which two spellings are one name, where number and date of birth agree."""
SHORTEST_CUT: Final = 20
"""Letters that must agree before a sealed name counts as cut off (a zone holds 31 or 39 signs)."""
NOT_READ: Final = "visa.seal_not_read"

# The verdict on a seal -> what the booth is told.
_OF_SEAL: Final = {
    "seal.altered": "visa.altered",
    "seal.unknown_signer": "visa.unknown_signer",
    "seal.untrusted_signer": "visa.unknown_signer",
    "seal.foreign_signer": "visa.unknown_signer",
    "seal.wrong_use": "visa.unknown_signer",
    "seal.revoked": "visa.signer_revoked",
    "seal.certificate_ended": "visa.signer_time",
    "seal.certificate_early": "visa.signer_time",
    "seal.future": "visa.signer_time",
    "seal.unreadable": "visa.unreadable",
}


def check(facts: VisaFacts) -> VisaSeen:
    """All findings on a visa. Sound: nothing stands against it and a seal was verified."""
    against = list(_against(facts))
    content = facts.content
    if against or content is None or facts.seal is None:
        return _unsound(facts, against)
    until = _until(facts, content)
    return VisaSeen(
        (_sound(facts, content, until), *_beside(facts)),
        sound=True,
        counts=True,
        number=content.number,
        entries=content.entries,
        until=until,
    )


def _unsound(facts: VisaFacts, against: list[Found]) -> VisaSeen:
    granted = facts.granted
    return VisaSeen(
        (*against, *_beside(facts)),
        counts=_looked_past(facts, against),
        number=granted.number if granted else "",
        entries=granted.entries if granted else 0,
    )


def _looked_past(facts: VisaFacts, against: list[Found]) -> bool:
    """Whether it is her visa all the same: the code unreadable, or her passport renewed since."""
    known = facts.seal is not None or facts.register.visa is not None
    return known and bool(against) and all(
        code == NOT_READ or (code == "visa.wrong_holder" and said["what"] == "number")
        for code, said in against
    )  # fmt: skip


def _against(facts: VisaFacts) -> Iterator[Found]:
    if facts.seal is not None:
        code = _OF_SEAL.get(facts.seal.code)
        if code:
            yield code, dict(facts.seal.params)
            return  # of an unsound seal nothing is believed, its number neither
        yield from _later_revoked(facts)
    content = facts.content
    if content is None:
        yield "visa.no_visa", {}
        return
    if content.country != facts.host:
        yield "visa.other_country", {"country": content.country}
        return
    if facts.seal is None:
        yield NOT_READ, {}
    yield from _other_zone(facts)
    yield from _other_holder(facts.holder, facts.granted or content)
    yield from _register(facts, content)
    if facts.entering:
        yield from _dates(facts, content)
        yield from _used(facts, content)


def _later_revoked(facts: VisaFacts) -> Iterator[Found]:
    """The date in a seal is its signer's word: after a theft of the key only the register helps."""
    if facts.seal is None or facts.seal.code != "seal.revoked_later":
        return
    held = facts.register.visa
    if held is None or held.seal != facts.seal.raw:
        yield "visa.signer_revoked", dict(facts.seal.params)


def _other_zone(facts: VisaFacts) -> Iterator[Found]:
    if facts.seal is None or facts.seal.content is None or not facts.zone:
        return
    sealed = facts.seal.content.lines
    printed = tuple(line[: len(part)] for line, part in zip(facts.zone, sealed, strict=False))
    if sealed and printed != sealed:
        yield "visa.other_zone", {"number": facts.seal.content.number}


def _other_holder(holder: Holder, content: Sealed) -> Iterator[Found]:
    another = not _same_birth(content.birth, holder.birth) or not _same_name(content, holder)
    if content.passport_number and _bare(content.passport_number) != _bare(holder.number):
        code = "visa.copied" if another else "visa.wrong_holder"
        yield code, _other("number", content.passport_number, holder.number)
    elif not _same_birth(content.birth, holder.birth):
        yield "visa.wrong_holder", _other("birth", str(content.birth or ""), str(holder.birth))
    elif not _same_name(content, holder):
        yield "visa.wrong_holder", _other("name", content.name, holder.name)
    elif content.nationality and content.nationality != holder.nationality:
        yield "visa.wrong_holder", _other("country", content.nationality, holder.nationality)


def _other(what: str, sealed: str, shown: str) -> dict[str, Any]:
    return {"what": what, "sealed": sealed, "shown": shown}


def _bare(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _same_birth(sealed: PartialDate | None, shown: PartialDate | None) -> bool:
    return sealed is None or shown is None or sealed.agrees(shown)


def _same_name(content: Sealed, holder: Holder) -> bool:
    """The same letters, a name that the zone cut off, or another spelling of the region."""
    one, other = _letters(content.name), _letters(holder.name)
    cut = min(len(one), len(other))
    if one == other or (cut >= SHORTEST_CUT and one[:cut] == other[:cut]):
        return True
    if fold(content.name) == fold(holder.name):
        return True
    return likeness(content.name, holder.name).score >= SAME_NAME


def _letters(name: str) -> str:
    return "".join(sign for sign in name.upper() if sign.isalpha())


def _register(facts: VisaFacts, content: Sealed) -> Iterator[Found]:
    held = facts.register
    if held.blank:
        yield "visa.stolen_blank", {"number": content.number, "state": held.blank}
    if held.source == "list":
        if held.listed in ("revoked", "annulled"):
            yield f"visa.{held.listed}", _since(content, held.since, "")
        return
    if held.visa is None:
        yield "visa.not_in_register", {"number": content.number}
        return
    if held.visa.status in ("revoked", "annulled"):
        yield f"visa.{held.visa.status}", _since(content, held.visa.ended_on, held.visa.ground)
    if _differs(facts, held.visa, content):
        yield "visa.differs", {"number": content.number}


def _since(content: Sealed, on: date | None, ground: str) -> dict[str, Any]:
    return {"number": content.number, "on": on.isoformat() if on else "", "ground": ground}


def _differs(facts: VisaFacts, held: Registered, content: Sealed) -> bool:
    """Sealed by a right key, and yet not what was issued: somebody used the key for himself."""
    if facts.seal is not None and held.seal:
        return held.seal != facts.seal.raw
    there = held.content
    return (there.passport_number, there.valid_until) != (
        content.passport_number or there.passport_number,
        content.valid_until,
    )


def _dates(facts: VisaFacts, content: Sealed) -> Iterator[Found]:
    first, last = _first_day(facts, content), content.valid_until
    if first and facts.today < first:
        yield "visa.not_yet", {"since": first.isoformat(), "number": content.number}
    if last is None or facts.today > last:
        until = last.isoformat() if last else ""
        yield "visa.expired", {"until": until, "number": content.number}


def _first_day(facts: VisaFacts, content: Sealed) -> date | None:
    held = facts.register.visa
    return content.valid_from or (held.content.valid_from if held else None)


def _used(facts: VisaFacts, content: Sealed) -> Iterator[Found]:
    held = facts.register
    granted = facts.granted or content  # a zone alone says nothing of entries and days
    entries = granted.entries
    over = bool(entries) and held.uses >= entries
    if over or held.listed == "used_up":
        on = held.last_used or held.since
        params = {"uses": max(held.uses, 1), "entries": entries, "number": content.number}
        yield "visa.used_up", {**params, "on": on.isoformat() if on else ""}
    elif granted.stay_days and held.days_used >= granted.stay_days:
        yield "visa.days_used", {"used": held.days_used, "stay": granted.stay_days}


def _until(facts: VisaFacts, content: Sealed) -> date | None:
    """The last day of the stay: of the days that are left, and never after the visa's last day."""
    if not facts.entering:
        return None
    left = content.stay_days - facts.register.days_used
    last = facts.today + timedelta(days=left - 1)
    return min(last, content.valid_until) if content.valid_until else last


def _sound(facts: VisaFacts, content: Sealed, until: date | None) -> Found:
    return "visa.sound", {
        "number": content.number,
        "entries": content.entries,
        "uses": facts.register.uses,
        "stay": content.stay_days,
        "until": until.isoformat() if until else "",
        "first": content.valid_from.isoformat() if content.valid_from else "",
        "last": content.valid_until.isoformat() if content.valid_until else "",
    }


def _beside(facts: VisaFacts) -> Iterator[Found]:
    """What is said of the list that stands in for the register."""
    if facts.register.source != "list":
        return
    age = facts.register.age
    if age is None:
        yield "visa.no_list", {}
    else:
        code = "visa.list_old" if age >= facts.register.old_after else "visa.by_list"
        yield code, {"hours": int(age.total_seconds() // 3600)}
