"""Money of an application: no more is taken or waived than is owed, or given back than was paid."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from safar.control.applications.choices import FeeKind
from safar.control.applications.forms import FeeForm
from safar.control.applications.queries import account_of
from safar.control.applications.rules import account
from safar.control.passports import actions as passports
from safar.control.visas import actions as visas
from safar.control.visas.actions import Money
from safar.core.errors import RuleBroken
from safar.core.record import writing
from tests.makers import passports as make_passports
from tests.makers import visas as make_visas

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Take = Callable[[str, int], Any]


@pytest.fixture(params=["visas", "passports"])
def sent(request: pytest.FixtureRequest) -> tuple[Any, Take, int]:
    """An application that is sent, how money is recorded on it, and what is due."""
    visa = request.param == "visas"
    take, make = (visas.take_fee, make_visas) if visa else (passports.take_fee, make_passports)
    application: Any = make.sent()

    def taken(kind: str, amount: int) -> Any:
        receipt = "" if kind == "waived" else f"{kind[0]}-{amount}"
        money = Money(kind, Decimal(amount), receipt, "" if kind == "paid" else "As decided")
        return take(make.clerk(), application, money=money)

    return application, taken, int(application.fee_due)


def test_a_fee_is_settled_when_all_of_it_is_paid_or_waived(sent):
    application, take, due = sent
    take("paid", due - 10)
    assert account_of(application).owed == 10
    take("waived", 10)
    assert account_of(application).is_settled


def test_to_waive_a_little_does_not_settle_it(sent):
    application, take, _due = sent
    take("waived", 1)
    assert not account_of(application).is_settled


def test_no_more_is_paid_or_waived_than_is_owed(sent):
    _application, take, due = sent
    take("paid", due - 10)
    for kind in ("paid", "waived"):
        with pytest.raises(RuleBroken, match="10") as error:
            take(kind, 11)
        assert error.value.field == "amount"
    take("paid", 10)
    with pytest.raises(RuleBroken, match="Nothing is owed"):
        take("paid", 1)


def test_no_more_is_given_back_than_was_paid(sent):
    _application, take, due = sent
    with pytest.raises(RuleBroken, match="Nothing was paid"):
        take("returned", 1)
    take("paid", due)
    take("returned", due - 5)
    with pytest.raises(RuleBroken, match="5"):
        take("returned", 6)
    take("returned", 5)


def test_what_was_waived_is_not_given_back(sent):
    _application, take, due = sent
    take("waived", due)
    with pytest.raises(RuleBroken, match="Nothing was paid"):
        take("returned", 1)


def test_the_database_gives_back_no_more_than_was_paid_either(sent):
    application, take, due = sent
    last = take("paid", due)
    for kind in ("returned", "waived"):
        with pytest.raises(IntegrityError), transaction.atomic(), writing():
            _copy(last, kind, due + 1).save()
    with writing():
        _copy(last, "returned", due).save()  # the control
    assert account_of(application).held == 0


def _copy(fee: Any, kind: str, amount: int) -> Any:
    receipt = "" if kind == "waived" else "X-9"
    return type(fee)(
        application=fee.application, kind=kind, amount=amount, currency=fee.currency,
        receipt=receipt, reason="By hand", at=fee.at, by=fee.by, by_name=fee.by_name,
    )  # fmt: skip


def test_the_form_offers_what_is_owed_and_then_what_can_be_given_back(sent):
    application, take, due = sent
    assert FeeForm(application).initial == {"kind": FeeKind.PAID, "amount": due}
    take("paid", due)
    assert FeeForm(application).initial == {"kind": FeeKind.RETURNED, "amount": due}


amounts = st.decimals(min_value=Decimal("0.01"), max_value=9999, places=2)


@given(due=amounts, fees=st.lists(st.tuples(st.sampled_from(FeeKind.values), amounts)))
def test_nothing_is_settled_and_owed_at_once(due, fees):
    found = account(due, fees)
    assert found.is_settled == (found.owed == 0)
    assert found.owed >= 0
    assert found.is_settled == (found.paid + found.waived - found.returned >= due)
