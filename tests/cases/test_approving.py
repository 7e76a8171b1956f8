"""One person acts once on a subject; as many sign as the amount needs, in their order."""

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safar.assistance.cases import signatures
from safar.assistance.cases.actions import approving
from safar.assistance.cases.choices.money import ApprovalStatus, PaymentStatus, StepKind
from safar.assistance.cases.models import ApprovalStep
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers import money
from tests.makers.accounts import actor, audited, grant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EVERYTHING = ("programme_officer", "finance_officer")


def planned(amount="400.00", ceiling="9000.00", by=None):
    by = by or make.caseworker("7001")
    return money.payment(by, money.grant(by, make.case(by), ceiling), amount)


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


def raw(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def step(approval, who, kind, decision="agreed"):
    """A step written past every action: only the database is left to refuse it."""
    with transaction.atomic(), writing("cases"):
        ApprovalStep.objects.create(
            approval=approval, kind=kind, decision=decision, acted_at=timezone.now(), person=who
        )


def test_the_preparer_cannot_sign_whatever_her_roles():
    worker = make.caseworker("7001")
    for role in EVERYTHING:
        grant(worker, role)
    approval = planned(by=worker).approval
    with pytest.raises(NotAllowed, match="Another person"):
        approving.approve(actor(worker), approval)
    officer, _finance = money.officers()
    assert money.sign(officer, approval).waits_for == StepKind.RELEASE


def test_whoever_approved_cannot_release_whatever_her_roles():
    officer, _finance = money.officers()
    grant(officer, "finance_officer")
    approval = planned().approval
    money.sign(officer, approval)
    with pytest.raises(NotAllowed, match="Another person"):
        money.sign(officer, approval)
    assert audited("cases.release", "refused")


def test_the_database_itself_refuses_a_second_act_of_one_person():
    payment = planned()
    preparer = payment.approval.steps.get().person
    officer, _finance = money.officers()
    with refused("approval_one_person_acts_once"):
        step(payment.approval, preparer, StepKind.APPROVE)
    step(payment.approval, officer, StepKind.APPROVE)


def test_the_database_refuses_a_step_out_of_order():
    payment = planned()
    officer, _finance = money.officers()
    with refused("approval_steps_in_order"):
        step(payment.approval, officer, StepKind.RELEASE)


def test_the_database_counts_the_signatures_itself():
    payment = planned()
    with refused("approval_counts_signatures"):
        raw(
            "UPDATE cases_approval SET status = 'granted', waits_for = '' WHERE id = %s",
            payment.approval_id,
        )
    with refused("approval_counts_signatures"):
        raw("UPDATE cases_approval SET waits_for = 'release' WHERE id = %s", payment.approval_id)
    with refused("payment_signed_by_all"):
        raw("UPDATE cases_payment SET status = 'released' WHERE id = %s", payment.pk)


def test_what_needs_signing_cannot_be_made_less_afterwards():
    payment = planned()
    with refused("approval_as_prepared"):
        raw("UPDATE cases_approval SET needs = '{approve}' WHERE id = %s", payment.approval_id)
    with refused("payment_as_signed"):
        raw("UPDATE cases_payment SET amount = 9 WHERE id = %s", payment.pk)


def test_an_approval_without_its_preparer_is_no_approval():
    case = make.case(make.caseworker())
    with refused("approval_has_a_preparer"), transaction.atomic():
        raw(
            "INSERT INTO cases_approval (id, case_id, subject, needs, waits_for, status, currency,"
            " rule) VALUES (gen_random_uuid(), %s, 'payment', '{approve}', 'approve', 'open', '',"
            " 'x')",
            case.pk,
        )
        raw("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_signature_is_never_taken_back_nor_rewritten():
    approval = planned().approval
    with pytest.raises(Exception, match="append-only"):
        raw("DELETE FROM cases_approvalstep WHERE approval_id = %s", approval.pk)


@pytest.mark.parametrize(
    ("amount", "needs"),
    [
        ("100.00", ["approve"]),
        ("100.01", ["approve", "release"]),
        ("3000.00", ["approve", "release"]),
        ("3000.01", ["approve", "authorise", "release"]),
    ],
)
def test_larger_amounts_need_more_people(amount, needs):
    approval = planned(amount).approval
    assert approval.needs == needs
    assert "Chief of the example mission, 2026-11-01" in approval.rule


def test_a_small_payment_is_released_by_the_one_signature_that_it_needs():
    payment = planned("80.00")
    officer, _finance = money.officers()
    assert money.released(payment, officer).status == PaymentStatus.RELEASED


def test_a_large_payment_needs_four_different_people():
    payment = planned("5000.00")
    officer, finance = money.officers()
    second = make.caseworker("7103", role="programme_officer")
    assert money.released(payment, officer).status == PaymentStatus.PLANNED
    assert money.released(payment, second).status == PaymentStatus.APPROVED
    assert money.released(payment, finance).status == PaymentStatus.RELEASED
    assert payment.approval.steps.values("person").distinct().count() == 4


def test_a_currency_without_thresholds_is_not_paid_in():
    with pytest.raises(RuleBroken, match="No thresholds"):
        signatures.in_force().needs(Decimal("1.00"), "XTS")


def test_declining_needs_a_reason_and_ends_it():
    payment = planned()
    officer, _finance = money.officers()
    with pytest.raises(RuleBroken, match="reason"):
        approving.decline(actor(officer), payment.approval, reason=" ")
    approving.decline(actor(officer), payment.approval, reason="the shop is let")
    payment.refresh_from_db()
    assert (payment.status, payment.ended_reason) == ("cancelled", "the shop is let")
    assert payment.approval.status == ApprovalStatus.DECLINED
    other = make.caseworker("7103", role="programme_officer")
    with pytest.raises(InvalidMove):
        approving.approve(actor(other), payment.approval)


def test_nobody_declines_at_a_step_that_is_not_hers():
    payment = planned()
    _officer, finance = money.officers()
    with pytest.raises(NotAllowed):
        approving.decline(actor(finance), payment.approval, reason="no")


def test_a_worker_withdraws_what_she_prepared_even_when_all_have_signed():
    payment = planned()
    released = money.released(payment, *money.officers())
    preparer = released.approval.steps.get(kind="prepare").person
    approving.withdraw(actor(preparer), released.approval, reason="she went back to school")
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.CANCELLED


def test_an_approval_of_another_office_does_not_exist():
    payment = planned()
    far = make.caseworker("7009", role="programme_officer", at=make.OSH)
    with pytest.raises(NotFound):
        approving.approve(actor(far), payment.approval)


@pytest.mark.parametrize(
    "broken",
    [
        {"signed_by": ""},
        {"without_amount": []},
        {"without_amount": ["prepare"]},
        {"bands": {"USD": [{"up_to": None, "needs": []}]}},
        {"bands": {"USD": [{"up_to": None, "needs": ["approve", "approve"]}]}},
        {"bands": {"USD": [{"up_to": "5.00", "needs": ["approve"]}]}},
    ],
)
def test_thresholds_that_let_one_person_act_alone_are_refused(broken):
    given = json.loads(signatures.FILE.read_text())
    assert signatures.read(given).bands["USD"]
    with pytest.raises(ValueError, match=r"sign|cover"):
        signatures.read(given | broken)
