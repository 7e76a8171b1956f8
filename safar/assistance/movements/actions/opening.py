"""From a referral to an acceptance: a movement is opened, accepted or not, put aside, ended."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.actions.opening import NewCase, open_case
from safar.assistance.cases.choices.case import Closure
from safar.assistance.cases.models import Case, Person
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.actions.making_steps import (
    BEFORE_ACCEPTANCE,
    make_missing_steps,
    past,
    unsettled,
)
from safar.assistance.movements.choices import Priority
from safar.assistance.movements.models import MovementFile, MovementScheme
from safar.assistance.movements.policies import not_left_yet, nothing_booked
from safar.assistance.movements.queries.doubles import open_movements_of
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class MovementReferral:
    """What UNHCR, a state or a family writes when it refers somebody.

    Args:
        size: how many people the referral names; it is compared with those who are listed.
    """

    case: NewCase
    scheme: MovementScheme
    destination: str
    departs_from: str
    referred_by: str
    destination_place: str = ""
    priority: str = Priority.NORMAL
    sponsor: str = ""
    state_reference: str = ""
    size: int | None = None


@action("movements.receive_referral", policies=(role_suffices,))
def receive_referral(actor: Actor, referral: MovementReferral) -> MovementFile:
    """Open the movement of a family that is referred.

    A person is in one open movement to a destination by a scheme. A movement that is out of
    sight refuses nothing, for the refusal would tell of it: `queries.doubles` shows both to
    whoever sees both.

    Raises:
        RuleBroken: the scheme does not go there, somebody is missing, or travels already.
    """
    _require_destination(referral)
    _require_size(referral)
    _require_no_other(actor, referral)
    case = open_case(actor, replace(referral.case, scheme=referral.scheme.code))
    file = MovementFile.objects.create(
        case=case,
        scheme=referral.scheme,
        destination=referral.destination,
        destination_place=referral.destination_place,
        departs_from=referral.departs_from,
        referred_by=referral.referred_by,
        priority=referral.priority,
        sponsor=referral.sponsor,
        state_reference=referral.state_reference,
    )
    make_missing_steps(file)
    return file


@action("movements.accept", policies=(in_sight, still_open))
def accept(actor: Actor, case: Case, *, on: date, reference: str = "") -> MovementFile:
    """Keep that the receiving state accepted; everybody's steps begin on the day of its letter.

    Raises:
        RuleBroken: the day is to come, or somebody's interview is not written down yet.
    """
    _require_past(on)
    file = _file(case)
    if waiting := unsettled(file, BEFORE_ACCEPTANCE):
        names = ", ".join(str(step.member.person) for step in waiting)
        raise RuleBroken(
            _("Write down first that these were interviewed, or need not be: %(names)s.")
            % {"names": names}
        )
    move_case(actor, case, move="accept")
    file.accepted_on = on
    file.state_reference = reference or file.state_reference
    file.save()
    note(steps=len(make_missing_steps(file)))
    return file


@action("movements.not_accepted", policies=(in_sight, still_open))
def not_accepted(actor: Actor, case: Case, *, reason: str) -> Case:
    """Keep that the receiving state did not accept: the movement is closed."""
    return move_case(actor, case, move="not_accepted", reason=reason, closure=Closure.NOT_ELIGIBLE)


@action("movements.put_aside", policies=(in_sight, still_open))
def put_aside(actor: Actor, case: Case, *, reason: str) -> Case:
    """Put a movement aside: nothing goes on until it is taken up."""
    return move_case(actor, case, move="put_aside", reason=reason)


@action("movements.take_up", policies=(in_sight, still_open))
def take_up(actor: Actor, case: Case, *, reason: str = "") -> Case:
    """Take a movement up that was put aside."""
    return move_case(actor, case, move="take_up", reason=reason)


@action("movements.end", policies=(in_sight, still_open, not_left_yet, nothing_booked))
def end(actor: Actor, case: Case, *, closure: str, reason: str) -> Case:
    """End a movement before departure, and say how it ended."""
    return move_case(actor, case, move="end", reason=reason, closure=closure)


@action("movements.complete_steps", policies=(in_sight, still_open, not_left_yet))
def complete_steps(actor: Actor, case: Case) -> int:
    """Give those who joined the family later the steps that the scheme asks of them."""
    made = len(make_missing_steps(_file(case)))
    note(steps=made)
    return made


def _file(case: Case) -> MovementFile:
    files = MovementFile.objects.select_for_update(of=("self",)).select_related("scheme", "case")
    return files.get(case=case)


def _require_destination(referral: MovementReferral) -> None:
    scheme, to = referral.scheme, referral.destination
    if not to or (scheme.destination and to != scheme.destination):
        raise RuleBroken(_("This scheme does not lead there."), field="destination")
    if to == referral.departs_from:
        raise RuleBroken(_("They would leave for where they are."), field="destination")


def _require_size(referral: MovementReferral) -> None:
    listed = len(referral.case.members)
    if referral.size is not None and referral.size != listed:
        raise RuleBroken(
            _("The referral is of %(size)s people, and %(listed)s are listed.")
            % {"size": referral.size, "listed": listed},
            field="size",
        )


def _require_no_other(actor: Actor, referral: MovementReferral) -> None:
    """Whoever is refused here is refused by a case that she may open herself."""
    people = [one.person for one in referral.case.members if isinstance(one.person, Person)]
    others = open_movements_of(
        actor, people, destination=referral.destination, scheme=referral.scheme.code
    )
    if others:
        raise RuleBroken(
            _("Somebody of the family travels there by this scheme already: %(case)s.")
            % {"case": others[0].case},
            field="members",
        )


def _require_past(day: date) -> None:
    if not past(day):
        raise RuleBroken(_("This day is still to come."), field="on")
