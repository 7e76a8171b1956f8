"""Missions are told version by version, each once, and never of somebody who has not agreed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.assistance.cases.models import Disclosure, WithdrawalNotice
from safar.assistance.movements import notice_paper
from safar.assistance.movements.actions import bookings, departing, notices
from safar.assistance.movements.models import BookingNotice, MovementJourney, NoticeReceipt
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.record import writing
from tests.makers import cases as kernel
from tests.makers import sharing
from tests.makers.accounts import actor
from tests.makers.movements import journeys as make
from tests.makers.people import new

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def case(worker):
    return make.family(worker)


@pytest.fixture
def winnipeg(worker):
    return make.mission()


@pytest.fixture
def journey(worker, case, winnipeg):
    return make.booked(worker, case, receiving=winnipeg)


def sent_of(notice):
    return {line.code: line for line in notice_paper.lines_of(notice)}


def test_a_mission_is_told_once_of_each_version(worker, case, winnipeg, journey):
    consent = make.consents(worker, case, winnipeg)[0]
    with kernel.as_in_pages(worker):
        first = make.tell(worker, journey, winnipeg, consent)
    assert (first.kind, first.number, first.revision) == ("new", 1, 1)
    with pytest.raises(RuleBroken, match="knows everything"):
        make.tell(worker, journey, winnipeg, consent)
    bookings.change_booking(
        actor(worker), MovementJourney.objects.get(pk=journey.pk),
        new=make.booking(case, day=make.today() + 30 * DAY, receiving=winnipeg),
    )  # fmt: skip
    second = make.tell(worker, journey, winnipeg, consent)
    assert (second.kind, second.number, second.revision) == ("changed", 2, 2)
    lines = sent_of(second)
    assert [code for code, line in lines.items() if line.changed] == ["journey.flights"]
    assert lines["journey.flights"].before == sent_of(first)["journey.flights"].words


def test_the_whole_course_is_told_in_its_order(worker, case, winnipeg):
    consent = make.consents(worker, case, winnipeg)[0]
    journey = make.ticketed(worker, case, day=make.today(), receiving=winnipeg)
    make.tell(worker, journey, winnipeg, consent)
    make.check_off(worker, journey)
    make.check_off(worker, journey, "no_show", "Gulsara")
    departing.confirm_departure(actor(worker), make.fresh(case))
    left = make.tell(worker, journey, winnipeg, consent)
    assert "Gulsara" not in sent_of(left)["identity.travellers"].words
    assert "left on" in sent_of(left)["journey.left"].words
    departing.confirm_arrival(actor(worker), make.fresh(case), on=make.today())
    make.tell(worker, journey, winnipeg, consent)
    kinds = BookingNotice.objects.values_list("kind", flat=True)
    assert list(kinds) == ["new", "departed", "arrived"]


def test_a_cancelled_booking_is_told_to_who_knew_of_it_alone(worker, case, winnipeg):
    transit = make.mission("Mission in Istanbul")
    consent = make.consents(worker, case, winnipeg, transit)[0]
    journey = make.booked(worker, case, receiving=winnipeg, transit=transit)
    make.tell(worker, journey, winnipeg, consent)
    bookings.cancel_booking(actor(worker), journey, reason="The visa is late")
    notice = make.tell(worker, journey, winnipeg, consent)
    assert notice.kind == "cancelled"
    assert "journey.flights" in {
        line.code for line in notice_paper.lines_of(notice) if not line.words
    }
    with pytest.raises(RuleBroken, match="knows everything"):
        make.tell(worker, journey, transit, consent)


def test_a_mission_that_is_concerned_no_more_is_told_so(worker, case, winnipeg, journey):
    toronto = make.mission("Mission in Toronto")
    consent = make.consents(worker, case, winnipeg, toronto)[0]
    make.tell(worker, journey, winnipeg, consent)
    bookings.change_booking(actor(worker), journey, new=make.booking(case, receiving=toronto))
    assert make.tell(worker, journey, winnipeg, consent).kind == "cancelled"
    assert make.tell(worker, journey, toronto, consent).kind == "new"


def test_nobody_is_told_without_a_consent_of_everybody_who_is_named(
    worker, case, winnipeg, journey
):
    ikrom = make.member(case, "Ikrom").person
    consent = sharing.consent(
        worker, case, winnipeg, kinds=make.JOURNEY, purpose="journey", person=ikrom
    )
    with pytest.raises(NotAllowed, match="no consent of Rahmatova Gulsara"):
        make.tell(worker, journey, winnipeg, consent)
    assert not Disclosure.objects.exists()
    assert not BookingNotice.objects.exists()
    gulsara = make.member(case, "Gulsara").person
    sharing.consent(worker, case, winnipeg, kinds=("identity",), purpose="journey", person=gulsara)
    make.tell(worker, journey, winnipeg, consent)


def test_a_parent_agrees_for_a_child_in_words_of_its_own(worker, winnipeg):
    family = make.family(
        worker, new("Rahmatov Ikrom", birth="1986"), new("Rahmatova Madina", birth="2021")
    )
    journey = make.booked(worker, family, receiving=winnipeg)
    of_the_father = make.consent(worker, family, make.member(family, "Ikrom"), winnipeg)
    with pytest.raises(NotAllowed, match="no consent of Rahmatova Madina"):
        make.tell(worker, journey, winnipeg, of_the_father)
    make.consent(worker, family, make.member(family, "Madina"), winnipeg)
    notice = make.tell(worker, journey, winnipeg, of_the_father)
    assert "Madina" in sent_of(notice)["identity.travellers"].words


def test_what_one_of_them_keeps_back_leaves_of_nobody(worker, case, winnipeg):
    make.health(case, "Ikrom", needs=["wheelchair"])
    left = []
    for kinds in (("identity", "journey"), make.JOURNEY):
        mission = make.mission(f"Mission that knows {len(kinds)}")
        journey = make.booked(worker, case, receiving=mission)
        on = make.consent(worker, case, make.member(case, "Ikrom"), mission)
        make.consent(worker, case, make.member(case, "Gulsara"), mission, kinds=kinds)
        left.append({code: line.words for code, line in
                     sent_of(make.tell(worker, journey, mission, on)).items()})  # fmt: skip
        bookings.cancel_booking(actor(worker), journey, reason="Another mission")
    few, everything = left
    assert set(everything) - set(few) == {"needs.on_board", "papers.travel_documents"}
    assert everything["needs.on_board"] == "Rahmatov Ikrom: Wheelchair"
    assert "AC1" in everything["papers.travel_documents"]
    assert "Gulsara" in few["identity.travellers"]


@pytest.mark.parametrize(
    "how", ["withdrawn", "expired", "other purpose", "other mission", "no agreement"]
)
def test_nothing_is_sent_on_a_consent_that_does_not_hold(worker, case, winnipeg, how):
    mission = winnipeg if how != "no agreement" else make.mission("Mission in Oslo", bound=False)
    journey = make.booked(worker, case, receiving=mission)
    named = make.mission("Mission in Bonn") if how == "other mission" else mission
    past = {"obtained_on": make.today() - 9 * DAY, "expires_on": make.today() - DAY}
    given = [
        sharing.consent(
            worker, case, named, kinds=make.JOURNEY, person=one.person,
            purpose="service" if how == "other purpose" else "journey",
            **(past if how == "expired" else {}),
        )
        for one in case.members.all()
    ]  # fmt: skip
    if how == "withdrawn":
        sharing.withdraw(worker, given[0])
    with pytest.raises(NotAllowed):
        make.tell(worker, journey, mission, given[0])
    assert not Disclosure.objects.exists()
    assert not BookingNotice.objects.exists()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["withdraw 0", "withdraw 1", "change", "tell"]), max_size=7))
def test_whatever_happens_in_whatever_order_nobody_is_told_without_a_live_consent(steps):
    with transaction.atomic():
        worker = make.worker()
        case, winnipeg = make.family(worker), make.mission()
        journey = make.booked(worker, case, receiving=winnipeg)
        given_by = make.consents(worker, case, winnipeg)
        live, revision = {0, 1}, 1
        told: list[int] = []
        for one in steps:
            if one == "change":
                with writing("movements"):
                    bookings.journey_changed(case)
                revision += 1
            elif one != "tell":
                who = int(one[-1])
                if who in live:
                    sharing.withdraw(worker, given_by[who])
                    live.discard(who)
            elif revision in told:
                with pytest.raises(RuleBroken, match="knows everything"):
                    make.tell(worker, journey, winnipeg, given_by[0])
            elif live == {0, 1}:
                make.tell(worker, journey, winnipeg, given_by[0])
                told.append(revision)
            else:
                with pytest.raises(NotAllowed):
                    make.tell(worker, journey, winnipeg, given_by[0])
        rows = BookingNotice.objects.values_list("number", "revision")
        assert list(rows) == list(enumerate(told, 1))
        assert Disclosure.objects.count() == 2 * len(told)
        transaction.set_rollback(True)


def test_whoever_takes_her_consent_back_reaches_the_mission(worker, case, winnipeg, journey):
    given_by = make.consents(worker, case, winnipeg)
    make.tell(worker, journey, winnipeg, given_by[0])
    for consent in given_by:
        sharing.withdraw(worker, consent)
        assert WithdrawalNotice.objects.filter(consent=consent, recipient=winnipeg).exists()


def test_a_mission_answers_once(worker, case, winnipeg, journey):
    notice = make.tell(worker, journey, winnipeg, make.consents(worker, case, winnipeg)[0])
    early = notice.disclosure.sent_at - DAY
    with pytest.raises(RuleBroken, match="before it was told"):
        notices.acknowledge(actor(worker), notice, by="J. Smith", at=early)
    notices.acknowledge(actor(worker), notice, by="J. Smith", at=timezone.now())
    with pytest.raises(RuleBroken, match="already"):
        notices.acknowledge(actor(worker), notice, by="J. Smith", at=timezone.now())
    assert NoticeReceipt.objects.get().answered_by == "J. Smith"


def test_a_mission_may_answer_in_the_minute_in_which_it_was_told(worker, case, winnipeg, journey):
    notice = make.tell(worker, journey, winnipeg, make.consents(worker, case, winnipeg)[0])
    that_minute = notice.disclosure.sent_at.replace(second=0, microsecond=0)  # as forms write it
    just_before = that_minute - timedelta(seconds=1)
    with pytest.raises(RuleBroken, match="before it was told"):
        notices.acknowledge(actor(worker), notice, by="J. Smith", at=just_before)
    notices.acknowledge(actor(worker), notice, by="J. Smith", at=that_minute)


def test_the_database_changes_no_notice(worker, case, winnipeg, journey):
    notice = make.tell(worker, journey, winnipeg, make.consents(worker, case, winnipeg)[0])
    refused = pytest.raises(ProgrammingError, match="append-only")
    with refused, transaction.atomic(), writing():
        BookingNotice.objects.filter(pk=notice.pk).update(number=9)
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        BookingNotice.objects.create(
            case=case, journey=journey, recipient=winnipeg, kind="changed", number=1, revision=1,
            disclosure=Disclosure.objects.exclude(pk=notice.disclosure_id).get(),
        )  # fmt: skip
