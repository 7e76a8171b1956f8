"""Escorts: who travels along, with papers that hold until the way back, and what she reports."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.choices import EscortKind, JourneyStatus
from safar.assistance.movements.models import Escort, MovementJourney, TravelHealth
from safar.assistance.movements.rules.booking import escorts_missing, paper_that_ends
from safar.core.action import action
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

BEFORE = (JourneyStatus.HELD, JourneyStatus.TICKETED)


@dataclass(frozen=True)
class NewEscort:
    """Somebody who travels along. `visa_until` None where she needs no visa."""

    kind: str
    name: str
    passport: str
    passport_until: date
    returns_on: date
    visa_until: date | None = None


@action("movements.add_escort", policies=(in_sight, still_open))
def add_escort(actor: Actor, journey: MovementJourney, *, new: NewEscort) -> Escort:
    """Put an escort on a journey.

    Raises:
        RuleBroken: her passport or visa ends before the way back, or she is back too early.
    """
    if journey.status not in BEFORE:
        raise RuleBroken(_("This journey has begun, or is over."))
    if new.kind not in (EscortKind.OPERATIONAL, EscortKind.MEDICAL):
        raise RuleBroken(_("Say what kind of escort it is."), field="kind")
    _check_papers(journey, new)
    made = Escort.objects.create(case_id=journey.case_id, journey=journey, **vars(new))
    _changed(journey)
    return made


def _check_papers(journey: MovementJourney, new: NewEscort) -> None:
    last = journey.legs.order_by("-number").first()
    if last is not None and new.returns_on < timezone.localdate(last.arrives_at):
        raise RuleBroken(_("The way back lies before the last landing."), field="returns_on")
    ends = paper_that_ends(new.returns_on, new.passport_until, new.visa_until)
    if ends is None:
        return
    paper, day = ends
    words = {
        "name": new.name,
        "day": date_format(day, "j E Y"),
        "back": date_format(new.returns_on, "j E Y"),
    }
    text = (
        gettext("The passport of %(name)s holds until %(day)s. The way back is on %(back)s.")
        if paper == "passport"
        else gettext("The visa of %(name)s holds until %(day)s. The way back is on %(back)s.")
    )
    raise RuleBroken(text % words, field=f"{paper}_until")


@action("movements.remove_escort", policies=(in_sight, still_open))
def remove_escort(actor: Actor, escort: Escort) -> MovementJourney:
    """Take an escort off a journey that has not begun.

    Raises:
        RuleBroken: the tickets are issued, and somebody needs her on board.
    """
    journey = MovementJourney.objects.select_for_update().get(pk=escort.journey_id)
    if journey.status not in BEFORE:
        raise RuleBroken(_("This journey has begun, or is over."))
    seats = journey.passengers.values("member")
    demanded = TravelHealth.objects.filter(member__in=seats).values_list("escort", flat=True)
    others = journey.escorts.exclude(pk=escort.pk).values_list("kind", flat=True)
    if journey.status == JourneyStatus.TICKETED and escorts_missing(demanded, others):
        raise RuleBroken(_("Somebody on this journey needs this escort. Add another one first."))
    escort.delete()
    _changed(journey)
    return journey


@action("movements.report_escort", policies=(in_sight,))
def report_escort(actor: Actor, escort: Escort, *, on: date, words: str) -> Escort:
    """Keep what an escort reported when she was back."""
    if escort.reported_on is not None:
        raise RuleBroken(_("This escort has reported already."))
    if escort.journey.status not in (JourneyStatus.DEPARTED, JourneyStatus.ARRIVED):
        raise RuleBroken(_("The journey has not begun."))
    if on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="on")
    if not words.strip():
        raise RuleBroken(_("Write down what she reported."), field="words")
    escort.reported_on, escort.report = on, words.strip()
    escort.save()
    return escort


def _changed(journey: MovementJourney) -> None:
    journey.revision += 1
    journey.save()
