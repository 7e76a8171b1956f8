"""Who moved in with whom, and who moved out."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from safar.assistance.cases.models import Household, HouseholdMember, Person
from safar.assistance.cases.policies import person_in_sight
from safar.core.action import action, note
from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Actor


@action("cases.move_in", policies=(person_in_sight,))
def move_in(
    actor: Actor, person: Person, *, on: date, household: Household | None = None,
    place: str = "", is_head: bool = False,
) -> HouseholdMember:  # fmt: skip
    """Note that a person lives in a household from a day on; with none named, in a new one.

    Raises:
        RuleBroken: she lives in one on that day or later; it says since when.
        NotFound: nobody lives there whom she who asks may see.
    """
    if household and not Household.objects.visible_to(actor).filter(pk=household.pk).exists():
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    _refuse_two(person, on)
    home = household or Household.objects.create(place=place.strip())
    try:
        with transaction.atomic():
            member = HouseholdMember.objects.create(
                household=home, person=person, is_head=is_head, period=DateRange(on, None)
            )
    except IntegrityError:  # two at once: the database has the last word
        raise RuleBroken(
            _("Somebody noted another household meanwhile. Look again."), field="on"
        ) from None
    note(household=str(home.pk))
    return member


@action("cases.move_out", policies=(person_in_sight,))
def move_out(actor: Actor, member: HouseholdMember, *, on: date) -> HouseholdMember:
    """Note the first day on which a person does not live in a household any more.

    Raises:
        RuleBroken: she moved out already, or the day is not after she moved in.
    """
    if member.period.upper is not None:
        raise RuleBroken(_("This person moved out already."), field="on")
    day = member.period.lower
    if day and on <= day:
        raise RuleBroken(
            _("Moved in on %(day)s: choose a later day.") % {"day": _written(day)}, field="on"
        )
    member.period = DateRange(member.period.lower, on)
    member.save()
    note(household=str(member.household_id))
    return member


def _refuse_two(person: Person, on: date) -> None:
    """The sentence before the database's refusal: which home is in the way."""
    homes = HouseholdMember.objects.filter(person=person, period__overlap=DateRange(on, None))
    home = homes.order_by("period").first()
    if home is None:
        return
    since, until = home.period.lower, home.period.upper
    if until is None:
        why = _("This person lives in a household since %(since)s. Note the moving out first.")
    else:
        why = _(
            "This person lived in a household from %(since)s until %(until)s. Choose a later day."
        )
    last = until - timedelta(days=1) if until else None
    raise RuleBroken(why % {"since": _written(since), "until": _written(last)}, field="on")


def _written(day: date | None) -> str:
    return date_format(day, "j E Y") if day else "–"
