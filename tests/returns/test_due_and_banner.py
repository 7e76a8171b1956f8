"""What falls due in a return for whom, and how a return stands in one sentence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.actions import following
from safar.assistance.cases.models import CaseMember
from safar.assistance.cases.queries import agenda
from safar.assistance.returns import rules
from safar.assistance.returns.actions import before, journey, reporting
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import VulnerabilityScreening
from safar.assistance.returns.queries.banner import banner
from safar.assistance.returns.queries.due import due
from tests.makers import cases as kernel
from tests.makers import returns as make
from tests.makers import sharing
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LONG_AGO = timedelta(days=170)  # a claim of six months runs out in about two weeks


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def stranger():
    return make.worker("7109", at=kernel.OSH)


def today():
    return timezone.localdate()


def said(who, on=None):
    return {one.title: one for one in due(actor(who), on or today())}


def titles(who):
    return sorted(str(one) for one in said(who))


def ask(case, by, **answers):
    given = dict.fromkeys(VulnerabilityScreening.ASKED, False) | answers
    person = case.members.get(role="applicant").person
    return before.screen(actor(by), case, person=person, answers=given)


def standing(case, by):
    case.refresh_from_db()
    return banner(actor(by), case)


# -- what falls due --


def test_the_plan_is_due_within_a_month_of_the_arrival_until_it_is_chosen(worker):
    case = make.arrived(worker)
    found = said(worker)["Agree on the plan"]
    arrived_on = make.file_of(case).arrived_on
    assert arrived_on
    assert found.due_on == rules.plan_due(arrived_on)
    assert found.url == reverse("returns:step", args=[case.pk, "weigh"])
    make.planned(other := make.worker("7105"))
    assert titles(other) == []


def test_a_claim_is_spoken_of_in_its_last_weeks_and_only_as_long_as_nothing_is_granted(worker):
    case = make.planned(worker, lands=timezone.now() - LONG_AGO)
    file = make.file_of(case)
    assert said(worker)["Claim the help of the scheme"].due_on == file.claim_by
    assert "Claim the help of the scheme" not in said(worker, file.claim_by + timedelta(days=1))
    assert "Claim the help of the scheme" not in said(worker, file.claim_by - timedelta(days=31))
    make.granted(worker, case, "business", "200.00")
    assert titles(worker) == []


@pytest.mark.parametrize(("hours", "is_due"), [(2, True), (24, True), (-30, True), (24 * 5, False)])
def test_a_landing_is_met_today_and_tomorrow_and_not_forgotten_afterwards(worker, hours, is_due):
    case = make.declared(worker)
    noon = timezone.localtime().replace(hour=12, minute=0)
    flight = make.a_flight(worker, noon + timedelta(hours=hours))
    journey.arrange_travel(actor(worker), case, flight=flight)
    assert ("Meet them at Manas, TK348" in said(worker)) is is_due


def test_whoever_meets_them_has_it_in_her_day_though_another_leads_the_case(worker):
    colleague, outsider = make.worker("7105"), make.worker("7106")
    case = make.declared(worker)
    flight = make.a_flight(colleague, timezone.localtime().replace(hour=12, minute=0))
    journey.arrange_travel(actor(worker), case, flight=flight)
    journey.depart(actor(worker), case)
    found = said(colleague)["Meet them at Manas, TK348"]
    assert (found.url, str(found.at)) == (
        reverse("returns:step", args=[case.pk, "receive"]), "12:00:00",
    )  # fmt: skip
    assert titles(worker) == ["Meet them at Manas, TK348"]
    assert titles(outsider) == []


def test_a_visit_that_was_made_is_to_be_reported_once_the_person_agreed(worker):
    case = make.planned(worker)
    assert titles(worker) == []
    visit = make.visited(worker, case)
    title = "Report to the mission: Monitoring visit, month 1"
    asked = said(worker)[title]
    assert asked.url == reverse("cases:consent_add", args=[case.pk])
    consent = make.agreed(worker, case)
    ready = said(worker)[title]
    assert ready.url == reverse("returns:report_visit", args=[visit.pk])
    assert ready.due_on == today() + rules.REPORT_WITHIN
    reporting.report_visit(
        actor(worker), visit, consent=consent, mission=make.mission(), channel="email"
    )
    assert titles(worker) == []


def test_nobody_is_pressed_to_report_on_a_person_who_took_her_consent_back(worker):
    case = make.planned(worker)
    make.visited(worker, case)
    consent = make.agreed(worker, case)
    assert len(titles(worker)) == 1
    sharing.withdraw(worker, consent)
    assert titles(worker) == []


def test_a_report_is_still_due_when_the_case_is_closed(worker):
    case = make.planned(worker)
    make.visited(worker, case)
    before.end(actor(worker), case, closure="withdrawn", reason="Moved on")
    assert titles(worker) == ["Report to the mission: Monitoring visit, month 1"]


def test_a_yes_makes_a_full_assessment_due_until_somebody_closed_it(worker):
    case = make.counselled(worker)
    ask(case, worker)
    day = agenda.day(actor(worker), today())
    assert [*day.late, *day.now, *day.soon] == []
    ask(case, worker, fear=True)
    ask(case, worker, health=True)
    day = agenda.day(actor(worker), today())
    assert [str(one.title) for one in day.soon] == ["Full assessment of needs"]
    visit = case.follow_ups.get()
    assert visit.due_to == today() + rules.ASSESS_WITHIN
    tried = following.Tried("visit", "reached", timezone.now())
    following.record_attempt(actor(worker), visit, tried=tried)
    following.close_follow_up(actor(worker), visit, status="done", remark="A doctor at home")
    day = agenda.day(actor(worker), today())
    assert [*day.late, *day.now, *day.soon] == []


def test_a_worker_of_another_office_has_nothing_of_it_in_her_day(worker, stranger):
    case = make.arrived(worker, lands=timezone.now() - LONG_AGO)
    make.visited(worker, case)
    assert len(titles(worker)) == 3
    assert titles(stranger) == []
    mornings = {}
    for who in (stranger, worker):
        sign_in(browser := Client(), who)
        mornings[who] = browser.get(reverse("cases:my_day")).content.decode()
    assert case.number in mornings[worker]
    assert case.number not in mornings[stranger]


def test_ten_returns_ask_no_more_of_the_database_than_two(worker):
    def asked():
        due(actor(worker), today())
        who = actor(worker)
        with CaptureQueriesContext(connection) as seen:
            due(who, today())
        return len(seen)

    def some():
        case = make.arrived(worker, lands=timezone.now() - LONG_AGO)
        make.visited(worker, case)
        make.agreed(worker, case)
        flies = make.declared(worker)
        journey.arrange_travel(actor(worker), flies, flight=make.a_flight(worker))

    some()
    few = asked()
    for _ in range(4):
        some()
    assert (asked(), len(due(actor(worker), today()))) == (few, 20)
    assert few <= 9


# -- how it stands --


def test_where_a_deportation_order_stands_the_return_is_held(worker):
    case = make.counselled(worker, order=Order.STANDS)
    found = standing(case, worker)
    assert (found.tone, str(found.title)) == ("hold", "A deportation order stands")
    before.record_order(actor(worker), case, order=Order.NONE)
    assert standing(case, worker).tone == "check"


def test_whose_declaration_is_missing_is_said_by_name_until_it_is_there(worker):
    wife = kernel.new_person("Rahmatova Gulsara", birth=make.ADULT, citizenships=["KGZ"])
    husband = kernel.new_person("Rahmatov Ikrom", birth=make.ADULT, citizenships=["KGZ"])
    case = make.counselled(worker, husband, wife)
    first = case.members.get(role="applicant").person
    before.sign(actor(worker), case, person=first, signed=make.a_signature())
    found = standing(case, worker)
    assert (found.tone, str(found.title)) == (
        "check", "There is no declaration yet of Rahmatova Gulsara",
    )  # fmt: skip
    other = CaseMember.objects.get(case=case, role="child").person
    before.sign(actor(worker), case, person=other, signed=make.a_signature())
    assert standing(case, worker).tone == "clear"


def test_an_unasked_question_and_an_unmade_assessment_are_checks(worker):
    case = make.referred(worker)
    assert standing(case, worker).tone == "info"
    before.counsel(actor(worker), case)
    assert "Nobody has asked yet" in str(standing(case, worker).title)
    before.record_order(actor(worker), case, order=Order.NONE)
    ask(case, worker, alone=True)
    make.signed(case, worker)
    found = standing(case, worker)
    assert (found.tone, "full assessment" in str(found.title)) == ("check", True)


def test_a_claim_that_runs_out_is_counted_in_days_and_a_grant_makes_it_clear(worker):
    case = make.planned(worker, lands=timezone.now() - LONG_AGO)
    left = (make.file_of(case).claim_by - today()).days
    found = standing(case, worker)
    assert (found.tone, str(found.title)) == ("check", f"The claim runs out in {left} days")
    make.granted(worker, case, "business", "200.00")
    assert standing(case, worker).tone == "clear"


@pytest.mark.parametrize(
    ("days", "title"), [(10, "Arrived at home"), (40, "The plan was to be agreed"), (200, "The claim ran out")]
)  # fmt: skip
def test_after_the_arrival_the_days_decide(worker, days, title):
    case = make.arrived(worker, lands=timezone.now() - timedelta(days=days))
    found = standing(case, worker)
    assert str(found.title).startswith(title)
    assert (found.tone == "clear") is (days == 10)


def test_ready_to_depart_is_clear_and_says_who_meets_them(worker):
    case = make.declared(worker)
    assert standing(case, worker).tone == "clear"
    journey.arrange_travel(actor(worker), case, flight=make.a_flight(worker))
    found = standing(case, worker)
    assert (found.tone, "Worker 7101 meets them" in str(found.text)) == ("clear", True)


def test_the_page_of_the_case_says_how_it_stands_and_a_closed_one_says_nothing(worker, client):
    case = make.counselled(worker, order=Order.STANDS)
    sign_in(client, worker)
    page = reverse("cases:case", args=[case.pk])
    assert "A deportation order stands" in client.get(page).content.decode()
    before.end(actor(worker), case, closure="referred", reason="Legal aid")
    assert standing(case, worker) is None
    other = kernel.case(kernel.caseworker("7001"))
    assert banner(actor(worker), other) is None
