"""One movement as its page shows it: the file, and who travels along with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from safar.assistance.cases.models import Case
from safar.assistance.movements.models import MovementFile, MovementScheme, TravelTogether
from safar.core.errors import NotFound
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Along:
    """A case that travels along, and why."""

    pair: TravelTogether
    case: Case


def file_of(actor: Actor, case_key: UUID) -> MovementFile:
    """Return the file of a movement in sight.

    Raises:
        NotFound: the same whether it is missing or out of her sight.
    """
    files = MovementFile.objects.visible_to(actor).select_related(
        "case__office", "case__lead", "scheme"
    )
    found = files.filter(case=case_key).first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def schemes_on(day: date) -> "QuerySet[MovementScheme]":
    """The schemes of receiving states in force on a day."""
    in_force = MovementScheme.objects.filter(valid_from__lte=day)
    return in_force.filter(Q(valid_to=None) | Q(valid_to__gte=day))


def by_number(actor: Actor, number: str) -> Case | None:
    """An open movement in sight, by its number."""
    cases = Case.objects.visible_to(actor).filter(movement__isnull=False, closed_on=None)
    return cases.filter(number__iexact=number.strip()).first()


def along(actor: Actor, case: Case) -> list[Along]:
    """The cases in sight that travel together with this one."""
    pairs = TravelTogether.objects.visible_to(actor).filter(Q(one=case) | Q(other=case))
    rows = pairs.select_related("one", "other")
    return [Along(row, row.other if row.one_id == case.pk else row.one) for row in rows]
