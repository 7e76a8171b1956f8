"""What is asked anew before a return goes on to the flight, and how the truth is written down later."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from safar.assistance.cases.actions import following, registering
from safar.assistance.cases.actions.following import Tried
from safar.assistance.cases.actions.opening import NewMember
from safar.assistance.cases.actions.registering import Facts
from safar.assistance.cases.models import Case, FollowUp, Person
from safar.assistance.returns.actions import before, journey, planning
from safar.assistance.returns.actions.journey import Handed
from safar.assistance.returns.actions.planning import Weighed
from safar.assistance.returns.choices import Met, Order
from safar.assistance.returns.forms.steps import ReceptionForm
from safar.assistance.returns.models import VulnerabilityScreening
from safar.core.errors import NotAllowed, RuleBroken, Stale
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as kernel
from tests.makers import returns as make
from tests.makers.accounts import actor
from tests.returns.test_no_return_without_a_declaration import set_status

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NO = dict.fromkeys(VulnerabilityScreening.ASKED, False)
A_CHILD = PartialDate(2015, 5, 17)


@pytest.fixture
def worker():
    return make.worker()


def put_right(worker, person, **facts):
    person = Person.objects.get(pk=person.pk)
    known = {"sex": person.sex, "birth": person.birth, "citizenships": tuple(person.citizenships)}
    registering.change_person(
        actor(worker), person, seen=person.version, facts=Facts(**known | facts), reason="papers"
    )


def book(worker, case, **how):
    flight = make.a_flight(worker)
    return journey.arrange_travel(actor(worker), case, flight=flight, **how)


def departed(worker, case):
    book(worker, case)
    return journey.depart(actor(worker), case)


def again(case):
    return Case.objects.get(pk=case.pk)


# -- children --


def test_whose_birth_is_put_right_to_a_child_s_goes_on_only_with_a_guardian(worker):
    parent = kernel.new_person("Rahmatova Gulsara", birth=make.ADULT, citizenships=["KGZ"])
    other = kernel.new_person("Rahmatov Behruz", birth=make.ADULT, citizenships=["KGZ"])
    case = make.counselled(worker, parent, other)
    guardian = case.members.get(role="applicant").person
    child = case.members.exclude(role="applicant").get().person
    for person in (guardian, child):
        before.sign(actor(worker), case, person=person, signed=make.a_signature())
    before.declare(actor(worker), case)
    book(worker, case)
    put_right(worker, child, birth=A_CHILD)
    with pytest.raises(NotAllowed, match="guardian: Rahmatov Behruz"):
        journey.depart(actor(worker), case)
    old = case.declarations.get(person=child)
    before.withdraw(
        actor(worker), case, declaration=old, on=timezone.localdate(), words="with her mother"
    )
    signed = make.a_signature(guardian=guardian)
    before.sign(actor(worker), case, person=child, signed=signed)
    before.declare(actor(worker), again(case))
    book(worker, again(case), seen=1)
    assert journey.depart(actor(worker), again(case)).status == "departed"


def test_a_guardian_is_grown_up_when_she_signs_and_when_they_leave(worker):
    born = {"Rahmatova Gulsara": make.ADULT, "Rahmatov A": A_CHILD, "Rahmatov B": A_CHILD}
    people = [
        kernel.new_person(name, birth=birth, citizenships=["KGZ"]) for name, birth in born.items()
    ]
    case = make.counselled(worker, *people)
    mother = case.members.get(role="applicant").person
    one, two = (row.person for row in case.members.filter(role="child"))
    with pytest.raises(RuleBroken, match="grown up"):
        before.sign(actor(worker), case, person=one, signed=make.a_signature(guardian=two))
    with pytest.raises(RuleBroken, match="her own guardian"):
        before.sign(actor(worker), case, person=one, signed=make.a_signature(guardian=one))
    make.signed(case, worker)
    put_right(worker, mother, birth=None)
    with pytest.raises(NotAllowed, match="guardian"):
        before.declare(actor(worker), case)
    put_right(worker, mother, birth=PartialDate(1987))
    assert before.declare(actor(worker), case).status == "declared"


# -- home --


def test_nobody_of_the_family_is_returned_to_a_country_that_is_not_her_own(worker):
    case = make.counselled(worker)
    guest = kernel.new_person("Khan Ali", birth=make.ADULT, citizenships=["AFG"])
    added = registering.join_case(actor(worker), case, member=NewMember(guest, "spouse"))
    before.screen(actor(worker), case, person=added.person, answers=NO)
    make.signed(case, worker)
    with pytest.raises(NotAllowed, match="own country of Khan Ali"):
        before.declare(actor(worker), case)
    put_right(worker, added.person, citizenships=("AFG", "KGZ"))
    assert before.declare(actor(worker), case).status == "declared"
    put_right(worker, added.person, citizenships=("AFG",))
    with pytest.raises(NotAllowed, match="own country of Khan Ali"):
        book(worker, case)


# -- the assessment after a yes --


def assess(worker, visit, status="done"):
    result = "reached" if status == "done" else "no_answer"
    following.record_attempt(
        actor(worker), visit, tried=Tried("visit", result, timezone.now())
    )  # fmt: skip
    following.close_follow_up(actor(worker), visit, status=status, remark="A doctor at home")


def test_after_a_yes_nothing_goes_on_before_the_assessment_was_made(worker):
    case = make.counselled(worker)
    person = case.members.get().person
    make.signed(case, worker)
    before.screen(actor(worker), case, person=person, answers=NO | {"fear": True})
    with pytest.raises(NotAllowed, match="assessment"):
        before.declare(actor(worker), case)
    before.screen(actor(worker), case, person=person, answers=NO)
    with pytest.raises(NotAllowed, match="assessment"):  # another answer takes nothing back
        before.declare(actor(worker), case)
    assess(worker, case.follow_ups.get())
    assert before.declare(actor(worker), case).status == "declared"
    before.screen(actor(worker), case, person=person, answers=NO | {"trafficking": True})
    with pytest.raises(NotAllowed, match="assessment"):  # a new yes asks for a new one
        book(worker, case)
    assess(worker, case.follow_ups.get(status="due"))
    book(worker, case)
    assert journey.depart(actor(worker), case).status == "departed"


def test_an_assessment_in_which_nobody_was_reached_is_none(worker):
    case = make.counselled(worker)
    person = case.members.get().person
    make.signed(case, worker)
    before.screen(actor(worker), case, person=person, answers=NO | {"violence": True})
    assess(worker, case.follow_ups.get(), status="unreachable")
    with pytest.raises(NotAllowed, match="assessment"):
        before.declare(actor(worker), case)
    before.screen(actor(worker), case, person=person, answers=NO | {"violence": True})
    assess(worker, FollowUp.objects.get(case=case, status="due"))
    assert before.declare(actor(worker), case).status == "declared"


# -- taking back --


@pytest.mark.parametrize(("days", "why"), [(-1, "She signed on"), (1, "still to come")])
def test_a_withdrawal_has_a_day_that_can_be(worker, days, why):
    case = make.declared(worker)
    found = case.declarations.get()
    on = date.today() + timedelta(days=days)
    with pytest.raises(RuleBroken, match=why), transaction.atomic():
        before.withdraw(actor(worker), case, declaration=found, on=on, words="")
    assert again(case).status == "declared"
    before.withdraw(actor(worker), case, declaration=found, on=timezone.localdate(), words="")
    assert again(case).status == "counselling"


def test_taken_back_after_the_arrival_it_is_written_down_and_help_goes_on(worker):
    case = make.arrived(worker)
    found = case.declarations.get()
    before.withdraw(actor(worker), case, declaration=found, on=timezone.localdate(), words="no")
    assert case.declarations.get().withdrawn_on == timezone.localdate()
    option = planning.weigh(
        actor(worker), again(case), weighed=Weighed("business", "Sheep", "feasible")
    )
    planning.choose(actor(worker), again(case), option=option)
    assert again(case).status == "reintegrating"
    with pytest.raises(RuleBroken, match="departed"):
        before.sign(actor(worker), case, person=found.person, signed=make.a_signature())
    with pytest.raises(IntegrityError, match="declaration_missing"), transaction.atomic():
        set_status(case, "declared")  # none goes back to before the flight without one


# -- an order that is found late --


def test_an_order_that_is_found_late_is_written_down_and_takes_the_case_back(worker):
    case = make.declared(worker)
    book(worker, case)
    before.record_order(actor(worker), again(case), order=Order.STANDS)
    assert (again(case).status, make.file_of(case).order) == ("counselling", Order.STANDS)
    with pytest.raises(NotAllowed, match="deportation order stands"):
        before.declare(actor(worker), again(case))
    before.record_order(actor(worker), again(case), order=Order.NONE)
    assert before.declare(actor(worker), again(case)).status == "declared"


@pytest.mark.parametrize(
    ("met", "status"), [(Met.MET, "arrived"), (Met.NOT_ON_BOARD, "counselling")]
)
def test_an_order_that_is_found_in_the_air_moves_who_lands_and_who_stayed(worker, met, status):
    case = make.declared(worker)
    departed(worker, case)
    before.record_order(actor(worker), again(case), order=Order.STANDS)
    at = timezone.now() - timedelta(hours=1)
    journey.receive(actor(worker), again(case), handed=Handed(met, at, remark="stayed"))
    assert again(case).status == status


# -- money at the airport --


@pytest.mark.parametrize(
    ("amount", "currency", "why"),
    [("100.01", "USD", "at the most"), ("9999999", "USD", "at the most"), ("0", "USD", "at the most"),
     ("-1", "USD", "at the most"), ("90", "EUR", "in USD"), ("90", "usd", "in USD")],
)  # fmt: skip
def test_pocket_money_is_what_the_scheme_gives_and_no_more(worker, amount, currency, why):
    case = make.declared(worker)
    departed(worker, case)
    at = timezone.now() - timedelta(hours=1)
    money = {"pocket_money": Decimal(amount), "currency": currency, "receipt": "R-1"}
    with pytest.raises(RuleBroken, match=why):
        journey.receive(actor(worker), case, handed=Handed(Met.MET, at, **money))
    with pytest.raises(RuleBroken, match="Nobody was met"):
        journey.receive(actor(worker), case, handed=Handed(Met.NOT_MET, at, **money))
    right = money | {"pocket_money": Decimal(100), "currency": "USD"}
    made = journey.receive(actor(worker), case, handed=Handed(Met.MET, at, **right))
    assert made.pocket_money == 100


def test_a_scheme_without_pocket_money_gives_none(worker):
    case = make.declared(worker, scheme="SWE-REINT")
    departed(worker, case)
    at = timezone.now() - timedelta(hours=1)
    handed = Handed(Met.MET, at, pocket_money=Decimal(1), currency="EUR", receipt="R-1")
    with pytest.raises(RuleBroken, match="no pocket money"):
        journey.receive(actor(worker), case, handed=handed)


def test_the_form_takes_a_currency_in_small_letters_and_no_amount_of_nothing(worker):
    case = make.declared(worker)
    departed(worker, case)
    at = timezone.localtime() - timedelta(hours=1)
    typed = {"met": "met", "at": at.strftime("%Y-%m-%dT%H:%M"), "currency": "usd", "receipt": "1"}
    assert "pocket_money" in ReceptionForm(typed | {"pocket_money": "0"}, case=case).errors
    form = ReceptionForm(typed | {"pocket_money": "100"}, case=case)
    assert form.is_valid(), form.errors
    assert journey.receive(actor(worker), case, handed=form.handed()).currency == "USD"


# -- two at one booking --


def test_a_booking_is_not_written_over_by_who_has_not_seen_it(worker):
    case = make.declared(worker)
    needs = make.a_flight(worker, needs_on_board="wheelchair, insulin")
    journey.arrange_travel(actor(worker), case, flight=needs)
    colleague = make.worker("7102")
    with pytest.raises(Stale):
        journey.arrange_travel(actor(colleague), again(case), flight=make.a_flight(colleague))
    other = make.a_flight(colleague, number="TK999", needs_on_board="wheelchair, insulin")
    made = journey.arrange_travel(actor(colleague), again(case), flight=other, seen=1)
    assert (made.flight, made.needs_on_board, made.version) == ("TK999", needs.needs_on_board, 2)
