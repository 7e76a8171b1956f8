"""No page and no SQL repays more than is owed, nor on a note that nobody collects."""

import contextlib
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safar.assistance.movements.models import LoanRepayment, TravelLoan
from safar.core.node import uuid7
from safar.core.record import writing
from tests.cases.test_money_at_once import at_once, committed  # noqa: F401 - a fixture
from tests.makers import cases as kernel
from tests.makers.movements import loans as make
from tests.makers.people import new

pytestmark = [pytest.mark.slow]
INSERT = """INSERT INTO movements_loanrepayment
    (id, case_id, loan_id, amount, paid_on, receipt, noted_by_id)
    VALUES (%s, %s, %s, %s, current_date, %s, %s)"""


@pytest.fixture
def worker(db):
    return make.worker()


def note_of(worker, step=make.assigned):
    """A note of 1,400 USD of one adult."""
    case = make.movement(worker, new("Rahmatov Ikrom", birth="1984-05-17"))
    return step(worker, case, timezone.localdate())


def pay(worker, loan, amount, receipt, case=None):
    """Raw SQL, round every action."""
    row = [uuid7(), case or loan.case_id, loan.pk, Decimal(amount), receipt, worker.pk]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, row)


def refused(rule, attempt):
    with pytest.raises(IntegrityError, match=rule):
        attempt()


def test_sql_repays_to_the_last_cent_and_no_cent_more(worker):
    note = note_of(worker)
    with kernel.as_in_pages(worker):
        pay(worker, note, "1000", "R-1")
        refused("repayment_within_the_loan", partial(pay, worker, note, "400.01", "R-2"))
        pay(worker, note, "400", "R-2")
        refused("repayment_within_the_loan", partial(pay, worker, note, "0.01", "R-3"))
    assert sum(LoanRepayment.objects.values_list("amount", flat=True)) == Decimal(1400)


@pytest.mark.parametrize("status", ["signed", "cancelled"])
def test_sql_repays_nothing_on_a_note_that_nobody_collects(worker, status):
    note = note_of(worker, make.signed)
    with writing():
        TravelLoan.objects.filter(pk=note.pk).update(status=status)
    refused("repayment_once_assigned", partial(pay, worker, note, "1", "R-1"))


def test_sql_keeps_no_instalment_of_one_case_on_the_note_of_another(worker):
    note, other = note_of(worker), note_of(worker)
    wrong = partial(pay, worker, note, "1", "R-1", case=other.case_id)
    refused("repayment_of_the_case", wrong)
    pay(worker, note, "1", "R-1")


def test_a_note_out_of_sight_refuses_as_one_that_does_not_exist(worker):
    far = make.worker("7302", at=kernel.OSH)
    note, own = note_of(worker), make.movement(far, at=kernel.OSH)
    with kernel.as_in_pages(far):
        refused("repayment_of_the_case", partial(pay, far, note, "1", "R-1", case=own.pk))


@pytest.mark.parametrize(
    "change",
    [{"amount": Decimal(999)}, {"currency": "EUR"}, {"status": "cancelled"}, {"status": "repaid"}],
)
def test_what_was_repaid_stands_whatever_is_done_with_the_note(worker, change):
    note = note_of(worker)
    pay(worker, note, "1000", "R-1")
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        TravelLoan.objects.filter(pk=note.pk).update(**change)
    pay(worker, note, "400", "R-2")
    with writing():
        TravelLoan.objects.filter(pk=note.pk).update(status="repaid")


def test_two_at_once_in_sql_never_repay_more_than_is_owed(committed):  # noqa: F811
    worker = make.worker()
    note = note_of(worker)
    calls = [partial(_or_refused, worker, note, f"R-{one}") for one in range(3)]
    at_once(calls)
    assert list(LoanRepayment.objects.values_list("amount", flat=True)) == [Decimal(1000)]


def _or_refused(worker, note, receipt):
    with contextlib.suppress(IntegrityError):
        pay(worker, note, "1000", receipt)
