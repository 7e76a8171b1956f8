"""From which of her cases is something written about a person? Behind its wall it stays."""

from typing import Final
from uuid import UUID

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case, Person
from safar.core.permissions import Actor

# Which of several it is, nobody is asked: what is seen by too few does no harm.
STRICTEST_FIRST: Final = (
    Compartment.RESTRICTED,
    Compartment.PROTECTION,
    Compartment.MEDICAL,
    Compartment.PROGRAMME,
    Compartment.OPEN,
)


def written_in(actor: Actor, person: Person) -> UUID | None:
    """The case, of those of hers in sight, from which whoever acts writes: an open one before a
    closed one, then the one behind the strictest wall, then her own, then the newest."""
    cases = Case.objects.visible_to(actor).filter(members__person=person).order_by("-opened_on")
    found = sorted(
        cases,
        key=lambda one: (
            one.closed_on is not None,
            STRICTEST_FIRST.index(Compartment(one.compartment)),
            one.lead_id != actor.user_id,
        ),
    )
    return found[0].pk if found else None
