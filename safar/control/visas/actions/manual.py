"""Changing the visa manual: a line is proposed, and holds once another person agrees."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas.models.manual import EntryRule, RuleEnding
from safar.control.visas.policies.manual import not_own_proposal, still_open
from safar.control.visas.queries import manual as queries
from safar.core import node
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class NewRule:
    """A line as it is proposed; `citizenships` empty: citizens of every state."""

    code: str
    way: str
    act: str
    in_force_from: date
    reason: str
    citizenships: Sequence[str] = ()
    passports: Sequence[str] = ()
    posts: Sequence[str] = ()
    papers: Sequence[str] = ()
    days: int | None = None
    window_days: int | None = None
    visit_days: int | None = None
    last_day: date | None = None


@action("visas.propose_rule", policies=(role_suffices,))
def propose_rule(actor: Actor, target: None, *, new: NewRule) -> EntryRule:
    """Proposed a line of the visa manual; it holds once another person agrees.

    Raises:
        RuleBroken: the code is taken, a citizenship is this country's own, the days do not fit.
    """
    _checked(new)
    columns = {
        name: list(value) if isinstance(value, tuple | list) else value
        for name, value in asdict(new).items()
    }
    made = EntryRule.objects.create(
        host_id=node.country(),
        proposed_at=timezone.now(),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
        **columns,
    )
    note(code=made.code)
    return made


@action("visas.approve_rule", policies=(still_open, not_own_proposal))
def approve_rule(actor: Actor, rule: EntryRule) -> EntryRule:
    """Agreed to a line of the visa manual: it holds from the day that it names."""
    _approved(actor, rule)
    return rule


@action("visas.decline_rule", policies=(still_open,))
def decline_rule(actor: Actor, rule: EntryRule) -> EntryRule:
    """Declined a proposed line of the visa manual; whoever proposed it may take it back so."""
    rule.declined_at = timezone.now()
    rule.save()
    return rule


@action("visas.propose_ending", policies=(role_suffices,))
def propose_ending(actor: Actor, rule: EntryRule, *, last_day: date, act: str) -> RuleEnding:
    """Proposed the last day of a line of the visa manual.

    Raises:
        RuleBroken: the day lies before today or before the line begins, or an ending waits.
    """
    if rule.approved_at is None:
        raise RuleBroken(_("Nobody has agreed to this line yet: decline it instead."))
    if last_day < max(timezone.localdate(), rule.in_force_from):
        raise RuleBroken(_("Its last day lies in the past."), field="last_day")
    if rule.last_day and last_day > rule.last_day:
        raise RuleBroken(_("It ends before that day already."), field="last_day")
    if rule.endings.filter(approved_at=None, declined_at=None).exists():
        raise RuleBroken(_("Another ending of it waits for a second person."))
    return RuleEnding.objects.create(
        rule=rule,
        last_day=last_day,
        act=act,
        proposed_at=timezone.now(),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )


@action("visas.approve_ending", policies=(still_open, not_own_proposal))
def approve_ending(actor: Actor, ending: RuleEnding) -> RuleEnding:
    """Agreed to the last day of a line of the visa manual.

    Raises:
        RuleBroken: that day is over.
    """
    if ending.last_day < timezone.localdate():  # travellers were let in by it since
        raise RuleBroken(_("Its last day lies in the past."))
    rule = EntryRule.objects.select_for_update().get(pk=ending.rule_id)
    rule.last_day = ending.last_day
    rule.save()
    _approved(actor, ending)
    return ending


@action("visas.decline_ending", policies=(still_open,))
def decline_ending(actor: Actor, ending: RuleEnding) -> RuleEnding:
    """Declined a proposed ending: the line goes on."""
    ending.declined_at = timezone.now()
    ending.save()
    return ending


def _approved(actor: Actor, proposal: EntryRule | RuleEnding) -> None:
    proposal.approved_at = timezone.now()
    proposal.approved_by_id, proposal.approved_by_name = actor.user_id, actor.name
    proposal.save()
    queries.forget()
    note(of=str(proposal))


def _checked(new: NewRule) -> None:
    if EntryRule.objects.filter(code=new.code).exists():
        raise RuleBroken(_("Another line has this code."), field="code")
    if node.country() in new.citizenships:
        raise RuleBroken(_("Own citizens need no rule to come home."), field="citizenships")
    if new.last_day and new.last_day < new.in_force_from:
        raise RuleBroken(_("It ends before it begins."), field="last_day")
    if new.window_days and (new.days is None or new.window_days <= new.days):
        raise RuleBroken(_("The window is longer than the days of stay."), field="window_days")
    if new.visit_days and (new.days is None or new.visit_days > new.days):
        raise RuleBroken(_("A visit is no longer than all days of stay."), field="visit_days")
