"""Nobody who needs company flies without: an escort that health asks for, an adult for a child."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from safar.assistance.cases.models import CaseMember
from safar.assistance.movements.choices import Boarded, EscortKind
from safar.assistance.movements.models import (
    MovementJourney,
    Passenger,
    TravelHealth,
    TravelTogether,
)
from safar.assistance.movements.models.journeys import LIVE
from safar.assistance.movements.rules.ages import is_child
from safar.assistance.movements.rules.booking import escorts_missing
from safar.core.errors import RuleBroken


def check_company(
    journey: MovementJourney, members: dict[UUID, CaseMember], first_day: date
) -> None:
    """Refuse where these members would fly without the company that they need.

    Raises:
        RuleBroken: an escort is missing, or nobody of age flies with the children.
    """
    escorts = list(journey.escorts.values_list("kind", flat=True))
    _require_escorts(members, escorts)
    flying = list(members.values())
    children = _children(flying, first_day)
    if not children or len(children) < len(flying) or escorts:
        return
    if len(_children(along := _along(journey), first_day)) < len(along):
        return
    names = ", ".join(str(one.person) for one in children)
    raise RuleBroken(
        gettext(
            "%(names)s would fly without an adult. Add an escort, or book the flight of an adult "
            "who travels along."
        )
        % {"names": names}
    )


def _require_escorts(members: Iterable[UUID], escorts: Iterable[str]) -> None:
    demanded = TravelHealth.objects.filter(member__in=list(members))
    if missing := escorts_missing(demanded.values_list("escort", flat=True), escorts):
        names = ", ".join(str(EscortKind(one).label) for one in missing)
        raise RuleBroken(
            gettext("Somebody needs an escort on this journey: %(names)s. Add one first.")
            % {"names": names}
        )


def _children(people: Iterable[CaseMember], day: date) -> list[CaseMember]:
    return [one for one in people if is_child(one.person.birth, day)]


def _along(journey: MovementJourney) -> list[CaseMember]:
    """Who flies in the same first flight, of the cases that travel together with this one."""
    first = journey.legs.order_by("number")[0]
    pairs = TravelTogether.objects.filter(Q(one=journey.case_id) | Q(other=journey.case_id))
    keys = {key for pair in pairs.values_list("one", "other") for key in pair} - {journey.case_id}
    seats = Passenger.objects.filter(
        case__in=keys,
        boarded__in=(Boarded.BOOKED, Boarded.BOARDED),
        journey__status__in=LIVE,
        journey__legs__flight=first.flight,
        journey__legs__departs_at=first.departs_at,
    )
    return [one.member for one in seats.select_related("member__person")]
