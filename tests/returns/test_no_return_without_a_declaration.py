"""Nobody is moved who did not say so in writing: in the pages' rules, and in the database."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from safar.assistance.cases.models import Case
from safar.assistance.returns.actions import before, journey
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import Declaration
from safar.assistance.returns.queries.files import other_claims
from safar.assistance.returns.workflow import BEYOND_DECLARATION, RETURN
from safar.core.errors import DomainError, NotAllowed, RuleBroken
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as kernel
from tests.makers import returns as make
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def set_status(case: Case, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET status = %s WHERE id = %s", [status, case.pk])


@pytest.mark.parametrize("status", sorted(BEYOND_DECLARATION))
def test_the_database_reaches_no_state_beyond_the_declaration_without_one(status):
    case = make.counselled(make.worker())
    with pytest.raises(IntegrityError, match="returns_declaration_missing"), transaction.atomic():
        set_status(case, status)
    make.signed(case, make.worker())
    set_status(case, status)  # with every signature the same statement passes


def test_the_guard_knows_every_state_that_follows_a_declaration():
    reached: set[str] = {"declared"}
    seen: set[str] = set()
    while reached - seen:
        state = (reached - seen).pop()
        seen.add(state)
        onward = {
            pairs[state]
            for move, pairs in RETURN.moves.items()
            if state in pairs and move not in ("take_back", "end")
        }
        reached |= onward
    assert reached - {"completed"} == BEYOND_DECLARATION


def test_where_a_deportation_order_stands_nobody_signs():
    case = make.counselled(make.worker(), order=Order.STANDS)
    with pytest.raises(NotAllowed, match="deportation order stands"):
        make.signed(case, make.worker())


def test_an_order_that_nobody_asked_about_is_no_answer():
    case = make.counselled(make.worker(), order=Order.UNKNOWN)
    with pytest.raises(NotAllowed, match="Ask first"):
        make.signed(case, make.worker())


def test_the_database_moves_nobody_against_whom_an_order_stands():
    case = make.declared(make.worker())
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE returns_returnfile SET "order" = 'stands'""")
    with pytest.raises(IntegrityError, match="returns_deportation_order"), transaction.atomic():
        set_status(case, "travel_arranged")


def test_a_child_is_declared_by_her_guardian():
    worker = make.worker()
    mother = kernel.new_person("Rahmatova Gulsara", birth=make.ADULT, citizenships=["KGZ"])
    child = kernel.new_person("Rahmatova Sitora", birth=PartialDate(2019), citizenships=["KGZ"])
    case = make.counselled(worker, mother, child)
    young = case.members.get(role="child").person
    with pytest.raises(RuleBroken, match="guardian"):
        before.sign(actor(worker), case, person=young, signed=make.a_signature())
    make.signed(case, worker)
    assert before.declare(actor(worker), case).status == "declared"


def test_one_missing_signature_holds_the_whole_family():
    worker = make.worker()
    wife = kernel.new_person("Rahmatova Gulsara", birth=make.ADULT, citizenships=["KGZ"])
    husband = kernel.new_person("Rahmatov Ikrom", birth=make.ADULT, citizenships=["KGZ"])
    case = make.counselled(worker, husband, wife)
    applicant = case.members.get(role="applicant").person
    before.sign(actor(worker), case, person=applicant, signed=make.a_signature())
    with pytest.raises(NotAllowed, match="Rahmatova Gulsara"):
        before.declare(actor(worker), case)


def test_nobody_is_returned_to_a_country_that_is_not_her_own():
    with pytest.raises(RuleBroken, match="own country"):
        make.referred(make.worker(), homeland="UZB")


def test_a_mission_refers_under_one_reference_once():
    make.referred(make.worker(), reference="TR-77")
    with pytest.raises(RuleBroken, match="referred this person before"):
        make.referred(make.worker(), reference="TR-77")


def test_a_reference_out_of_sight_refuses_nothing_and_is_shown_to_who_sees_both():
    osh, bishkek = make.worker("7102", at=kernel.OSH), make.worker()
    theirs = make.referred(osh, reference="TR-77", at=kernel.OSH)
    with kernel.as_in_pages(bishkek):
        mine = make.referred(bishkek, reference="TR-77")
        assert other_claims(actor(bishkek), mine) == []
        with pytest.raises(RuleBroken, match="referred this person before"):
            make.referred(bishkek, reference="TR-77")
    everywhere = make.worker("7103", at=None)
    assert [file.case for file in other_claims(actor(everywhere), mine)] == [theirs]
    assert other_claims(actor(everywhere), make.referred(bishkek, reference="TR-78")) == []


def test_taken_back_before_the_flight_the_case_goes_back_to_counselling():
    worker = make.worker()
    case = make.declared(worker)
    journey.arrange_travel(actor(worker), case, flight=make.a_flight(worker))
    declaration = case.declarations.get()
    before.withdraw(
        actor(worker), case, declaration=declaration, on=timezone.localdate(), words="no"
    )
    case.refresh_from_db()
    assert case.status == "counselling"
    with pytest.raises(DomainError):
        journey.depart(actor(worker), case)


def test_the_database_takes_no_declaration_back_while_the_case_moves_on():
    case = make.declared(make.worker())
    with (
        pytest.raises(IntegrityError, match="still_moves"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE returns_declaration SET withdrawn_on = current_date")
    assert Declaration.objects.get(case=case).withdrawn_on is None


class AnyOrder(RuleBasedStateMachine):
    """Whatever is tried in whatever order, no case stands beyond a declaration that is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = make.worker()
        self.case = make.referred(self.worker)

    def tried(self, do) -> None:
        self.case = Case.objects.get(pk=self.case.pk)
        with suppress(DomainError):
            do(actor(self.worker), self.case)

    @rule(order=st.sampled_from(Order.values))
    def ask(self, order):
        self.tried(lambda who, case: before.record_order(who, case, order=order))

    @rule()
    def counsel(self):
        self.tried(before.counsel)

    @rule()
    def screen(self):
        answers = dict.fromkeys(("health", "violence", "trafficking", "alone", "fear"), False)
        person = self.case.members.get().person
        self.tried(lambda who, case: before.screen(who, case, person=person, answers=answers))

    @rule()
    def sign(self):
        person = self.case.members.get().person
        self.tried(
            lambda who, case: before.sign(who, case, person=person, signed=make.a_signature())
        )

    @rule()
    def declare(self):
        self.tried(before.declare)

    @rule()
    def book(self):
        self.tried(
            lambda who, case: journey.arrange_travel(who, case, flight=make.a_flight(self.worker))
        )

    @rule()
    def depart(self):
        self.tried(journey.depart)

    @precondition(lambda self: self.case.declarations.exists())
    @rule()
    def withdraw(self):
        last = self.case.declarations.latest("signed_on")
        today = timezone.localdate()
        self.tried(
            lambda who, case: before.withdraw(who, case, declaration=last, on=today, words="no")
        )

    @invariant()
    def nothing_beyond_the_declaration(self):
        case = Case.objects.get(pk=self.case.pk)
        if case.status in BEYOND_DECLARATION:
            assert case.declarations.filter(withdrawn_on=None).exists()
            assert make.file_of(case).order == Order.NONE


AnyOrder.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)


class TestAnyOrder(AnyOrder.TestCase, TestCase):  # type: ignore[misc, valid-type]
    """Each example in a transaction of its own."""
