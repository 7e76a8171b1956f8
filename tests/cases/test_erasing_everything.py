"""A case in which everything happened that can happen is erased like any other."""

from datetime import date

import pytest

from safar.assistance.cases.actions import erasing, paying
from safar.assistance.cases.models import Case, CaseMember, Payment, Person
from safar.core.record import writing
from tests.cases.test_erasing import MARK, marked_person, places_with
from tests.makers import cases as make
from tests.makers import money, returns, sharing, work
from tests.makers import papers as made
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    return make.caseworker("7001")


def closed_and_erased(case: Case) -> None:
    with writing("cases"):
        Case.objects.filter(pk=case.pk).update(
            phase="closed", closed_on=date.today(), closure="completed"
        )
    case.refresh_from_db()
    one = made.protection_officer("9001", programme=case.programme)
    other = made.protection_officer("9002", programme=case.programme)
    proposed = erasing.propose_erasure(actor(one), case, why="asked", reason="letter of 3 May")
    with make.as_in_pages(other):
        erasing.approve_erasure(actor(other), proposed)


def test_what_was_shared_planned_given_and_paid_is_erased_and_the_sums_stay(worker):
    case = make.case(worker, people=[marked_person()])
    person = case.members.get().person
    clinic = sharing.partner()
    given = sharing.consent(worker, case, clinic)
    referral = sharing.send(worker, sharing.draft(worker, given, clinic, asks=f"{MARK} asks"))
    sharing.answer(worker, referral, "accept", words=f"{MARK} may come")
    sharing.withdraw(worker, sharing.consent(worker, case, clinic), reason=f"{MARK} fears")
    officer, finance = money.officers()
    work.agree(officer, work.plan(worker, case, f"{MARK} sews", submitted=True))
    work.task(worker, case, f"Call {MARK}", person=person)
    work.attempt(worker, work.follow_up(worker, case, title=f"{MARK} after a month"))
    work.service(worker, case, person=person, remark=f"{MARK} listened", place=f"{MARK} street")
    grant = money.grant(worker, case, purpose=f"{MARK} shop")
    payment = money.released(money.payment(worker, grant), officer, finance)
    paying.record_paid(actor(worker), payment, receipt="R-1", paid_on=date.today())
    made.note(worker, case, f"{MARK} called")
    before = places_with(MARK)
    assert {"cases_referral.asks", "cases_plan.goal", "cases_planitem.goal", "cases_task.title",
            "cases_grant.purpose", "cases_referralmove.words"} & before  # fmt: skip
    closed_and_erased(case)
    assert places_with(MARK) == set()
    left = Payment.objects.get()
    assert (left.amount, left.receipt, left.status) == (payment.amount, "R-1", "paid")
    assert left.person == CaseMember.objects.get(case=case).person
    assert not Person.objects.filter(pk=person.pk).exists()


def test_a_return_is_erased_from_the_referral_to_the_arrival():
    worker = returns.worker()
    returns.schemes()
    case = returns.arrived(worker, marked_person(), reference=f"{MARK}-7", homeland="TJK")
    assert "returns_returnfile.mission_reference" in places_with(MARK)
    closed_and_erased(case)
    assert places_with(MARK) == set()
