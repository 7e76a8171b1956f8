"""Whatever is planned, signed, cancelled, paid and returned, in whatever order: the sums hold."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from safar.assistance.cases.actions import approving, granting, paying
from safar.assistance.cases.choices.money import StepKind
from safar.assistance.cases.models import Grant, Payment
from safar.core.errors import DomainError
from tests.makers import cases as make
from tests.makers import money
from tests.makers.accounts import actor, grant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINE = Decimal("1000.00")
AMOUNTS = st.decimals("0.01", "700", places=2)
ONE = st.integers(0, 30)

# What must never be found, and where it is.
NEVER = {
    "a grant is paid beyond its ceiling": """
        SELECT g.id FROM cases_grant g JOIN cases_payment p ON p.grant_id = g.id
        WHERE p.status NOT IN ('cancelled', 'returned')
        GROUP BY g.id HAVING sum(p.amount) > g.ceiling""",
    "a line is granted beyond its amount": """
        SELECT l.id FROM cases_budgetline l JOIN cases_grant g ON g.line_id = l.id
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS live FROM cases_payment
            WHERE grant_id = g.id AND status NOT IN ('cancelled', 'returned')) s
        GROUP BY l.id
        HAVING sum(CASE WHEN g.closed_at IS NULL THEN g.ceiling ELSE s.live END) > l.amount""",
    "currencies mix": """
        SELECT p.id FROM cases_payment p JOIN cases_grant g ON g.id = p.grant_id
        JOIN cases_budgetline l ON l.id = g.line_id JOIN cases_project j ON j.id = l.project_id
        JOIN cases_approval a ON a.id = p.approval_id
        WHERE NOT (p.currency = g.currency AND g.currency = j.currency
                   AND a.currency = p.currency AND a.amount = p.amount)""",
    "an approver is the preparer, or one person acts twice": """
        SELECT approval_id FROM cases_approvalstep GROUP BY approval_id
        HAVING count(*) <> count(DISTINCT person_id)
            OR count(*) FILTER (WHERE kind = 'prepare') <> 1""",
    "money left without every signature": """
        SELECT p.id FROM cases_payment p JOIN cases_approval a ON a.id = p.approval_id
        WHERE p.status IN ('released', 'paid', 'reconciled')
        AND NOT a.needs <@ ARRAY(SELECT kind FROM cases_approvalstep s
            WHERE s.approval_id = a.id AND s.decision = 'agreed')""",
    "whoever paid reconciled": """
        SELECT id FROM cases_payment WHERE reconciled_by_id = paid_by_id""",
}


def found() -> set[str]:
    broken = set()
    with connection.cursor() as cursor:
        for what, where in NEVER.items():
            cursor.execute(where)
            if cursor.fetchone():
                broken.add(what)
    return broken


class Money(RuleBasedStateMachine):
    """Four people, each of whom holds every role: nothing but the rule keeps them apart."""

    reached: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = [make.caseworker(f"700{n}") for n in range(4)]
        for who in self.people:
            grant(who, "programme_officer")
            grant(who, "finance_officer")
        self.actors = [actor(who) for who in self.people]
        self.line = money.line(str(LINE))
        self.case = make.case(self.people[0])
        self.grants: list[Grant] = []
        self.payments: list[Payment] = []

    def attempt(self, do: Callable[[], object]) -> None:
        with suppress(DomainError):
            do()

    @rule(who=ONE, ceiling=AMOUNTS)
    def give(self, who: int, ceiling: Decimal) -> None:
        def do() -> None:
            person = self.people[who % 4]
            self.grants.append(money.grant(person, self.case, str(ceiling), on=self.line))

        self.attempt(do)

    @precondition(lambda self: self.grants)
    @rule(who=ONE, which=ONE, amount=AMOUNTS)
    def plan(self, who: int, which: int, amount: Decimal) -> None:
        def do() -> None:
            of = self.grants[which % len(self.grants)]
            self.payments.append(money.payment(self.people[who % 4], of, str(amount)))

        self.attempt(do)

    @precondition(lambda self: self.payments)
    @rule(who=ONE, which=ONE, kind=st.sampled_from(list(approving.SIGN)))
    def sign(self, who: int, which: int, kind: StepKind) -> None:
        approval = self.payments[which % len(self.payments)].approval
        self.attempt(lambda: approving.SIGN[kind](self.actors[who % 4], approval))

    @precondition(lambda self: self.payments)
    @rule(who=ONE, which=ONE)
    def sign_what_is_waited_for(self, who: int, which: int) -> None:
        approval = self.payments[which % len(self.payments)].approval
        approval.refresh_from_db()
        if approval.waits_for:
            self.sign(who, which, StepKind(approval.waits_for))

    @precondition(lambda self: self.payments)
    @rule(who=ONE, which=ONE, how=st.sampled_from(("decline", "withdraw", "give_back")))
    def end(self, who: int, which: int, how: str) -> None:
        payment, by = self.payments[which % len(self.payments)], self.actors[who % 4]
        ways = {
            "decline": lambda: approving.decline(by, payment.approval, reason="no"),
            "withdraw": lambda: approving.withdraw(by, payment.approval, reason="no"),
            "give_back": lambda: paying.give_back(by, payment, reason="no"),
        }
        self.attempt(ways[how])

    @precondition(lambda self: self.payments)
    @rule(who=ONE, which=ONE, reconciles=st.booleans())
    def pay(self, who: int, which: int, reconciles: bool) -> None:
        payment, by = self.payments[which % len(self.payments)], self.actors[who % 4]
        today = timezone.localdate()
        self.attempt(
            (lambda: paying.reconcile(by, payment))
            if reconciles
            else (lambda: paying.record_paid(by, payment, receipt="R", paid_on=today))
        )

    @precondition(lambda self: self.grants)
    @rule(who=ONE, which=ONE, ceiling=AMOUNTS, closes=st.booleans())
    def change(self, who: int, which: int, ceiling: Decimal, closes: bool) -> None:
        of, by = self.grants[which % len(self.grants)], self.actors[who % 4]
        self.attempt(
            (lambda: granting.close_grant(by, of))
            if closes
            else (lambda: granting.change_ceiling(by, of, ceiling=ceiling, reason="x"))
        )

    @invariant()
    def nothing_of_what_must_never_be(self) -> None:
        assert found() == set()

    @invariant()
    def notes_how_far_it_came(self) -> None:
        Money.reached |= set(Payment.objects.values_list("status", flat=True))

    def teardown(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


def test_in_any_order_sums_and_signatures_hold():
    Money.reached = set()
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Money.reached >= {"planned", "released", "cancelled"}  # it was no empty walk


def test_the_watch_itself_notices_every_breach():
    """Without the guards the same breaches can be made, and are found."""
    worker = make.caseworker("7001")
    payment = money.payment(worker, money.grant(worker, make.case(worker), "400.00"))
    assert found() == set()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("payment", "grant", "approval", "approvalstep"):
            cursor.execute(f"ALTER TABLE cases_{table} DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE cases_payment DROP CONSTRAINT payment_reconciled_by_another")
        cursor.execute(
            "UPDATE cases_payment SET status = 'reconciled', amount = 500, paid_on = due_on,"
            " paid_at = now(), paid_by_id = %(who)s, receipt = 'R', reconciled_at = now(),"
            " reconciled_by_id = %(who)s WHERE id = %(key)s",
            {"who": worker.pk, "key": payment.pk},
        )
        cursor.execute("UPDATE cases_grant SET ceiling = 1, currency = 'EUR'")
        cursor.execute("UPDATE cases_budgetline SET amount = 1000")
        cursor.execute("ALTER TABLE cases_budgetline DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_budgetline SET amount = 0.5")
        cursor.execute("UPDATE cases_approvalstep SET kind = 'approve'")
    assert found() == set(NEVER)
