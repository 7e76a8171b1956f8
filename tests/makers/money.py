"""Makers of money: a budget line, a grant and its payments, through the real actions."""

from datetime import date
from decimal import Decimal
from typing import Any

from safar.accounts.models import User
from safar.assistance.cases.actions import approving, budgeting, granting, paying
from safar.assistance.cases.actions.budgeting import NewProject
from safar.assistance.cases.actions.granting import NewGrant
from safar.assistance.cases.actions.paying import NewPayment
from safar.assistance.cases.choices.money import GrantKind, PaymentMethod, StepKind
from safar.assistance.cases.models import (
    Approval,
    BudgetLine,
    Case,
    Grant,
    Payment,
    Project,
    Vendor,
)
from safar.core.permissions import system
from safar.core.record import writing
from tests.makers import cases
from tests.makers.accounts import actor

DUE = date(2026, 12, 1)


def line(
    amount: str = "10000.00", code: str = "2.1", project: str = "BEL-26", currency: str = "USD"
) -> BudgetLine:
    """A budget line; the same one when asked for again."""
    known = Project.objects.filter(code=project).first()
    made = known or budgeting.add_project(
        system("test"),
        NewProject(
            code=project,
            name=f"Returns {project}",
            donor_code=project[:3],
            donor_name=f"Donor {project[:3]}",
            programme=cases.TRIAL.code,
            currency=currency,
            starts_on=date(2026, 1, 1),
        ),
    )
    found = BudgetLine.objects.filter(project=made, code=code).first()
    return found or budgeting.add_line(
        system("test"), made, code=code, name=f"Line {code}", amount=Decimal(amount)
    )


def grant(
    by: User,
    case: Case,
    ceiling: str = "1000.00",
    *,
    on: BudgetLine | None = None,
    kind: str = GrantKind.CASH,
    purpose: str = "Small shop",
) -> Grant:
    return granting.give_grant(
        actor(by),
        case,
        new=NewGrant(
            line=on or line(),
            kind=kind,
            purpose=purpose,
            ceiling=Decimal(ceiling),
            rule="Trial scheme 2026, business",
        ),
    )


def payment(by: User, of: Grant, amount: str = "400.00", **facts: Any) -> Payment:
    """A payment to the case's applicant, unless another payee is named."""
    if not facts.get("vendor"):
        facts.setdefault("person", of.case.members.get(role="applicant").person)
    facts.setdefault("method", PaymentMethod.CASH)
    facts.setdefault("due_on", DUE)
    return paying.plan_payment(actor(by), of, new=NewPayment(Decimal(amount), **facts))


def vendor(name: str = "Dordoi Sewing Machines", tax_number: str = "") -> Vendor:
    with writing("cases"):
        return Vendor.objects.create(name=name, tax_number=tax_number)


def officers() -> tuple[User, User]:
    """A programme officer and a finance officer, placed beside the caseworkers."""
    return (
        cases.caseworker("7101", role="programme_officer"),
        cases.caseworker("7102", role="finance_officer"),
    )


def sign(who: User, approval: Approval) -> Approval:
    """Sign the step that is waited for."""
    approval.refresh_from_db()
    kind = StepKind(approval.waits_for)
    return approving.SIGN[kind](actor(who), approval)


def released(payment: Payment, *signers: User) -> Payment:
    """The payment after these people have signed it, each in turn."""
    for who in signers:
        sign(who, payment.approval)
    payment.refresh_from_db()
    return payment
