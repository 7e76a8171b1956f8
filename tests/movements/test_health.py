"""Who is fit, held or not fit; who says so; and that a hold stops a journey until it is lifted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safar.assistance.movements.actions import health, steps
from safar.assistance.movements.actions.health import Said, examine
from safar.assistance.movements.actions.preflight import check_before_flight
from safar.assistance.movements.choices import Fitness
from safar.assistance.movements.models import (
    Examination,
    TravelHealth,
)
from safar.assistance.movements.queries import medical
from safar.core.errors import NotAllowed, RuleBroken, Stale
from safar.core.node import uuid7
from tests.makers import movements as make
from tests.makers.accounts import actor
from tests.makers.movements import health as ill
from tests.makers.movements import journeys
from tests.makers.movements.files import CHILD, person


@pytest.fixture
def worker(db):
    return make.worker()


@pytest.fixture
def doctor(db):
    return ill.health_worker()


@pytest.fixture
def case(worker):
    return make.accepted(worker, person(), person("Rahmatova Madina", CHILD))


def madina(case):
    return journeys.member(case, "Madina")


@pytest.mark.django_db
@pytest.mark.slow
class TestSaying:
    def test_fit_finishes_the_medical_step_until_that_day(self, case, doctor):
        member = madina(case)
        until = timezone.localdate() + timedelta(days=90)
        ill.said(doctor, member, holds_until=until)
        step = make.step_of(case, "medical", "Madina")
        assert (step.status, step.expires_on) == ("done", until)
        assert make.step_of(case, "medical").status == "to_do"

    def test_an_examination_alone_moves_nothing(self, case, doctor):
        ill.examined(doctor, madina(case))
        assert make.step_of(case, "medical", "Madina").status == "to_do"
        assert not TravelHealth.objects.exists()

    def test_a_hold_opens_the_step_again_and_says_when_it_is_looked_at(self, case, doctor):
        member = madina(case)
        ill.said(doctor, member)
        again = timezone.localdate() + timedelta(days=5)
        kept = ill.said(doctor, member, Fitness.HELD, look_again_on=again)
        step = make.step_of(case, "medical", "Madina")
        assert (step.status, step.due_on, step.expires_on) == ("to_do", again, None)
        assert (kept.fitness, kept.holds_until) == ("held", None)

    @pytest.mark.parametrize("outcome", ["class_a", "more_tests"])
    def test_who_is_to_be_treated_first_is_not_fit_until_the_next_examination(
        self, case, doctor, outcome
    ):
        member = madina(case)
        ill.examined(doctor, member, outcome=outcome)
        with pytest.raises(RuleBroken, match="treatment"):
            ill.said(doctor, member)
        ill.examined(doctor, member, outcome="class_b")
        assert ill.said(doctor, member).fitness == "fit"

    def test_nobody_is_fit_whom_nobody_examined(self, case, doctor):
        member = madina(case)
        ill.examined(doctor, journeys.member(case, "Ikrom"))  # of another member
        words = Said(Fitness.FIT, timezone.localdate())
        with pytest.raises(RuleBroken, match="Nobody has examined"):
            health.say_fitness(actor(doctor), case, member=member, said=words)

    def test_help_needs_the_word_that_says_so(self, case, doctor):
        member = madina(case)
        with pytest.raises(RuleBroken, match="with help"):
            ill.said(doctor, member, needs=["oxygen"])
        with pytest.raises(RuleBroken, match="needed on board"):
            ill.said(doctor, member, Fitness.FIT_WITH_NEEDS)
        with pytest.raises(RuleBroken, match="needed on board"):
            ill.said(doctor, member, Fitness.FIT_WITH_NEEDS, needs=["a nurse"])
        kept = ill.said(doctor, member, Fitness.FIT_WITH_NEEDS, needs=["oxygen", "oxygen"])
        assert kept.needs == ["oxygen"]

    def test_a_second_health_worker_does_not_write_over_the_first(self, case, doctor):
        member = madina(case)
        first = ill.said(doctor, member, seen=0)
        ill.said(ill.health_worker("7402"), member, Fitness.HELD, seen=first.version)
        with pytest.raises(Stale):
            ill.said(doctor, member, seen=first.version)
        assert TravelHealth.objects.get(member=member).fitness == "held"

    def test_a_stranger_to_the_family_is_refused(self, case, worker, doctor):
        other = make.accepted(worker, person("Karimov Aziz"))
        with pytest.raises(RuleBroken, match="does not belong"):
            examine(actor(doctor), case, member=other.members.get(), found=ill.found())

    def test_an_examination_to_come_is_refused_and_one_of_today_is_not(self, case, doctor):
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(RuleBroken, match="to come"):
            ill.examined(doctor, madina(case), examined_on=tomorrow)
        assert ill.examined(doctor, madina(case)).examined_on == timezone.localdate()

    def test_a_form_that_is_sent_twice_is_kept_once_and_other_words_stay(self, case, doctor):
        member, key = madina(case), uuid7()
        for text in ("Cough", "Cough", "Cough and fever"):
            examine(actor(doctor), case, member=member, found=ill.found(text=text), key=key)
        assert Examination.objects.count() == 2
        texts = [one.text for one in medical.patients(actor(doctor), case)[1].examinations]
        assert sorted(texts) == ["Cough", "Cough and fever"]


@pytest.mark.django_db
@pytest.mark.slow
class TestWhoMay:
    def test_movement_staff_neither_examine_nor_say_nor_check(self, case, worker, doctor):
        member = madina(case)
        ill.said(doctor, member, Fitness.HELD)
        for attempt in (ill.examined, ill.said):
            with pytest.raises(NotAllowed):
                attempt(worker, member)
        with pytest.raises(NotAllowed):
            check_before_flight(actor(worker), case, member=member)
        assert TravelHealth.objects.get(member=member).fitness == "held"

    def test_a_health_worker_outside_the_medical_file_does_neither(self, case):
        outside = ill.health_worker("7403", "programme")
        with pytest.raises(NotAllowed, match="medical file"):
            ill.examined(outside, madina(case))

    def test_the_case_worker_lets_nobody_off_the_medical(self, case, worker):
        step = make.step_of(case, "medical", "Madina")
        with pytest.raises(NotAllowed, match="health worker"):
            steps.waive(actor(worker), step, remark="in a hurry")
        got = steps.Got(timezone.localdate(), timezone.localdate())
        with pytest.raises(NotAllowed, match="health worker"):
            steps.finish(actor(worker), step, got=got)
