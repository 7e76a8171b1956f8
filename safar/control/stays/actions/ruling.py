"""Changing the rule of registration: one proposes it, and it holds once another person agrees."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.stays.models import RegistrationRule
from safar.control.stays.policies import not_proposer, still_open
from safar.control.stays.rules import MOST_DAYS, Term
from safar.core import node
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference


@action("stays.propose_registration_rule", policies=(by_a_person,))
def propose_registration_rule(
    actor: Actor, _target: None, *, term: Term, from_day: date
) -> RegistrationRule:
    """Proposed within how many days an address is registered, who need not, and by which act

    Raises:
        RuleBroken: without an act, from a day that is over, of a citizenship that is none or own.
    """
    if not term.act.strip():
        raise RuleBroken(_("Name the act by which it is so."), field="act")
    if not 1 <= term.days <= MOST_DAYS:
        raise RuleBroken(_("One day at least, and a year at most."), field="days")
    _refuse_past(from_day)
    made = RegistrationRule(
        days=term.days,
        working=term.working,
        free=sorted(_known(term.free)),
        act=term.act.strip(),
        from_day=from_day,
        proposed_at=timezone.now(),
        proposed_by_id=actor.person_id,
        proposed_by_name=actor.name,
    )
    made.save(force_insert=True)
    return made


@action("stays.approve_registration_rule", policies=(still_open, by_a_person, not_proposer))
def approve_registration_rule(actor: Actor, target: RegistrationRule) -> RegistrationRule:
    """Agreed to a rule of registration: it holds from its day on

    Raises:
        RuleBroken: its day is over. What was counted until then stays as it was.
    """
    _refuse_past(target.from_day)
    target.approved_at = timezone.now()
    target.approved_by_id, target.approved_by_name = actor.person_id, actor.name
    target.save()
    note(days=target.days, act=target.act)
    return target


@action("stays.decline_registration_rule", policies=(still_open, by_a_person))
def decline_registration_rule(actor: Actor, target: RegistrationRule) -> RegistrationRule:
    """Declined a rule of registration; whoever proposed it may take it back so"""
    target.declined_at = timezone.now()
    target.save()
    note(days=target.days, act=target.act)
    return target


def _refuse_past(from_day: date) -> None:
    if from_day < timezone.localdate():
        raise RuleBroken(_("This day is over."), field="from_day")


def _known(citizenships: tuple[str, ...]) -> set[str]:
    known = {row.code for row in reference.countries()}
    given = {code.strip().upper() for code in citizenships}
    if node.country() in given or not given <= known:
        raise RuleBroken(_("Choose citizens of other states."), field="free")
    return given
