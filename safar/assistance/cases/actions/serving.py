"""Help that was given: recorded once, however often the form was sent, and taken back with a reason."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.granting import belongs
from safar.assistance.cases.choices.work import Unit
from safar.assistance.cases.models import BudgetLine, Case, Partner, Person, PlanItem, Service
from safar.assistance.cases.policies import in_sight
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class NewService:
    """Help that somebody got. `provider` None is our own; `cost` comes with its currency."""

    kind: str
    delivered_on: date
    person: Person | None = None
    item: PlanItem | None = None
    provider: Partner | None = None
    place: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = Unit.TIME
    cost: Decimal | None = None
    currency: str = ""
    line: BudgetLine | None = None
    remark: str = ""


@action("cases.record_service", policies=(in_sight,))
def record_service(actor: Actor, case: Case, *, form_key: UUID, new: NewService) -> Service:
    """Keep help that was given; the same form sent twice is the same service.

    Raises:
        RuleBroken: it lies in the future, is for somebody else, or on a line that does not fit.
    """
    sent_before = Service.objects.filter(case=case, form_key=form_key).first()
    if sent_before:
        note(again=True)
        return sent_before
    belongs(case, new.person)
    _fits(case, new)
    note(kind=new.kind)
    return Service.objects.create(
        case=case,
        form_key=form_key,
        recorded_at=timezone.now(),
        recorded_by_id=actor.person_id,
        **vars(new),
    )


@action("cases.take_back_service", policies=(in_sight,))
def take_back_service(actor: Actor, service: Service, *, why: str) -> Service:
    """Say that it was recorded by mistake: it stays on record, and counts no more."""
    if service.taken_back_at is not None:
        raise RuleBroken(_("This was taken back already."))
    if not why.strip():
        raise RuleBroken(_("Give the reason."), field="why")
    service.taken_back_at, service.taken_back_by_id = timezone.now(), actor.person_id
    service.taken_back_why = why.strip()
    service.save()
    return service


def _fits(case: Case, new: NewService) -> None:
    if new.delivered_on > timezone.localdate():
        raise RuleBroken(
            _("This lies in the future. A task is what you want."), field="delivered_on"
        )
    if new.quantity <= 0:
        raise RuleBroken(_("Write a number above zero."), field="quantity")
    if (new.cost is None) != (not new.currency):
        raise RuleBroken(_("An amount comes with its currency."), field="currency")
    if new.item and new.item.plan.case_id != case.pk:
        raise RuleBroken(_("This belongs to the plan of another case."), field="item")
    if new.line and new.line.project.programme != case.programme:
        raise RuleBroken(_("This line pays for another programme."), field="line")
    if new.line and new.currency and new.line.project.currency != new.currency:
        raise RuleBroken(_("The line is kept in another currency."), field="currency")
