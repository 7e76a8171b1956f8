"""Granting: a ceiling for one purpose of a case, held on a budget line."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.actions.moving import said
from safar.assistance.cases.models import BudgetLine, Case, Grant, Person
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.cases.refusals import in_words
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class NewGrant:
    """What is granted: in the currency of the line's project, by a rule of the donor's scheme.

    `person` is one of the case's; None where the grant is the whole case's.
    """

    line: BudgetLine
    kind: str
    purpose: str
    ceiling: Decimal
    rule: str
    person: Person | None = None


@action("cases.give_grant", policies=(in_sight, still_open))
def give_grant(actor: Actor, case: Case, *, new: NewGrant) -> Grant:
    """Hold an amount of a budget line for one purpose of a case.

    Raises:
        RuleBroken: the line has not that much left, belongs to another programme, or the person
            is not of the case; or the programme's scheme does not give it.
    """
    if new.line.project.programme != case.programme:
        raise RuleBroken(_("This line pays for another programme."), field="line")
    belongs(case, new.person)
    currency = new.line.project.currency
    _by_the_scheme(case, programmes.Terms(new.kind, new.ceiling, currency, new.rule))
    with in_words():
        grant = Grant.objects.create(
            case=case,
            person=new.person,
            line=new.line,
            kind=new.kind,
            purpose=new.purpose,
            ceiling=new.ceiling,
            currency=currency,
            rule=new.rule,
            granted_at=timezone.now(),
            granted_by_id=actor.person_id,
        )
    note(line=str(new.line.pk), ceiling=str(new.ceiling), currency=grant.currency)
    return grant


@action("cases.change_ceiling", policies=(in_sight, still_open))
def change_ceiling(actor: Actor, grant: Grant, *, ceiling: Decimal, reason: str) -> Grant:
    """Raise or lower a grant's ceiling; not below what is planned and paid.

    Raises:
        RuleBroken: the line has not that much left, or more is planned and paid already; or the
            programme's scheme does not give that much.
    """
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    terms = programmes.Terms(grant.kind, ceiling, grant.currency, grant.rule, of=grant)
    _by_the_scheme(grant.case, terms)
    said(actor, grant.case, "change_ceiling", reason.strip())
    note(before=str(grant.ceiling), after=str(ceiling))
    grant.ceiling = ceiling
    with in_words():
        grant.save()
    return grant


@action("cases.close_grant", policies=(in_sight,))
def close_grant(actor: Actor, grant: Grant) -> Grant:
    """Close a grant: what is not planned or paid of it goes back to the budget line."""
    if grant.closed_at is not None:
        raise RuleBroken(_("The grant is closed."))
    grant.closed_at, grant.closed_by_id = timezone.now(), actor.person_id
    grant.save()
    return grant


def _by_the_scheme(case: Case, terms: programmes.Terms) -> None:
    """Ask the programme, if it has a say in what is granted."""
    may_grant = programmes.get(case.programme).may_grant
    if may_grant and (why_not := may_grant(case, terms)):
        raise why_not


def belongs(case: Case, person: Person | None) -> None:
    """Money goes to people of the case.

    Raises:
        RuleBroken: she is not, or is no more.
    """
    if person and not case.members.filter(person=person, left_on=None).exists():
        raise RuleBroken(_("This person does not belong to the case."), field="person")
