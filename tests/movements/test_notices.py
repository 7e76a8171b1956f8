"""Missions are told version by version, each once, and never of somebody who has not agreed."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.assistance.cases.models import Disclosure, WithdrawalNotice
from safar.assistance.movements import notice_paper
from safar.assistance.movements.actions import bookings, departing, notices
from safar.assistance.movements.models import BookingNotice, MovementJourney, NoticeReceipt
from safar.assistance.movements.queries import journey as journey_queries
from safar.assistance.movements.queries import notices as queries
from safar.assistance.movements.rules.notices import next_kind
from safar.core.errors import NotAllowed, NotFound, RuleBroken
from safar.core.record import writing
from tests.makers import cases as kernel
from tests.makers import sharing
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import journeys as make
from tests.makers.people import new
from tests.makers.reference import load_reference

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


@pytest.mark.parametrize(
    ("status", "revision", "told", "kind"),
    [
        ("held", 1, [], "new"),
        ("cancelled", 1, [], None),
        ("held", 1, [("new", 1)], None),
        ("held", 3, [("new", 1)], "changed"),
        ("departed", 1, [("new", 1)], "departed"),
        ("departed", 2, [("new", 1), ("departed", 1)], "changed"),
        ("departed", 2, [("new", 1), ("departed", 1), ("changed", 2)], None),
        ("arrived", 1, [("new", 1)], "arrived"),
        ("cancelled", 2, [("new", 1)], "cancelled"),
        ("cancelled", 2, [("new", 1), ("cancelled", 2)], None),
    ],
)
def test_what_a_mission_does_not_know_yet(status, revision, told, kind):
    assert next_kind(status, revision, told) == kind


@given(
    st.lists(st.sampled_from(["change", "away", "back", "depart", "arrive", "cancel", "tell"])),
)
def test_no_version_is_ever_told_twice(steps):
    status, revision, addressed = "held", 1, True
    told: list[tuple[str, int]] = []
    for one in steps:
        if one == "tell" and (kind := next_kind(status, revision, told, addressed=addressed)):
            assert (kind, revision) not in told
            told.append((kind, revision))
        elif one in ("away", "back") and addressed != (one == "back"):
            addressed, revision = one == "back", revision + 1
        elif one == "change" and status in ("held", "departed"):
            revision += 1
        elif (status, one) in NEXT:
            status = NEXT[status, one]
    assert next_kind(status, revision, [*told, ("cancelled", revision)], addressed=False) is None


NEXT = {
    ("held", "depart"): "departed",
    ("departed", "arrive"): "arrived",
    ("held", "cancel"): "cancelled",
}


def test_a_mission_answers_once(worker, case, winnipeg, journey):
    notice = make.tell(worker, journey, winnipeg, make.consents(worker, case, winnipeg)[0])
    early = notice.disclosure.sent_at - DAY
    with pytest.raises(RuleBroken, match="before it was told"):
        notices.acknowledge(actor(worker), notice, by="J. Smith", at=early)
    notices.acknowledge(actor(worker), notice, by="J. Smith", at=timezone.now())
    with pytest.raises(RuleBroken, match="already"):
        notices.acknowledge(actor(worker), notice, by="J. Smith", at=timezone.now())
    assert NoticeReceipt.objects.get().answered_by == "J. Smith"


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


def test_what_is_to_be_told_and_who_is_silent_falls_due(worker, case, winnipeg, journey):
    today = make.today()
    assert [str(one.title) for one in queries.due(actor(worker), today)] == [
        "Tell Mission in Winnipeg of the booking"
    ]
    notice = make.tell(worker, journey, winnipeg, make.consents(worker, case, winnipeg)[0])
    assert queries.due(actor(worker), today + DAY) == []
    silent = queries.due(actor(worker), today + 2 * DAY)
    assert [one.waits_for for one in silent] == ["Mission in Winnipeg"]
    notices.acknowledge(actor(worker), notice, by="J. Smith", at=timezone.now())
    assert queries.due(actor(worker), today + 9 * DAY) == []
    assert queries.due(actor(make.worker("7305", at=make.OSH)), today) == []


def test_tickets_departures_and_arrivals_fall_due(worker, case):
    today = make.today()
    journey = make.booked(worker, case, day=today, held_until=today + DAY)

    def titles():
        return [str(one.title) for one in journey_queries.due(actor(worker), today)]

    assert titles() == ["Issue the tickets"]
    make.issue(worker, journey)
    assert titles() == ["Confirm the departure"]
    make.check_off(worker, journey)
    departing.confirm_departure(actor(worker), make.fresh(case))
    assert [str(one.title) for one in journey_queries.due(actor(worker), today + DAY)] == [
        "Confirm the arrival"
    ]


def test_a_notice_of_another_office_is_not_there(worker, case, winnipeg, journey):
    consent = make.consents(worker, case, winnipeg)[0]
    stranger = make.worker("7302", at=make.OSH)
    with pytest.raises(NotFound):
        make.tell(stranger, journey, winnipeg, consent)


def test_the_pages_show_what_leaves_and_give_it_back_as_it_was_sent(
    worker, case, winnipeg, journey
):
    load_reference()
    consent = make.consents(worker, case, winnipeg)[0]
    browser = Client()
    sign_in(browser, worker)
    tell = reverse("movements:tell", args=[journey.pk, winnipeg.pk])
    page = browser.get(tell).content.decode()
    assert "Exactly this leaves" in page
    assert "TK347" in page
    answer = browser.post(tell, {"seen": "0" * 64, "channel": "email"})
    assert answer.status_code == 409
    assert not BookingNotice.objects.exists()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    answer = browser.post(f"{tell}?consent={consent.pk}", {"seen": seen, "channel": "email"})
    assert answer.status_code == 302, answer.content.decode()
    notice = BookingNotice.objects.get()
    data = browser.get(reverse("movements:notice", args=[notice.pk, "json"]))
    found = json.loads(data.content)
    assert (found["number"], found["kind"], found["changed"]) == (1, "new", {})
    assert "Rahmatov Ikrom" in found["fields"]["identity.travellers"]
    paper = browser.get(reverse("movements:notice", args=[notice.pk, "pdf"]))
    assert paper.content.startswith(b"%PDF")
    assert browser.get(reverse("movements:notice", args=[notice.pk, "exe"])).status_code == 404
    page = browser.get(reverse("movements:journey", args=[case.pk])).content.decode()
    assert "Version 1: New booking" in page
    posted = {"by": "J. Smith", "at": timezone.localtime().strftime("%Y-%m-%dT%H:%M:%S")}
    answer = browser.post(reverse("movements:receipt", args=[notice.pk]), posted)
    assert answer.status_code in (302, 422)


def test_the_page_says_who_has_not_agreed(worker, case, winnipeg, journey):
    browser = Client()
    sign_in(browser, worker)
    page = browser.get(reverse("movements:tell", args=[journey.pk, winnipeg.pk])).content.decode()
    assert "Nothing is sent" in page
    assert "Rahmatova Gulsara" in page
    assert "Send the notice" not in page
