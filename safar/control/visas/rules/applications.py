"""What is missing, what cannot be, and is it settled? Pure: on plain values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from safar.control.applications.rules import Problem
from safar.lib.partial_dates import PartialDate

FARTHEST_ARRIVAL: Final = 365  # days from today
DRAFT_DAYS: Final = 30
ANSWERS: Final = (
    "surname", "birth", "nationality", "document_kind", "issuer", "document_number",
    "document_issued_on", "document_expires_on", "kind", "consulate", "purpose",
    "entries_asked", "arrives_on", "leaves_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needs:
    """What a kind asks for; see `models.VisaKind`."""

    entries: tuple[str, ...]
    max_days: int
    max_validity_days: int
    document_days: int
    papers: tuple[str, ...] = ()
    inviter: bool = False


def missing(given: Mapping[str, Any], papers: Collection[str], needs: Needs | None) -> list[str]:
    """Return the answers and papers (`paper.photo`) that are not there, in the form's order."""
    asked = [*ANSWERS, *(["inviter"] if needs and needs.inviter else [])]
    wanted = needs.papers if needs else ()
    return [
        *(name for name in asked if given.get(name) in (None, "")),
        *(f"paper.{kind}" for kind in wanted if kind not in papers),
    ]


def problems(given: Mapping[str, Any], needs: Needs | None, today: date) -> list[Problem]:
    """Return what cannot be among the answers so far; what is not there yet is no problem."""
    found = [*_of_document(given, today), *_of_dates(given, today)]
    if needs is not None:
        found += _of_kind(given, needs)
    return found


def _of_document(given: Mapping[str, Any], today: date) -> list[Problem]:
    birth: PartialDate | None = given.get("birth")
    issued, expires = given.get("document_issued_on"), given.get("document_expires_on")
    found = []
    if birth and birth.earliest() > today:
        found.append(Problem("birth.future", "birth"))
    if issued and issued > today:
        found.append(Problem("issued.future", "document_issued_on"))
    if issued and birth and issued < birth.earliest():
        found.append(Problem("issued.before_birth", "document_issued_on"))
    if issued and expires and expires <= issued:
        found.append(Problem("expires.before_issue", "document_expires_on"))
    elif expires and expires < today:
        found.append(Problem("expires.past", "document_expires_on"))
    return found


def _of_dates(given: Mapping[str, Any], today: date) -> list[Problem]:
    arrives, leaves = given.get("arrives_on"), given.get("leaves_on")
    found = []
    if arrives and arrives < today:
        found.append(Problem("arrives.past", "arrives_on"))
    if arrives and (arrives - today).days > FARTHEST_ARRIVAL:
        found.append(Problem("arrives.far", "arrives_on", {"days": FARTHEST_ARRIVAL}))
    if arrives and leaves and leaves < arrives:
        found.append(Problem("leaves.before", "leaves_on"))
    return found


def _of_kind(given: Mapping[str, Any], needs: Needs) -> list[Problem]:
    arrives, leaves = given.get("arrives_on"), given.get("leaves_on")
    entries, expires = given.get("entries_asked"), given.get("document_expires_on")
    found = []
    if entries and entries not in needs.entries:
        found.append(Problem("entries.other", "entries_asked"))
    if arrives and leaves and leaves >= arrives:
        most = needs.max_days if entries == "1" else needs.max_validity_days
        days = (leaves - arrives).days + 1
        if days > most:
            found.append(Problem("days.many", "leaves_on", {"days": days, "most": most}))
    if arrives and expires:
        until = max(_days_after(arrives, needs.document_days), leaves or arrives)
        if expires < until:
            params = {"expires": expires, "arrives": arrives, "until": until}
            found.append(Problem("expires.soon", "document_expires_on", params))
    return found


def _days_after(day: date, count: int) -> date:
    """So many days later; the last day there is where the calendar ends before."""
    return day + timedelta(days=min(count, (date.max - day).days))


def stay_days(arrives: date, leaves: date, needs: Needs) -> int:
    """The days of stay that are asked for: the whole time, or the kind's most."""
    return min((leaves - arrives).days + 1, needs.max_days)


def given_within(
    entries: str, days: int, first: date, last: date, needs: Needs, expires: date
) -> list[Problem]:
    """Return why this cannot be granted: more than the kind or the travel document allows."""
    validity = (last - first).days + 1
    found = []
    if entries not in needs.entries:
        found.append(Problem("entries.other", "entries"))
    if not 1 <= days <= needs.max_days:
        found.append(Problem("days.many", "days", {"days": days, "most": needs.max_days}))
    if last < first:
        found.append(Problem("leaves.before", "last"))
    elif validity > needs.max_validity_days or days > validity:
        params = {"days": validity, "most": needs.max_validity_days}
        found.append(Problem("days.validity", "last", params))
    if last > expires:
        found.append(Problem("expires.first", "last", {"expires": expires}))
    return found
