"""Money: never beyond the grant or the line, never mixed, paid by receipt, confirmed by another."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safar.assistance.cases.actions import approving, budgeting, granting, moving, paying
from safar.assistance.cases.choices.money import GrantKind, PaymentStatus
from safar.assistance.cases.models import Case, Grant, Payment, Service
from safar.assistance.cases.queries import budgets as sums
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import system
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers import money
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = timezone.localdate


@pytest.fixture
def worker(db):
    return make.caseworker("7001")


@pytest.fixture
def case(worker):
    return make.case(worker)


@pytest.fixture
def grant(worker, case):
    return money.grant(worker, case, "1000.00")


def raw(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def paid(payment, by, receipt="R-1"):
    return paying.record_paid(actor(by), payment, receipt=receipt, paid_on=TODAY())


def test_a_grant_is_paid_to_its_last_cent_and_not_one_more(worker, grant):
    money.payment(worker, grant, "999.99")
    with pytest.raises(RuleBroken, match="not that much left") as refusal:
        money.payment(worker, grant, "0.02")
    assert refusal.value.field == "amount"
    assert money.payment(worker, grant, "0.01").amount == Decimal("0.01")


def test_what_is_cancelled_can_be_planned_anew(worker, grant):
    first = money.payment(worker, grant, "1000.00")
    approving.withdraw(actor(worker), first.approval, reason="another shop")
    assert money.payment(worker, grant, "1000.00").status == PaymentStatus.PLANNED


def test_raw_sql_cannot_overspend_nor_plan_past_a_signature(worker, grant):
    payment = money.payment(worker, grant, "900.00")
    copy = (
        "INSERT INTO cases_payment (id, case_id, grant_id, approval_id, person_id, amount,"
        " currency, method, tranche, due_on, status, receipt, ended_reason)"
        " SELECT gen_random_uuid(), case_id, grant_id, %s, person_id, {}, currency, method, 2,"
        " due_on, {}, '', '' FROM cases_payment WHERE id = %s"
    )
    other = money.grant(worker, grant.case, "900.00")
    spare = money.payment(worker, other, "101.00").approval_id
    with pytest.raises(IntegrityError, match="payment_within_grant"):
        raw(copy.format("101.00", "'planned'"), spare, payment.pk)
    with pytest.raises(IntegrityError, match="payment_as_signed"):
        raw(copy.format("50.00", "'planned'"), spare, payment.pk)
    with pytest.raises(IntegrityError, match="payment_as_signed"):
        raw(copy.format("101.00", "'released'"), spare, payment.pk)


def test_grants_stay_within_their_line_over_all_cases_in_sight_or_not(worker):
    line = money.line("1500.00")
    far = make.caseworker("7002", at=make.OSH)
    money.grant(far, make.case(far, at=make.OSH), "1000.00", on=line)
    case = make.case(worker)
    with make.as_in_pages(worker):
        assert Grant.objects.count() == 0
        with pytest.raises(RuleBroken, match="not that much left"):
            money.grant(worker, case, "500.01", on=line)
        money.grant(worker, case, "500.00", on=line)


def test_a_line_is_not_cut_below_what_is_granted_from_it(grant):
    with pytest.raises(RuleBroken, match="granted"):
        budgeting.change_line(system("test"), grant.line, amount=Decimal("999.99"))
    changed = budgeting.change_line(system("test"), grant.line, amount=Decimal("1000.00"))
    assert changed.amount == 1000


def test_a_ceiling_is_not_lowered_below_what_is_planned(worker, grant):
    officer, _finance = money.officers()
    money.payment(worker, grant, "400.00")
    with pytest.raises(RuleBroken, match="More than that"):
        granting.change_ceiling(actor(officer), grant, ceiling=Decimal("399.00"), reason="cheaper")
    changed = granting.change_ceiling(
        actor(officer), grant, ceiling=Decimal("400.00"), reason="cheaper"
    )
    assert changed.ceiling == 400


def test_a_closed_grant_gives_the_rest_back_to_its_line(worker, case):
    line = money.line("1000.00")
    grant = money.grant(worker, case, "1000.00", on=line)
    money.payment(worker, grant, "300.00")
    with pytest.raises(RuleBroken, match="not that much left"):
        money.grant(worker, case, "700.00", on=line)
    granting.close_grant(actor(worker), grant)
    assert money.grant(worker, case, "700.00", on=line).ceiling == 700
    with pytest.raises(RuleBroken, match="closed"):
        money.payment(worker, grant, "1.00")


def test_currencies_never_mix(worker, grant):
    payment = money.payment(worker, grant)
    for table, key in (
        ("grant", grant.pk),
        ("payment", payment.pk),
        ("approval", payment.approval_id),
    ):
        with pytest.raises(IntegrityError, match=r"as_(given|signed|prepared)"):
            raw(f"UPDATE cases_{table} SET currency = 'EUR' WHERE id = %s", key)
    with pytest.raises(IntegrityError, match="project_keeps_its_currency"):
        raw("UPDATE cases_project SET currency = 'EUR' WHERE id = %s", grant.line.project_id)
    with pytest.raises(IntegrityError, match="grant_in_the_currency"):
        raw(
            "INSERT INTO cases_grant (id, case_id, line_id, kind, purpose, ceiling, currency, rule,"
            " granted_at, granted_by_id) SELECT gen_random_uuid(), case_id, line_id, kind, purpose,"
            " 1, 'EUR', rule, now(), granted_by_id FROM cases_grant WHERE id = %s",
            grant.pk,
        )


def test_a_payment_goes_from_its_plan_to_the_books(worker, grant):
    officer, finance = money.officers()
    payment = money.released(money.payment(worker, grant), officer, finance)
    payment = paid(payment, worker, "KO 118")
    payment = paying.reconcile(actor(finance), payment)
    assert (payment.status, payment.receipt) == (PaymentStatus.RECONCILED, "KO 118")


def test_nothing_is_paid_before_its_release_nor_without_a_receipt(worker, grant):
    payment = money.payment(worker, grant)
    with pytest.raises(InvalidMove):
        paid(payment, worker)
    payment = money.released(payment, *money.officers())
    with pytest.raises(RuleBroken, match="receipt"):
        paid(payment, worker, " ")
    with pytest.raises(RuleBroken, match="yet to come"):
        paying.record_paid(
            actor(worker), payment, receipt="R-1", paid_on=TODAY() + timedelta(days=1)
        )
    with pytest.raises(IntegrityError, match="payment_paid_with_receipt"):
        raw("UPDATE cases_payment SET status = 'paid' WHERE id = %s", payment.pk)
    assert paid(payment, worker).status == PaymentStatus.PAID


def test_whoever_paid_does_not_reconcile(worker, grant):
    officer, finance = money.officers()
    payment = paid(money.released(money.payment(worker, grant), officer, finance), finance)
    with pytest.raises(NotAllowed, match="Another person"):
        paying.reconcile(actor(finance), payment)
    with pytest.raises(IntegrityError, match="payment_reconciled_by_another"):
        raw(
            "UPDATE cases_payment SET status = 'reconciled', reconciled_at = now(),"
            " reconciled_by_id = paid_by_id WHERE id = %s",
            payment.pk,
        )
    other = make.caseworker("7104", role="finance_officer")
    assert paying.reconcile(actor(other), payment).reconciled_by == other


def test_money_that_came_back_can_be_granted_again_but_is_never_deleted(worker, grant):
    officer, finance = money.officers()
    payment = money.payment(worker, grant, "1000.00")
    payment = paid(money.released(payment, officer, finance), worker)
    with pytest.raises(IntegrityError, match="payment_paid_is_kept"):
        raw("DELETE FROM cases_payment WHERE id = %s", payment.pk)
    paying.give_back(actor(finance), payment, reason="wrong account")
    assert money.payment(worker, grant, "1000.00", tranche=2).amount == 1000
    with pytest.raises(IntegrityError, match="payment_ended"):
        raw(
            "UPDATE cases_payment SET status = 'paid', ended_at = NULL, ended_by_id = NULL,"
            " ended_reason = '' WHERE id = %s",
            payment.pk,
        )


def test_money_goes_to_people_of_the_case_and_what_is_given_in_kind_is_bought(worker, case, grant):
    other = make.case(worker, "Nazarova Gulnora").members.get().person
    with pytest.raises(RuleBroken, match="does not belong"):
        money.payment(worker, grant, person=other)
    things = money.grant(worker, case, kind=GrantKind.IN_KIND)
    payees: list[dict[str, Any]] = [{}, {"vendor": money.vendor(), "method": "vendor"}]
    for payee in payees:
        with pytest.raises(RuleBroken, match="begin with its quotes"):
            money.payment(worker, things, **payee)
    payment = money.payment(worker, grant)
    with pytest.raises(IntegrityError, match="payment_in_kind_is_bought"):
        raw(
            "INSERT INTO cases_payment (id, case_id, grant_id, approval_id, person_id, amount,"
            " currency, method, tranche, due_on, status, receipt, ended_reason)"
            " SELECT gen_random_uuid(), case_id, %s, approval_id, person_id, amount, currency,"
            " method, 1, due_on, status, '', '' FROM cases_payment WHERE id = %s",
            things.pk,
            payment.pk,
        )


def test_a_line_of_another_programme_pays_for_nothing_here(worker, case):
    line = money.line()
    raw("UPDATE cases_project SET programme = 'other' WHERE id = %s", line.project_id)
    line.project.refresh_from_db()
    with pytest.raises(RuleBroken, match="another programme"):
        money.grant(worker, case, on=line)


def test_a_grant_of_another_office_does_not_exist(grant):
    far = make.caseworker("7009", at=make.OSH)
    with pytest.raises(NotFound):
        paying.plan_payment(
            actor(far), grant, new=paying.NewPayment(Decimal(1), "cash", date(2026, 12, 1))
        )
    with make.as_in_pages(far), connection.cursor() as cursor:
        for table in ("grant", "payment", "approval", "approvalstep"):
            cursor.execute(f"SELECT count(*) FROM cases_{table}")
            assert cursor.fetchone() == (0,)


def test_sums_of_lines_and_donors_add_up_over_every_case_in_sight_or_not(worker, grant):
    officer, finance = money.officers()
    far = make.caseworker("7002", at=make.OSH)
    money.payment(far, money.grant(far, make.case(far, at=make.OSH), "500.00"), "200.00")
    paid(money.released(money.payment(worker, grant, "400.00"), officer, finance), worker)
    euros = money.line("900.00", project="NOR-26", currency="EUR")
    money.grant(worker, grant.case, "900.00", on=euros)
    with make.as_in_pages(finance):
        lines = sums.by_line()
        donors = {(row.donor, row.currency): row for row in sums.by_donor()}
    first = next(row for row in lines if row.project == "BEL-26")
    assert [first.budget, first.committed, first.paid] == [10000, 1500, 400]
    assert [first.left_to_grant, first.balance] == [8500, 1100]
    assert donors["Donor NOR", "EUR"].left_to_grant == 0
    assert donors["Donor BEL", "USD"].paid == 400


def test_sums_of_a_programme_are_for_those_who_work_it(grant):
    stranger = make.caseworker("7009", at=make.OSH)
    with make.as_in_pages(stranger):
        assert [row.committed for row in sums.by_line()] == [1000]
    raw("UPDATE cases_placement SET programme = 'other' WHERE user_id = %s", stranger.pk)
    with make.as_in_pages(stranger):
        assert [row.committed for row in sums.by_line()] == [0]


def test_services_are_summed_beside_what_is_paid_and_only_in_the_currency_of_the_line(
    worker, case, grant
):
    def service(cost, currency, **more):
        Service.objects.create(
            case=case, kind="other", delivered_on=TODAY(), cost=cost, currency=currency,
            line=grant.line, form_key=uuid7(), recorded_at=timezone.now(), recorded_by=worker,
            **more,
        )  # fmt: skip

    with writing("cases"):
        service("25.50", "USD")
        service("4.50", "USD")
        service("99.00", "EUR")
        service("7.00", "USD", taken_back_at=timezone.now(), taken_back_by=worker)
    [row] = sums.by_line()
    assert [row.services, row.paid, row.committed] == [30, 0, 1000]
    tomorrow = TODAY() + timedelta(days=1)
    assert sums.by_line(since=tomorrow)[0].services == 0


def closed(worker, case):
    return moving.move_case(actor(worker), case, move="close", closure="completed")


def test_with_the_case_ends_the_signing_but_not_the_withdrawing(worker, case, grant):
    officer, _finance = money.officers()
    planned = money.payment(worker, grant)
    closed(worker, case)
    with pytest.raises(NotAllowed, match="closed"):
        money.sign(officer, planned.approval)
    approving.withdraw(actor(worker), planned.approval, reason="the case ended")
    planned.refresh_from_db()
    assert planned.status == "cancelled"


def test_of_a_closed_case_only_what_was_paid_before_is_written_down_and_reconciled(
    worker, case, grant
):
    officer, finance = money.officers()
    one, other = (money.payment(worker, grant, "400.00") for _ in range(2))
    for planned in (one, other):
        money.released(planned, officer, finance)
    closed(worker, case)
    with writing("cases"):
        yesterday = timezone.localdate() - timedelta(days=1)
        Case.objects.filter(pk=case.pk).update(closed_on=yesterday)
    with pytest.raises(RuleBroken, match="was closed"):
        paying.record_paid(actor(finance), other, receipt="2", paid_on=timezone.localdate())
    paid = paying.record_paid(actor(finance), one, receipt="1", paid_on=yesterday)
    another = make.caseworker("7103", role="finance_officer")
    assert paying.reconcile(actor(another), paid).status == "reconciled"


def test_the_database_lets_nobody_sign_or_pay_for_a_closed_case(worker, case, grant):
    planned = money.payment(worker, grant)
    closed(worker, case)
    with (
        writing("cases"),
        pytest.raises(IntegrityError, match="payment_of_an_open_case"),
        transaction.atomic(),
    ):
        Payment.objects.filter(pk=planned.pk).update(status="approved")
