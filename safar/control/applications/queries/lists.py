"""What did the lists say of an applicant, and does it still hold?"""

from typing import Any, TypeVar

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from safar.control.applications import rules
from safar.control.applications.models import ListMatchBase
from safar.control.watchlist import queries as lists
from safar.core.permissions import Actor

Match = TypeVar("Match", bound=ListMatchBase)


def last_screening(screenings: Any, person: lists.Person) -> Any:
    """The last look at the lists, if it was for the person as she stands there now and is fresh."""
    found = screenings.filter(mark=lists.traveller_mark(person)).first()
    return found if found and rules.is_fresh(found.at, timezone.now()) else None


def opened_matches(actor: Actor, rows: QuerySet[Match], *, judges: bool, what: str) -> list[Match]:
    """Likenesses that she may see, with their entries.

    Whoever judges reads the entries: each is on record as opened before it leaves.
    """
    found = list(rows.select_related("entry__list__owner").prefetch_related(
        Prefetch("entry__names"), Prefetch("entry__births")
    ))  # fmt: skip
    if judges and found:
        named = [row.entry_id for row in found]
        lists.opened_hits(actor, named, shown=len(found), found=len(found), what=what)
    return found


def reasons(match: ListMatchBase) -> list[lists.Reason]:
    """The reasons that were kept with a likeness, in the language of the reader."""
    return [lists.Reason(item["code"], item["params"]) for item in match.reasons]


def unknown_to(screening: Any, person: lists.Person) -> list[lists.Match]:
    """What the lists say now and did not say when they were asked."""
    known = set(screening.matches.values_list("entry_id", "entry_version"))
    return [one for one in lists.screen(person) if (one.entry_id, one.entry_version) not in known]
