"""What the lists said of an applicant, and what of it she who asks may see."""

from django.db.models import QuerySet

from safar.control.applications import queries as shared
from safar.control.passports.models import Application, ListMatch, ListScreening
from safar.control.passports.queries.people import listed_person
from safar.core.permissions import Actor


def last_screening(application: Application) -> ListScreening | None:
    """The last look at the lists, if it was for the person as she stands there now and is fresh."""
    found: ListScreening | None = shared.last_screening(
        application.screenings, listed_person(application)
    )
    return found


def open_matches(application: Application) -> QuerySet[ListMatch]:
    """What nobody has judged of the last look; what is discreet stops nobody."""
    last = last_screening(application)
    return ListMatch.objects.filter(screening=last, outcome="", discreet=False)


def matches(actor: Actor, screening: ListScreening) -> list[ListMatch]:
    """The likenesses of a screening that she may see; whoever judges reads their entries."""
    rows = ListMatch.objects.visible_to(actor).filter(screening=screening)
    judges = actor.may("passports.judge_listed")
    return shared.opened_matches(actor, rows, judges=judges, what="passport")
