"""Sessions have places, and never more people; who came has the orientation behind her."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from safar.assistance.movements.actions import orientation, sessions
from safar.assistance.movements.actions.sessions import Mark
from safar.assistance.movements.models import Attendance, OrientationSession
from safar.assistance.movements.queries import orientation as queries
from safar.assistance.movements.queries import sessions as session_queries
from safar.core.errors import NotAllowed, NotFound, RuleBroken, Stale
from safar.core.record import writing
from tests.cases.test_money_at_once import (  # noqa: F401 - a fixture
    at_once,
    committed,
    value,
    without_guard,
)
from tests.makers import cases as kernel
from tests.makers import movements as make
from tests.makers.accounts import actor
from tests.makers.movements import journeys
from tests.makers.movements import orientation as taught
from tests.makers.movements.files import CHILD, person


@pytest.fixture
def worker(db):
    return make.worker()


@pytest.fixture
def case(worker):
    return make.accepted(worker, person(), person("Rahmatova Gulsara"), person("Rahmatova Madina", CHILD))  # fmt: skip


@pytest.fixture
def session(worker):
    return taught.session(worker)


def adults(case):
    return [journeys.member(case, name) for name in ("Ikrom", "Gulsara")]


def step(case, name="Ikrom"):
    return make.step_of(case, "orientation", name)


def came(places, now="came", was="invited"):
    return {one.pk: Mark(was, now) for one in places}


@pytest.mark.django_db
@pytest.mark.slow
class TestInviting:
    def test_members_get_places_and_others_may_have_the_rest(self, case, worker, session):
        taught.invited(worker, case, session, *adults(case))
        (one,) = session_queries.open_to("CAN", timezone.localdate())
        assert (one.taken, one.free) == (2, 10)

    def test_too_many_for_the_places_get_none_at_all(self, case, worker):
        small = taught.session(worker, places=1)
        with pytest.raises(RuleBroken, match="not that many places"):
            taught.invited(worker, case, small, *adults(case))
        assert not Attendance.objects.exists()
        assert len(taught.invited(worker, case, small, adults(case)[0])) == 1

    def test_a_child_under_the_age_of_the_scheme_needs_none(self, case, worker, session):
        madina = journeys.member(case, "Madina")
        assert step(case, "Madina").status == "not_needed"
        with pytest.raises(RuleBroken, match="Madina needs no orientation"):
            taught.invited(worker, case, session, madina)

    def test_nobody_has_two_places_and_whoever_was_called_off_may_have_another(
        self, case, worker, session
    ):
        other = taught.session(worker, title="Another")
        taught.invited(worker, case, session, *adults(case))
        with pytest.raises(RuleBroken, match="place in a session already"):
            taught.invited(worker, case, other, adults(case)[0])
        sessions.call_off_session(actor(worker), session)
        assert len(taught.invited(worker, case, other, *adults(case))) == 2

    def test_another_state_a_session_that_has_begun_and_a_stranger_are_refused(
        self, case, worker, session
    ):
        stranger = make.accepted(worker, person("Karimov Aziz")).members.get()
        norway = taught.session(worker, destination="NOR")
        for one, who, words in (
            (norway, adults(case)[0], "another state"),
            (taught.over(taught.session(worker)), adults(case)[0], "begun"),
            (session, stranger, "does not belong"),
        ):
            with pytest.raises(RuleBroken, match=words):
                taught.invited(worker, case, one, who)
        assert not Attendance.objects.exists()

    def test_a_place_is_given_back_until_it_is_noted_who_came(self, case, worker, session):
        one, two = taught.invited(worker, case, session, *adults(case))
        orientation.take_out(actor(worker), one)
        over = taught.over(session)
        sessions.record_attendance(actor(worker), over, marks=came([two]))
        with pytest.raises(RuleBroken, match="noted already"):
            orientation.take_out(actor(worker), Attendance.objects.get(pk=two.pk))
        assert Attendance.objects.count() == 1

    def test_a_worker_of_another_office_invites_nobody_of_this_case(self, case, session):
        osh = make.worker("7299", at=kernel.OSH)
        with pytest.raises(NotFound):
            taught.invited(osh, case, session, *adults(case))


@pytest.mark.django_db
@pytest.mark.slow
class TestComing:
    def test_whoever_came_has_it_done_on_the_last_day_and_whoever_did_not_has_it_to_do(
        self, case, worker, session
    ):
        one, two = taught.invited(worker, case, session, *adults(case))
        over = taught.over(session)
        marks = came([one]) | came([two], "absent")
        assert sessions.record_attendance(actor(worker), over, marks=marks) == 2
        assert (step(case).status, step(case).done_on) == ("done", over.ends_on)
        assert step(case, "Gulsara").status == "to_do"
        waits = [one.may_be_invited for one in queries.orientation_of(actor(worker), case)]
        assert waits == [False, True, False]

    def test_nobody_came_before_the_last_day(self, case, worker, session):
        places = taught.invited(worker, case, session, *adults(case))
        with pytest.raises(RuleBroken, match="last day"):
            sessions.record_attendance(actor(worker), session, marks=came(places))
        with pytest.raises(RuleBroken, match="not begun"):
            sessions.record_attendance(actor(worker), session, marks=came(places, "absent"))
        assert step(case).status == "to_do"

    def test_a_mistake_is_set_right_and_the_step_goes_back(self, case, worker, session):
        places = taught.invited(worker, case, session, *adults(case))
        over = taught.over(session)
        sessions.record_attendance(actor(worker), over, marks=came(places))
        wrong = came(places[:1], "absent", was="came")
        sessions.record_attendance(actor(worker), over, marks=wrong)
        assert (step(case).status, step(case, "Gulsara").status) == ("to_do", "done")

    def test_what_a_colleague_noted_meanwhile_is_not_written_over(self, case, worker, session):
        places = taught.invited(worker, case, session, *adults(case))
        over = taught.over(session)
        sessions.record_attendance(actor(worker), over, marks=came(places))
        with pytest.raises(Stale):
            sessions.record_attendance(actor(worker), over, marks=came(places, "absent"))
        assert step(case).status == "done"

    def test_people_out_of_sight_are_not_marked(self, case, worker, session):
        places = taught.invited(worker, case, session, *adults(case))
        over = taught.over(session)
        osh = make.worker("7299", at=kernel.OSH)
        assert sessions.record_attendance(actor(osh), over, marks=came(places)) == 0
        assert step(case).status == "to_do"


@pytest.mark.django_db
@pytest.mark.slow
class TestSessions:
    def test_a_session_keeps_the_places_that_are_taken(self, case, worker, session):
        taught.invited(worker, case, session, *adults(case))
        fewer = taught.new(starts_on=session.starts_on, places=1)
        with pytest.raises(RuleBroken, match="taken already"):
            sessions.change_session(actor(worker), session, new=fewer, seen=session.version)
        enough = taught.new(starts_on=session.starts_on, places=2)
        kept = sessions.change_session(actor(worker), session, new=enough, seen=session.version)
        assert kept.places == 2

    def test_with_people_invited_it_stays_one_for_their_state(self, case, worker, session):
        norway = taught.new(starts_on=session.starts_on, destination="NOR")
        other = taught.session(worker)
        changed = sessions.change_session(actor(worker), other, new=norway, seen=other.version)
        assert changed.destination == "NOR"
        taught.invited(worker, case, session, *adults(case))
        with pytest.raises(RuleBroken, match="another state"):
            sessions.change_session(actor(worker), session, new=norway, seen=session.version)

    def test_calling_off_says_how_many_were_invited_out_of_sight_too(self, case, worker, session):
        osh = make.worker("7299", at=kernel.OSH)
        theirs = make.accepted(osh, person("Karimov Aziz"), at=kernel.OSH)
        taught.invited(worker, case, session, *adults(case))
        taught.invited(osh, theirs, session)
        with kernel.as_in_pages(worker):
            assert Attendance.objects.count() == 2
            assert sessions.call_off_session(actor(worker), session) == 3
        again = OrientationSession.objects.get(pk=session.pk)
        with pytest.raises(RuleBroken, match="called off"):
            sessions.call_off_session(actor(worker), again)

    def test_another_office_changes_and_calls_off_nothing(self, session):
        osh = make.worker("7299", at=kernel.OSH)
        new = taught.new(starts_on=session.starts_on)
        with pytest.raises(NotAllowed, match="that office"):
            sessions.change_session(actor(osh), session, new=new, seen=session.version)
        with pytest.raises(NotAllowed, match="that office"):
            sessions.call_off_session(actor(osh), session)
        with pytest.raises(NotAllowed, match="that office"):
            taught.session(osh)

    def test_a_session_that_is_over_or_ends_before_it_begins_is_not_planned(self, worker):
        day = timezone.localdate()
        with pytest.raises(RuleBroken, match="passed"):
            taught.session(worker, starts_on=day - timedelta(9), ends_on=day - timedelta(8))
        with pytest.raises(RuleBroken, match="before it begins"):
            taught.session(worker, starts_on=day + timedelta(9), ends_on=day + timedelta(8))

    def test_raw_sql_overbooks_no_session_and_none_that_was_called_off(self, case, worker):
        small = taught.session(worker, places=1)
        taught.invited(worker, case, small, adults(case)[0])
        with (
            writing(),
            pytest.raises(IntegrityError, match="session_is_full"),
            transaction.atomic(),
        ):
            Attendance.objects.create(case=case, session=small, member=adults(case)[1])
        other = taught.session(worker)
        sessions.call_off_session(actor(worker), other)
        with writing(), pytest.raises(IntegrityError, match="called_off"), transaction.atomic():
            Attendance.objects.create(case=case, session=other, member=adults(case)[1])

    def test_a_marked_place_in_a_full_session_is_saved_as_any_other(self, case, worker):
        small = taught.session(worker, places=2)
        places = taught.invited(worker, case, small, *adults(case))
        over = taught.over(small)
        assert sessions.record_attendance(actor(worker), over, marks=came(places)) == 2
