"""A step is asked for, sent back, done until a day, refused or not needed; health moves its own."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safar.assistance.movements.actions import opening, steps
from safar.assistance.movements.actions.steps import Got, NewInterview
from safar.assistance.movements.choices import StepStatus
from safar.assistance.movements.models import Interview, Step
from safar.assistance.movements.queries.due import due, of_steps
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken
from tests.makers import cases as kernel
from tests.makers import movements as make
from tests.makers.accounts import actor
from tests.makers.movements.files import CHILD, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.worker()


@pytest.fixture
def case(by):
    return make.accepted(by, person(), person("Rahmatova Madina", birth=CHILD, sex="F"))


def today():
    return timezone.localdate()


def in_days(days):
    return today() + timedelta(days=days)


def test_a_step_goes_from_asked_to_sent_back_to_done_until_a_day(by, case):
    step = make.step_of(case, "exit")
    step = steps.ask(actor(by), step, on=in_days(-3), answer_by=in_days(9), reference="KG-77")
    assert (step.status, step.asked_on, step.due_on) == ("asked", in_days(-3), in_days(9))
    step = steps.send_back(actor(by), step, remark="photo refused", new_by=in_days(1))
    assert (step.status, step.remark, step.due_on) == ("sent_back", "photo refused", in_days(1))
    step = steps.finish(actor(by), step, got=Got(today(), in_days(90)))
    assert (step.status, step.expires_on, step.reference) == ("done", in_days(90), "KG-77")
    step = steps.again(actor(by), step, remark="they left too late", by=in_days(5))
    assert (step.status, step.done_on, step.expires_on) == ("to_do", None, None)


@pytest.mark.parametrize(
    ("got", "why"),
    [
        (Got(in_days(1), in_days(90)), "still to come"),
        (Got(in_days(-1), in_days(-2)), "before the day"),
        (Got(in_days(-1)), "until when"),
    ],
)
def test_nothing_is_done_tomorrow_or_ends_before_it_began_or_never(by, case, got, why):
    with pytest.raises(RuleBroken, match=why):
        steps.finish(actor(by), make.step_of(case, "visa"), got=got)
    assert make.step_of(case, "visa").status == StepStatus.TO_DO


def test_what_has_no_end_needs_none(by):
    case = make.referred(by)
    done = steps.finish(actor(by), make.step_of(case, "interview"), got=Got(today()))
    assert done.status == StepStatus.DONE
    assert done.expires_on is None


def test_the_database_takes_no_step_as_done_without_its_end(case):
    visa = make.step_of(case, "visa")
    for until, taken in ((None, False), (today(), True)):
        sql = "UPDATE movements_step SET status='done', done_on=%s, expires_on=%s WHERE id=%s"
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, [today(), until, visa.pk])
        except IntegrityError:
            assert not taken
        else:
            assert taken


def test_a_refused_step_may_be_tried_again(by, case):
    step = steps.ask(actor(by), make.step_of(case, "visa"), on=today())
    step = steps.refuse(actor(by), step, remark="papers doubted")
    with pytest.raises(InvalidMove):
        steps.finish(actor(by), step, got=Got(today(), in_days(3)))
    assert steps.again(actor(by), step, remark="new papers").status == StepStatus.TO_DO


def test_a_step_is_not_needed_for_a_reason_and_needed_after_all(by, case):
    step = make.step_of(case, "exit")
    with pytest.raises(RuleBroken, match="why"):
        steps.waive(actor(by), step, remark=" ")
    step = steps.waive(actor(by), step, remark="leaves as a citizen")
    assert step.status == StepStatus.NOT_NEEDED
    assert steps.need(actor(by), step, by=in_days(4)).due_on == in_days(4)


@pytest.mark.parametrize("kind", ["medical", "orientation", "loan", "preflight"])
def test_what_is_done_elsewhere_is_not_ticked_off_by_hand(by, case, kind):
    step = make.step_of(case, kind)
    with pytest.raises(NotAllowed):
        steps.finish(actor(by), step, got=Got(today(), in_days(90)))
    with pytest.raises(RuleBroken):
        steps.finish_for(actor(by), case, steps=[step], got=Got(today(), in_days(90)))
    assert make.step_of(case, kind).status == StepStatus.TO_DO


def test_no_caseworker_does_without_an_examination(by, case):
    with pytest.raises(NotAllowed):
        steps.waive(actor(by), make.step_of(case, "medical"), remark="he looks well")
    steps.waive(actor(by), make.step_of(case, "orientation"), remark="has lived there")


def test_the_same_step_is_done_for_a_whole_family_or_for_nobody(by, case):
    both = list(Step.objects.filter(case=case, kind="visa"))
    with pytest.raises(RuleBroken, match="before the day"):
        steps.finish_for(actor(by), case, steps=both, got=Got(today(), in_days(-9)))
    assert not Step.objects.filter(case=case, kind="visa", status="done").exists()
    done = steps.finish_for(actor(by), case, steps=both, got=Got(today(), in_days(90)))
    assert len(done) == 2
    with pytest.raises(InvalidMove):
        steps.finish_for(actor(by), case, steps=both, got=Got(today(), in_days(90)))


def test_steps_of_another_family_are_not_done_along_with_ours(by, case):
    other = make.accepted(by, person("Karimov Odil"))
    with pytest.raises(RuleBroken, match="this family"):
        steps.finish_for(
            actor(by), case, steps=[make.step_of(other, "visa")], got=Got(today(), in_days(90))
        )


def test_a_step_out_of_sight_is_moved_by_nobody(case):
    stranger, leave = make.worker("7211", at=kernel.OSH), make.step_of(case, "exit")
    with kernel.as_in_pages(stranger), pytest.raises(NotFound):
        steps.ask(actor(stranger), leave, on=today())
    with kernel.as_in_pages(case.lead):
        steps.ask(actor(case.lead), make.step_of(case, "exit"), on=today())
        assert make.step_of(case, "exit").status == StepStatus.ASKED


def test_nothing_is_prepared_once_the_movement_is_over(by, case):
    opening.end(actor(by), case, closure="withdrawn", reason="they stay")
    with pytest.raises(NotAllowed):
        steps.ask(actor(by), make.step_of(case, "exit"), on=today())


def test_an_interview_is_set_told_and_of_the_day(by):
    case = make.referred(by)
    at = timezone.now().replace(hour=6, minute=0) + timedelta(days=1)
    new = NewInterview(at, "Embassy, room 3", "fa", "T. Nazarov")
    made = steps.set_interview(actor(by), make.step_of(case, "interview"), new=new)
    assert make.step_of(case, "interview").status == StepStatus.ASKED
    [one] = [one for one in due(actor(by), today()) if one.at]
    assert "Embassy" in str(one.title)
    assert "told" in str(one.about)
    steps.tell_family(actor(by), made, on=today())
    [one] = [one for one in due(actor(by), today()) if one.at]
    assert "told" not in str(one.about)
    steps.finish(actor(by), make.step_of(case, "interview"), got=Got(today()))
    assert due(actor(by), today()) == []
    with pytest.raises(RuleBroken, match="settled"):
        steps.set_interview(actor(by), make.step_of(case, "interview"), new=new)
    assert Interview.objects.count() == 1


def test_the_day_holds_late_steps_answers_awaited_and_what_runs_out(by, case):
    step = make.step_of(case, "exit")
    steps.ask(actor(by), step, on=in_days(-9), answer_by=in_days(2))
    steps.finish(actor(by), make.step_of(case, "visa"), got=Got(today(), in_days(20)))
    found = due(actor(by), today())
    waits = [one for one in found if one.waits_for]
    assert [(one.due_on, one.waits_since) for one in waits] == [(in_days(2), in_days(-9))]
    assert [one.due_on for one in found if str(one.title).startswith("Renew")] == [in_days(20)]


def test_the_day_of_a_colleague_holds_nothing_of_hers(by, case):
    steps.ask(actor(by), make.step_of(case, "exit"), on=today(), answer_by=in_days(2))
    assert due(actor(by), today())
    assert due(actor(make.worker("7212")), today()) == []


def test_the_steps_that_fall_due_are_read_in_as_many_statements_for_one_family_as_for_three(
    by, case, django_assert_num_queries
):
    steps.ask(actor(by), make.step_of(case, "exit"), on=today(), answer_by=in_days(2))
    with CaptureQueriesContext(connection) as one:
        of_steps(actor(by), today())
    for name in ("Karimov Odil", "Saidov Anvar"):
        more = make.accepted(by, person(name))
        steps.ask(actor(by), make.step_of(more, "exit"), on=today(), answer_by=in_days(2))
    with django_assert_num_queries(len(one)):
        assert len(of_steps(actor(by), today())) == 3
