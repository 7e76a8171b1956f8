"""Who may do what to which case; the reason, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.models import Case, Person, Placement
from safar.core.errors import NotFound
from safar.core.permissions import Actor


def placed_there(actor: Actor, new: Any) -> Any:
    """A case is opened where she works, behind a wall that she may pass herself."""
    compartment = new.compartment or programmes.get(new.programme).compartment
    placements = Placement.objects.filter(
        user_id=actor.person_id, programme=new.programme, compartments__contains=[compartment]
    )
    if not any(place.office_id in (None, new.office.pk) for place in placements):
        return _("You do not work this programme in that office. A colleague there opens the case.")
    return None


def in_sight(actor: Actor, target: Any) -> Any:
    """The case is hers to see; else it does not exist.

    Raises:
        NotFound: the same whether it is missing or behind a wall.
    """
    case = target if isinstance(target, Case) else target.case
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return None


def still_open(actor: Actor, target: Any) -> Any:
    case = target if isinstance(target, Case) else target.case
    return _("The case is closed.") if case.closed_on else None


def not_herself(actor: Actor, target: Any) -> Any:
    """Nobody lets herself behind a wall."""
    user_id = getattr(target, "user_id", target.pk)
    return _("Nobody places herself. A colleague does this.") if user_id == actor.user_id else None


def person_in_sight(actor: Actor, target: Any) -> Any:
    """The person, or the one whom the row is about, is hers to see; else there is nobody.

    Raises:
        NotFound: the same whether she is missing or behind a wall.
    """
    key = target.pk if isinstance(target, Person) else target.person_id
    if not Person.objects.visible_to(actor).filter(pk=key).exists():
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return None


def part_in_sight(actor: Actor, target: Any) -> Any:
    """The row itself is hers to see, in its own compartment; else it does not exist.

    Raises:
        NotFound: the same whether it is missing or behind a wall.
    """
    if not type(target).objects.visible_to(actor).filter(pk=target.pk).exists():
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return None


def acted_before(actor: Actor, target: Any) -> Any:
    """One person acts once on a subject: whoever prepared it or signed a step signs no other."""
    if target.steps.filter(person=actor.user_id).exists():
        return _("You have acted on this already. Another person signs.")
    return None


def paid_it_herself(actor: Actor, target: Any) -> Any:
    """Whoever paid does not confirm it against the bank or the cash book."""
    return (
        _("You paid this. Another person reconciles.")
        if target.paid_by_id == actor.user_id
        else None
    )


def ordered_it_herself(actor: Actor, target: Any) -> Any:
    """Whoever ordered does not check that it came."""
    if target.ordered_by_id == actor.user_id:
        return _("You ordered this. Another person looks at it on the spot.")
    return None


def case_closed(actor: Actor, target: Any) -> Any:
    case = target if isinstance(target, Case) else target.case
    return None if case.closed_on else _("The case is open. Only what is closed is erased.")


def another_than_proposed(actor: Actor, erasure: Any) -> Any:
    """Erasing takes two people."""
    same = actor.user_id is None or erasure.proposed_by_id == actor.user_id
    return _("A second person decides on this. Whoever proposed it cannot.") if same else None
