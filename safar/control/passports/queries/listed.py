"""What the lists said of an applicant, and what of it she who asks may see."""

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from safar.control.passports.models import Application, ListMatch, ListScreening
from safar.control.passports.queries.people import listed_person
from safar.control.passports.rules import applications as rules
from safar.control.watchlist import queries as lists
from safar.core.permissions import Actor


def last_screening(application: Application) -> ListScreening | None:
    """The last look at the lists, if it was for the person as she stands there now and is fresh."""
    mark = lists.traveller_mark(listed_person(application))
    found = application.screenings.filter(mark=mark).first()
    return found if found and rules.is_fresh(found.at, timezone.now()) else None


def open_matches(application: Application) -> QuerySet[ListMatch]:
    """What nobody has judged of the last look; what is discreet stops nobody."""
    last = last_screening(application)
    return ListMatch.objects.filter(screening=last, outcome="", discreet=False)


def matches(actor: Actor, screening: ListScreening) -> list[ListMatch]:
    """The likenesses of a screening that she may see.

    Whoever judges reads the entries: each is on record as opened before it leaves.
    """
    rows = ListMatch.objects.visible_to(actor).filter(screening=screening)
    found = list(rows.select_related("entry__list__owner").prefetch_related(
        Prefetch("entry__names"), Prefetch("entry__births")
    ))  # fmt: skip
    if actor.may("passports.judge_listed") and found:
        named = [row.entry_id for row in found]
        lists.opened_hits(actor, named, shown=len(found), found=len(found), what="passport")
    return found


def reasons(match: ListMatch) -> list[lists.Reason]:
    """The reasons that were kept with a likeness, in the language of the reader."""
    return [lists.Reason(item["code"], item["params"]) for item in match.reasons]
