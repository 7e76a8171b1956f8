"""Tasks, follow-ups, services, plans: what the actions and the database hold to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from safar.assistance.cases.actions import following, planning, serving, tasks
from safar.assistance.cases.actions.planning import NewItem
from safar.assistance.cases.models import Attempt, Plan, PlanItem, Service, Task
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken, Stale
from safar.core.record import writing
from tests.makers import cases, work
from tests.makers.accounts import actor
from tests.makers.money import line

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    return cases.caseworker("7001")


@pytest.fixture
def case(worker):
    return cases.case(worker)


def test_a_form_sent_twice_is_one_service(worker, case):
    key = uuid4()
    first, second = work.service(worker, case, key), work.service(worker, case, key)
    assert first == second
    assert Service.objects.count() == 1
    work.service(worker, case)
    assert Service.objects.count() == 2


def test_the_database_itself_counts_a_form_once(worker, case):
    first = work.service(worker, case)
    first.pk = uuid4()
    with writing("cases"), pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_a_service_has_no_cost_without_a_currency_and_lies_not_in_the_future(worker, case):
    with pytest.raises(RuleBroken, match="currency"):
        work.service(worker, case, currency="USD")
    with pytest.raises(RuleBroken, match="future"):
        work.service(worker, case, delivered_on=work.today(1))
    other = line()
    with writing("cases"):
        other.project.programme = "elsewhere"
        other.project.save()
    with pytest.raises(RuleBroken, match="another programme"):
        work.service(worker, case, line=other)
    assert work.service(worker, case, cost="12.50").currency == "USD"


def test_a_service_taken_back_stays_and_is_not_taken_back_twice(worker, case):
    made = work.service(worker, case)
    with pytest.raises(RuleBroken, match="reason"):
        serving.take_back_service(actor(worker), made, why=" ")
    serving.take_back_service(actor(worker), made, why="typed twice")
    with pytest.raises(RuleBroken, match="already"):
        serving.take_back_service(actor(worker), made, why="again")
    assert Service.objects.get().taken_back_why == "typed twice"


def test_help_is_given_to_people_of_the_case_only(worker, case):
    stranger = cases.case(worker, "Other Name").members.get().person
    for give in (
        lambda: work.service(worker, case, person=stranger),
        lambda: work.task(worker, case, person=stranger),
        lambda: work.follow_up(worker, case, person=stranger),
    ):
        with pytest.raises(RuleBroken, match="belong"):
            give()
    own = case.members.get().person
    assert work.service(worker, case, person=own).person == own


def test_a_follow_up_is_done_only_when_somebody_was_reached(worker, case):
    made = work.follow_up(worker, case)
    with pytest.raises(RuleBroken, match="Nobody was reached"):
        following.close_follow_up(actor(worker), made, status="done")
    with pytest.raises(RuleBroken, match="Nobody has tried"):
        following.close_follow_up(actor(worker), made, status="unreachable")
    work.attempt(worker, made, "no_answer")
    work.attempt(worker, made, "reached")
    closed = following.close_follow_up(actor(worker), made, status="done", remark="She is well.")
    assert (closed.status, closed.attempts.count()) == ("done", 2)
    with pytest.raises(RuleBroken, match="closed"):
        work.attempt(worker, made)


def test_a_follow_up_is_missed_once_its_window_is_over_and_not_before(worker, case):
    with pytest.raises(RuleBroken, match="still open"):
        following.close_follow_up(actor(worker), work.follow_up(worker, case), status="missed")
    late = work.follow_up(worker, case, -20, -2)
    assert following.close_follow_up(actor(worker), late, status="missed").status == "missed"


def test_every_attempt_is_kept_by_the_database(worker, case):
    tried = work.attempt(worker, work.follow_up(worker, case))
    with writing("cases"), pytest.raises(ProgrammingError), transaction.atomic():
        Attempt.objects.filter(pk=tried.pk).update(result="reached")
    with writing("cases"), pytest.raises(ProgrammingError), transaction.atomic():
        tried.delete()


def test_an_attempt_is_not_written_down_before_it_happened(worker, case):
    tried = following.Tried("call", "reached", timezone.now() + timedelta(hours=1))
    with pytest.raises(RuleBroken, match="future"):
        following.record_attempt(actor(worker), work.follow_up(worker, case), tried=tried)


def test_a_task_of_a_template_is_there_once_for_each_person(worker, case):
    person = case.members.get().person
    for _ in range(2):
        work.task(worker, case, code="medical")
        work.task(worker, case, code="medical", person=person)
        work.task(worker, case)  # without a code: as often as somebody writes it
    assert Task.objects.exclude(code="").count() == 2
    assert Task.objects.filter(code="").count() == 2


def test_a_task_is_finished_once_and_can_be_opened_again(worker, case):
    made = work.task(worker, case)
    with pytest.raises(RuleBroken, match="few words"):
        tasks.finish_task(actor(worker), made, outcome="not_possible")
    tasks.finish_task(actor(worker), made)
    with pytest.raises(RuleBroken, match="already"):
        tasks.begin_task(actor(worker), made)
    assert tasks.reopen_task(actor(worker), made).done_at is None


def test_a_task_that_somebody_changed_meanwhile_is_not_overwritten(worker, case):
    made = work.task(worker, case)
    tasks.change_task(actor(worker), made, seen=1, changes={"title": "hers"})
    with pytest.raises(Stale):
        tasks.change_task(actor(worker), made, seen=1, changes={"title": "mine"})
    made.refresh_from_db()
    assert made.title == "hers"


def test_another_person_agrees_to_a_plan_and_it_replaces_the_one_before(worker, case):
    officer = cases.caseworker("7009", role="programme_officer")
    first = work.agree(officer, work.plan(worker, case, submitted=True))
    second = work.plan(worker, case, "A shop")
    assert second.items.count() == 2  # what was agreed comes along
    second = work.agree(officer, planning.submit_plan(actor(worker), second))
    first.refresh_from_db()
    assert (first.status, second.status, second.number) == ("superseded", "approved", 2)
    assert second.approved_by == officer


def test_nobody_agrees_to_her_own_plan(worker, case):
    officer = cases.caseworker("7009", role="programme_officer")
    own = work.plan(officer, case, submitted=True)
    with pytest.raises(NotAllowed, match="acted on this"):
        work.agree(officer, own)


def test_whoever_drafted_does_not_agree_though_a_colleague_submitted_it(worker, case):
    officer = cases.caseworker("7009", role="programme_officer")
    drafted = work.plan(officer, case)
    planning.submit_plan(actor(worker), drafted)
    with pytest.raises(RuleBroken, match="You wrote in"):
        work.agree(officer, drafted)


def test_the_database_refuses_a_plan_agreed_to_by_its_author(worker, case):
    made = work.plan(worker, case)
    made.status, made.approved_at, made.approved_by = "approved", timezone.now(), worker
    with (
        writing("cases"),
        pytest.raises(IntegrityError, match="agreed_to_by_another"),
        transaction.atomic(),
    ):
        made.save()
    made.approved_by = cases.caseworker("7009")
    with writing("cases"):
        made.version = 1
        made.save()


@pytest.mark.parametrize("wrote", ["words", "an item", "less"])
def test_whoever_wrote_in_a_plan_does_not_agree_to_it(worker, case, wrote):
    officer, another = (
        cases.caseworker(name, role="programme_officer") for name in ("7009", "7010")
    )
    drafted = work.plan(worker, case)
    if wrote == "words":
        planning.change_plan(
            actor(officer), drafted, seen=drafted.version, changes={"goal": "mine"}
        )
    elif wrote == "an item":
        planning.add_plan_item(actor(officer), drafted, new=NewItem("mine", "counselling"))
    else:
        planning.add_plan_item(actor(worker), drafted, new=NewItem("hers", "counselling"))
        planning.remove_plan_item(actor(officer), PlanItem.objects.get(goal="hers"))
    planning.submit_plan(actor(cases.caseworker("7002")), drafted)
    with pytest.raises(RuleBroken, match="You wrote in"):
        work.agree(officer, drafted)
    assert work.agree(another, drafted).status == "approved"


def test_the_database_refuses_a_plan_agreed_to_by_whoever_wrote_in_it(worker, case):
    officer, another = (
        cases.caseworker(name, role="programme_officer") for name in ("7009", "7010")
    )
    made = work.plan(worker, case)
    planning.add_plan_item(actor(officer), made, new=NewItem("mine", "counselling"))
    agreed = Plan.objects.filter(pk=made.pk)
    values = {"status": "approved", "approved_at": timezone.now()}
    with (
        writing("cases"),
        pytest.raises(IntegrityError, match="agreed_to_by_no_author"),
        transaction.atomic(),
    ):
        agreed.update(approved_by=officer, **values)
    with writing("cases"):
        assert agreed.update(approved_by=another, **values) == 1


def test_a_submitted_plan_does_not_change_and_a_second_draft_is_refused(worker, case):
    made = work.plan(worker, case, submitted=True)
    with pytest.raises(InvalidMove):
        planning.change_plan(actor(worker), made, seen=made.version, changes={"goal": "other"})
    with pytest.raises(InvalidMove):
        planning.remove_plan_item(actor(worker), PlanItem.objects.get())
    with pytest.raises(RuleBroken, match="in work already"):
        work.plan(worker, case)


def test_a_plan_given_back_is_a_draft_again(worker, case):
    from safar.assistance.cases.actions import approving

    officer = cases.caseworker("7009", role="programme_officer")
    made = work.plan(worker, case, submitted=True)
    assert made.approval
    approving.decline(actor(officer), made.approval, reason="too dear")
    made.refresh_from_db()
    assert made.status == "draft"
    assert not made.approval_id
    assert planning.submit_plan(actor(worker), made).status == "submitted"


def test_the_work_of_a_case_out_of_sight_does_not_exist(worker, case):
    stranger = cases.caseworker("7002", at=cases.OSH)
    made = work.task(worker, case)
    with pytest.raises(NotFound):
        tasks.finish_task(actor(stranger), made)
    with pytest.raises(NotFound):
        work.service(stranger, case)
    with pytest.raises(NotFound):
        work.follow_up(stranger, case)
    with pytest.raises(NotFound):
        planning.submit_plan(actor(stranger), work.plan(worker, case))


TABLES = ["plan", "planitem", "task", "followup", "attempt", "service"]


@pytest.mark.parametrize("table", TABLES)
def test_raw_sql_sees_no_work_of_another_office(worker, case, table):
    work.plan(worker, case)
    work.task(worker, case)
    work.attempt(worker, work.follow_up(worker, case))
    work.service(worker, case)
    stranger = cases.caseworker("7002", at=cases.OSH)

    def rows(who):
        with cases.as_in_pages(who), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM cases_{table}")
            return cursor.fetchone()[0]

    assert (rows(worker), rows(stranger)) == (1, 0)
