"""The demonstration's year of movements: by the hands that each step needs, and on its days."""

from collections import Counter

import pytest
from django.db.models import F
from django.utils import timezone

from safar.assistance.cases.models import ApprovalStep, Case, Payment
from safar.assistance.cases.queries import agenda
from safar.assistance.movements.models import (
    Attendance,
    BookingNotice,
    Departure,
    Examination,
    JourneyEvent,
    Leg,
    LoanRepayment,
    MovementFile,
    MovementJourney,
    OrientationSession,
    Passenger,
    Step,
    TravelHealth,
    TravelLoan,
)
from safar.assistance.movements.queries import report
from safar.assistance.movements.queries.banner import banner
from safar.assistance.movements.queries.due import due
from safar.assistance.movements.queries.family import family_of
from safar.simulation import mission, movements_year

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OF_IT = {"case__programme": "movements"}  # the demonstration has another year beside it
STATES = {
    "referred", "preparing", "booked", "departed", "arrived", "aside", "not_accepted", "ended",
}  # fmt: skip


def test_a_year_of_movements_is_there_once(two_years):
    assert two_years["A mission's year of movements"] == "40 movements of a year"
    assert movements_year.add() == "there already"
    assert MovementFile.objects.count() == 40
    states = Counter(MovementFile.objects.values_list("case__status", flat=True))
    assert set(states) == STATES
    assert states["arrived"] > 12
    _nobody_left_who_was_not_ready()
    _health_held_some_back()
    _missions_were_told_version_by_version()
    _loans_are_repaid()
    _who_approved_did_not_prepare()
    _sessions_have_places()
    _the_rahmatovs_are_as_they_are_drawn()
    _what_is_due_is_there_in_the_morning()


def _nobody_left_who_was_not_ready():
    left = Departure.objects.all()
    assert left.count() > 45
    aboard = Passenger.objects.filter(boarded="boarded").values_list("member", flat=True)
    assert set(aboard) == set(left.values_list("member", flat=True))
    unfinished = Step.objects.filter(member__in=aboard).exclude(status__in=("done", "not_needed"))
    assert not unfinished.exists()
    for one in left:
        ends = Step.objects.filter(member=one.member_id, expires_on__lt=one.departed_on)
        assert not ends.exists()
        said = TravelHealth.objects.get(member=one.member_id)
        assert said.fitness in ("fit", "fit_with_needs")
        assert said.holds_until is not None
        assert said.holds_until >= one.departed_on
    stayed = Passenger.objects.get(boarded="no_show")
    assert not left.filter(member=stayed.member_id).exists()


def _health_held_some_back():
    states = Counter(TravelHealth.objects.values_list("fitness", flat=True))
    assert states["held"] == 1
    assert states["fit_with_needs"] > 2
    tests_first = Examination.objects.filter(outcome="more_tests").values_list("member", flat=True)
    lifted = TravelHealth.objects.filter(member__in=tests_first, fitness="fit")
    assert lifted.count() == 2
    by = set(TravelHealth.objects.values_list("said_by__username", flat=True))
    assert by == {mission.HEALTH.username}


def _missions_were_told_version_by_version():
    changed = MovementJourney.objects.filter(notices__kind="changed").distinct()
    assert changed.count() == 6  # an escort who joins is a change as well
    for one in changed:
        told = list(one.notices.order_by("recipient", "number").values_list("kind", "number"))
        assert ("new", 1) in told
        assert any(kind == "changed" and number == 2 for kind, number in told)
    assert BookingNotice.objects.filter(kind="cancelled").count() == 1
    silent = BookingNotice.objects.filter(receipt=None, kind="changed")
    assert silent.exists()
    assert BookingNotice.objects.exclude(receipt=None).count() > 30
    assert JourneyEvent.objects.filter(kind="missed").count() == 1
    assert Leg.objects.filter(journey__status="cancelled").exists()


def _loans_are_repaid():
    states = Counter(TravelLoan.objects.values_list("status", flat=True))
    assert {"draft", "signed", "assigned", "repaid"} <= set(states)
    repaid = TravelLoan.objects.get(status="repaid")
    assert sum(repaid.repayments.values_list("amount", flat=True)) == repaid.amount
    others = LoanRepayment.objects.exclude(loan=repaid)
    assert others.count() > 5


def _who_approved_did_not_prepare():
    assert Payment.objects.filter(**OF_IT, status="reconciled").count() == 3
    assert not Payment.objects.filter(**OF_IT, reconciled_by=F("paid_by")).exists()
    steps = ApprovalStep.objects.filter(approval__case__programme="movements")
    prepared = dict(steps.filter(kind="prepare").values_list("approval", "person"))
    others = steps.exclude(kind="prepare").values_list("approval", "person")
    assert len(others) == 6
    assert all(prepared[approval] != person for approval, person in others)


def _sessions_have_places():
    marks = Counter(Attendance.objects.values_list("attended", flat=True))
    assert marks["came"] > 40
    assert marks["absent"] == 1
    coming = OrientationSession.objects.filter(starts_on__gt=timezone.localdate())
    taken = {one: one.attendances.count() for one in coming}
    assert len(taken) > 1
    assert any(count == one.places for one, count in taken.items())
    assert any(count < one.places for one, count in taken.items())
    assert {"fa", "ru", "uz"} <= set(OrientationSession.objects.values_list("language", flat=True))


def _the_rahmatovs_are_as_they_are_drawn():
    asel = mission.actor(mission.CASEWORKER)
    case = Case.objects.get(members__person__names__given_names="Madina", members__role="child",
                            members__person__names__surname="Rahmatova")  # fmt: skip
    file = MovementFile.objects.select_related("case", "scheme").get(case=case)
    family = family_of(asel, file)
    assert len(family.members) == 5
    missing = {(one.kind, one.reason) for one in family.readiness.blockers}
    assert {("medical", "expired"), ("exit", "asked"), ("document", "sent_back")} <= missing
    said = banner(asel, case)
    assert said is not None
    assert "8 days before the flight" in str(said.text)


def _what_is_due_is_there_in_the_morning():
    asel = due(mission.actor(mission.CASEWORKER), agenda.local_today())
    titles = {str(one.title) for one in asel}
    assert any(title.startswith(("Confirm the departure", "Confirm the arrival"))
               for title in titles)  # fmt: skip
    late = [one for one in asel if one.due_on and one.due_on < agenda.local_today()]
    assert len(late) < 8
    assert len(asel) > 8
    venera = due(mission.actor(mission.HEALTH), agenda.local_today())
    assert any("before the flight" in str(one.title) for one in venera)
    assert report.span(mission.actor(mission.OFFICER))
