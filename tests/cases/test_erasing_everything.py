"""A case in which everything happened that can happen is erased like any other."""

from datetime import date, timedelta

import pytest
from django.db.models import UniqueConstraint
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases import forgetting
from safar.assistance.cases.actions import erasing, granting, moving, paying
from safar.assistance.cases.models import Case, CaseMember, Payment, Person
from safar.assistance.cases.queries import work as work_queries
from safar.assistance.movements.choices import Fare, Payer
from safar.assistance.movements.models import (
    Leg,
    MovementFile,
    MovementJourney,
    Passenger,
    TravelLoan,
)
from safar.assistance.returns.models import ReturnFile
from safar.core.record import writing
from tests.cases.test_erasing import MARK, marked_person, places_with
from tests.makers import cases as make
from tests.makers import money, returns, sharing, work
from tests.makers import papers as made
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import loans

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


def test_two_returns_of_one_state_are_erased_one_after_the_other():
    worker = returns.worker()
    for number in (1, 2):
        case = returns.arrived(
            worker, marked_person(), reference=f"{MARK}-{number}", homeland="TJK"
        )
        assert "returns_returnfile.mission_reference" in places_with(MARK)
        closed_and_erased(case)
        assert places_with(MARK) == set()
    assert ReturnFile.objects.count() == 2


def test_two_movements_to_one_state_are_erased_one_after_the_other():
    worker = loans.worker()
    for _number in (1, 2):
        case = loans.movement(worker, marked_person())
        with writing():
            MovementFile.objects.filter(case=case).update(state_reference=MARK, sponsor=f"{MARK} B")
            journey = MovementJourney.objects.create(
                case=case, carrier=f"{MARK} Air", reference=MARK[:10], fare=Fare.RESETTLEMENT
            )
            Leg.objects.create(
                case=case, journey=journey, number=1, flight=MARK[:10], from_place=f"{MARK} A",
                departs_at=timezone.now(), to_place="B", arrives_at=timezone.now() + timedelta(1),
            )  # fmt: skip
            Passenger.objects.create(
                case=case, journey=journey, member=case.members.get(), ticket=MARK, cost=100,
                currency="USD", payer=Payer.LOAN,
            )  # fmt: skip
        loans.signed(worker, case, date.today())
        loans.left(case, date.today())
        assert {"movements_movementfile.state_reference", "movements_leg.flight"} <= places_with(
            MARK
        )
        closed_and_erased(case)
        assert places_with(MARK) == set()
    assert (MovementFile.objects.count(), TravelLoan.objects.count()) == (2, 2)


def test_no_word_that_goes_must_be_the_only_one_of_its_kind():
    """Erased words are all alike: a second case would break a rule that says they differ."""
    rules, broken = 0, []
    for model in forgetting.paths():
        going = {field.name for field in forgetting._columns(model)}
        for rule in model._meta.constraints:
            if isinstance(rule, UniqueConstraint):
                named = {*rule.fields, *(getattr(one, "name", "") for one in rule.expressions)}
                rules += 1
                broken += [rule.name] if named & going else []
    assert rules > 10
    assert broken == []


def test_the_audit_keeps_no_word_that_goes_with_the_case(worker, settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False  # tests/accounts asks for it
    colleague = make.caseworker("7002")
    case = make.case(worker, people=[marked_person()])
    officer, _finance = money.officers()
    with writing("cases"):
        Case.objects.filter(pk=case.pk).update(purpose=f"{MARK} wants to go home")
    sign_in(client := Client(), worker)
    for page in ("case", "everything", "documents", "notes", "services", "case_money", "sharing"):
        assert client.get(reverse(f"cases:{page}", args=[case.pk])).status_code == 200, page
    grant = money.grant(worker, case)
    granting.change_ceiling(
        actor(officer), grant, ceiling=grant.ceiling - 1, reason=f"{MARK} needs less"
    )
    case.refresh_from_db()
    moving.hand_over(actor(worker), case, to=colleague, reason=f"{MARK} knows her")
    assert {"cases_casemove.reason"} <= places_with(MARK)
    assert not {one for one in places_with(MARK) if one.startswith("core_")}
    said = [str(one.text) for one in work_queries.happened(actor(worker), case)]
    assert {f"{MARK} needs less", f"{MARK} knows her"} <= set(said)
    case.refresh_from_db()
    closed_and_erased(case)
    assert places_with(MARK) == set()
