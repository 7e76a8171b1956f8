"""What is bought: three quotes or a reason, ordered when approved, looked at by another."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from safar.assistance.cases.actions import approving, buying
from safar.assistance.cases.choices.money import GrantKind, PurchaseStatus
from safar.assistance.cases.models import Payment, Purchase
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers import money
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = date(2026, 11, 10)


@pytest.fixture
def worker(db):
    return make.caseworker("7001")


@pytest.fixture
def purchase(worker):
    grant = money.grant(worker, make.case(worker), kind=GrantKind.IN_KIND)
    return buying.begin_purchase(actor(worker), grant, item="Two sewing machines")


def quotes(worker, purchase, *amounts):
    return [
        buying.add_quote(
            actor(worker),
            purchase,
            vendor=money.vendor(f"Vendor {amount}"),
            amount=Decimal(amount),
            quoted_on=DAY,
        )
        for amount in amounts
    ]


def pay(worker, purchase, amount):
    return money.payment(
        worker, purchase.grant, amount, vendor=purchase.chosen.vendor, purchase=purchase,
        method="vendor",
    )  # fmt: skip


def test_the_cheapest_of_three_needs_no_reason(worker, purchase):
    cheap, *_ = quotes(worker, purchase, "700", "800", "900")
    chosen = buying.choose_quote(actor(worker), purchase, quote=cheap)
    assert (chosen.status, chosen.why_few, chosen.why_chosen) == (PurchaseStatus.CHOSEN, "", "")


def test_a_dearer_quote_needs_its_reason(worker, purchase):
    _cheap, dear, _dearest = quotes(worker, purchase, "700", "800", "900")
    with pytest.raises(RuleBroken, match="cheapest"):
        buying.choose_quote(actor(worker), purchase, quote=dear, why_few="x")
    chosen = buying.choose_quote(actor(worker), purchase, quote=dear, why_chosen="with repair")
    assert chosen.why_chosen == "with repair"


def test_fewer_than_three_need_their_reason(worker, purchase):
    cheap, _dear = quotes(worker, purchase, "700", "800")
    with pytest.raises(RuleBroken, match="fewer than three"):
        buying.choose_quote(actor(worker), purchase, quote=cheap)
    chosen = buying.choose_quote(actor(worker), purchase, quote=cheap, why_few="two dealers only")
    assert chosen.why_few == "two dealers only"


def test_a_quote_of_another_purchase_is_not_chosen(worker, purchase):
    other = buying.begin_purchase(actor(worker), purchase.grant, item="Chairs")
    [quote] = quotes(worker, other, "50")
    quotes(worker, purchase, "60")
    with pytest.raises(RuleBroken, match="another purchase"):
        buying.choose_quote(actor(worker), purchase, quote=quote, why_few="x")


def test_it_is_ordered_when_the_payment_is_approved_and_looked_at_by_another(worker, purchase):
    officer, _finance = money.officers()
    cheap, *_ = quotes(worker, purchase, "700", "800", "900")
    purchase = buying.choose_quote(actor(worker), purchase, quote=cheap)
    with pytest.raises(RuleBroken, match="approved"):
        buying.order_purchase(actor(worker), purchase, order_number="PO 1")
    money.sign(officer, pay(worker, purchase, "700").approval)
    buying.order_purchase(actor(worker), purchase, order_number="PO 1")
    purchase = buying.record_delivery(
        actor(worker), purchase, delivered_on=DAY, delivery_note="DN 4"
    )
    with pytest.raises(NotAllowed, match="Another person"):
        buying.check_purchase(actor(worker), purchase, is_as_ordered=True, check_note="")
    with pytest.raises(RuleBroken, match="what was seen"):
        buying.check_purchase(actor(officer), purchase, is_as_ordered=False, check_note="")
    seen = buying.check_purchase(actor(officer), purchase, is_as_ordered=True, check_note="")
    assert seen.status == PurchaseStatus.CHECKED


def test_no_more_is_paid_than_the_chosen_vendor_asked(worker, purchase):
    cheap, *_ = quotes(worker, purchase, "700", "800", "900")
    purchase = buying.choose_quote(actor(worker), purchase, quote=cheap)
    pay(worker, purchase, "400")
    with pytest.raises(RuleBroken, match="chosen quote"):
        pay(worker, purchase, "300.01")
    with pytest.raises(RuleBroken, match="another vendor"):
        money.payment(
            worker, purchase.grant, "1", vendor=money.vendor("Other"), purchase=purchase,
            method="vendor",
        )  # fmt: skip
    assert pay(worker, purchase, "300.00")


def test_quotes_stand_once_a_payment_is_planned(worker, purchase):
    cheap, dear, _dearest = quotes(worker, purchase, "700", "800", "900")
    purchase = buying.choose_quote(actor(worker), purchase, quote=cheap)
    pay(worker, purchase, "700")
    with pytest.raises(InvalidMove):
        buying.choose_quote(actor(worker), purchase, quote=dear, why_chosen="x")
    with pytest.raises(InvalidMove):
        quotes(worker, purchase, "600")


def test_the_database_knows_who_may_not_look(worker, purchase):
    with (
        pytest.raises(IntegrityError, match="purchase_checked_by_another"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE cases_purchase SET checked_at = now(), checked_by_id = %(who)s,"
            " ordered_at = now(), ordered_by_id = %(who)s, order_number = 'x',"
            " is_as_ordered = true WHERE id = %(key)s",
            {"who": worker.pk, "key": purchase.pk},
        )


def chosen_quote(worker, purchase):
    cheap, *_ = quotes(worker, purchase, "700", "800", "900")
    buying.choose_quote(actor(worker), purchase, quote=cheap)
    purchase.refresh_from_db()
    return cheap


def test_nothing_is_planned_for_a_purchase_that_was_given_up(worker, purchase):
    chosen_quote(worker, purchase)
    assert pay(worker, purchase, "300").status == "planned"  # while it is alive
    approving.withdraw(actor(worker), Payment.objects.get().approval, reason="typed wrongly")
    buying.cancel_purchase(actor(worker), purchase)
    purchase.refresh_from_db()
    with pytest.raises(RuleBroken, match="given up"):
        pay(worker, purchase, "700")


def test_the_database_refuses_to_plan_and_to_pay_for_what_was_given_up(worker, purchase):
    chosen_quote(worker, purchase)
    planned = pay(worker, purchase, "300")
    with writing("cases"):
        Purchase.objects.filter(pk=purchase.pk).update(status="cancelled")
    stale = Purchase.objects.get(pk=purchase.pk)
    stale.status = "chosen"  # as whoever read it before it was given up
    with pytest.raises(RuleBroken, match="given up"):
        pay(worker, stale, "100")
    with (
        writing("cases"),
        pytest.raises(IntegrityError, match="payment_of_a_live_purchase"),
        transaction.atomic(),
    ):
        Payment.objects.filter(pk=planned.pk).update(status="approved")
    with writing("cases"):
        Purchase.objects.filter(pk=purchase.pk).update(status="chosen")
    officer, _finance = money.officers()
    assert money.released(planned, officer).status == "approved"
