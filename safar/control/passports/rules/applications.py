"""What is missing, what cannot be, and is it settled? Pure: on plain values."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

from safar.control.applications.rules import Problem
from safar.lib.mrz.personal_numbers import holder
from safar.lib.partial_dates import PartialDate

OF_AGE: Final = 18
ANSWERS: Final = ("surname", "birth", "nationality", "reason")
NATIONAL: Final = ("passport", "card")
OF_REASON: Final = {
    "expired": ("earlier",),
    "damaged": ("earlier",),
    "lost": ("loss",),
    "stolen": ("loss",),
    "changed_name": ("earlier", "name_change"),
    "second": ("need",),
}


def is_child(birth: PartialDate | None, today: date) -> bool:
    """Under eighteen, as far as the date of birth tells: who may be of age, counts as of age."""
    if birth is None:
        return False
    age = PartialDate.of(birth.earliest()).age_on(today)
    return age is not None and age < OF_AGE


def wanted_papers(
    given: Mapping[str, Any], consents: Collection[str], today: date
) -> tuple[str, ...]:
    """The papers that an application needs, in the order in which they are asked for."""
    child = is_child(given.get("birth"), today)
    wanted = ["photo", "identity" if given.get("kind") in NATIONAL else "status"]
    wanted += OF_REASON.get(given.get("reason") or "", ())
    if child:
        wanted.append("birth")
        wanted += _of_consents(set(consents))
    elif not given.get("came_herself"):
        wanted.append("proxy")
    return tuple(dict.fromkeys(wanted))


def _of_consents(consents: set[str]) -> list[str]:
    if "guardian" in consents:
        return ["guardianship"]
    return ["custody"] if len(consents) == 1 else []


def missing(
    given: Mapping[str, Any], papers: Collection[str], consents: Collection[str], today: date
) -> list[str]:
    """Return the answers, consents and papers (`paper.photo`) that are not there."""
    asked = list(ANSWERS)
    if given.get("kind") in NATIONAL:  # a refugee's may lead to those she fled from
        asked.append("birth_place")
    if given.get("reason") not in (None, "", "first", "second"):
        asked += ["earlier_issuer", "earlier_number"]
    if given.get("reason") == "second":
        asked.append("second_reason")
    if not given.get("came_herself") or is_child(given.get("birth"), today):
        asked += ["representative_name", "representative_document"]
    found = [name for name in asked if given.get(name) in (None, "")]
    if is_child(given.get("birth"), today) and not consents:
        found.append("consents")
    wanted = wanted_papers(given, consents, today)
    return [*found, *(f"paper.{kind}" for kind in wanted if kind not in papers)]


def problems(given: Mapping[str, Any], state: str, today: date) -> list[Problem]:
    """Return what cannot be among the answers so far. `state`: the ICAO code of the issuer."""
    birth: PartialDate | None = given.get("birth")
    found = []
    if birth and birth.earliest() > today:
        found.append(Problem("birth.future", "birth"))
    elif birth and today.year - birth.earliest().year > 125:
        found.append(Problem("birth.far", "birth"))
    if given.get("kind") in NATIONAL and given.get("nationality") not in (None, "", state):
        found.append(Problem("nationality.other", "nationality"))
    alone = birth and not given.get("came_herself") and not is_child(birth, today)
    if alone and given.get("reason") == "first":
        found.append(Problem("first.herself", "came_herself"))
    if given.get("second_reason") and given.get("reason") != "second":
        found.append(Problem("second.unasked", "second_reason"))
    return found


def remarks(given: Mapping[str, Any], state: str) -> list[Problem]:
    """What is odd about the personal number, which tells of birth and sex in some states.

    It stops nothing: numbers were given out wrongly, and their holders are not to blame.
    """
    said = holder(state, given.get("personal_number") or "")
    if said is None:
        return []
    birth, sex = given.get("birth"), given.get("sex")
    found = []
    if birth and not birth.agrees(said.birth):
        found.append(Problem("personal.birth", "personal_number", {"birth": said.birth}))
    if sex and sex != said.sex:
        found.append(Problem("personal.sex", "personal_number"))
    if not said.check:
        found.append(Problem("personal.check", "personal_number"))
    return found


def runs_out_on(issued: date, birth: PartialDate | None, years: int, years_child: int) -> date:
    """The last day of what is issued on a day: so many years later, less a day."""
    span = years_child if is_child(birth, issued) else years
    try:
        return issued.replace(year=issued.year + span) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(issued.year + span, 2, 28)
