"""A Turkish mission's returnee, page by page, from the referral to the report on the first visit."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.models import Case
from safar.assistance.returns.actions import journey, reporting
from safar.assistance.returns.forms.steps import ReportForm
from safar.assistance.returns.models import Journey, Scheme
from safar.reference.queries import country_name
from tests.makers import cases as kernel
from tests.makers import returns as make
from tests.makers import sharing
from tests.makers.accounts import actor, sign_in, user
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    load_reference()
    make.schemes()
    return make.worker()


@pytest.fixture
def browser(worker):
    client = Client()
    sign_in(client, worker)
    return client


def post(browser, case, step, person=None, **typed):
    where = reverse("returns:step", args=[case.pk, step])
    answer = browser.post(where + (f"?person={person.pk}" if person else ""), typed)
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()


def open_return(browser) -> Case:
    scheme = Scheme.objects.get(code="TUR-AVRR")
    typed = {
        "scheme": str(scheme.pk), "mission_reference": "TR-2026-1", "office": str(kernel.office().pk),
        "surname": "Toktogulov", "given_names": "Askar", "birth": "17.05.1987", "sex": "M",
        "citizenship": "KGZ", "phone": "+996 700 123456", "may_contact": "on",
        "family-TOTAL_FORMS": "3", "family-INITIAL_FORMS": "0",
    }  # fmt: skip
    for row in range(3):
        typed |= {f"family-{row}-role": "child"}
    answer = browser.post(reverse("returns:referral"), typed)
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.get()


def test_from_the_referral_to_the_plan(browser):
    case = open_return(browser)
    person = case.members.get().person
    page = browser.get(reverse("returns:case", args=[case.pk])).content.decode()
    assert "Toktogulov Askar" in page
    assert "Turkey, voluntary return" in page
    post(browser, case, "counsel")
    post(browser, case, "order", order="none")
    post(browser, case, "screen", person)
    post(browser, case, "sign", person, on="01.11.2026", language="ky")
    post(browser, case, "declare")
    lands = timezone.localtime() - timedelta(hours=3)
    post(
        browser, case, "flight", version="0", flight="TK348", departs_from="Istanbul", airport="Manas",
        departs_at=(lands - timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M"),
        arrives_at=lands.strftime("%Y-%m-%dT%H:%M"), meets=str(case.lead_id),
    )  # fmt: skip
    post(browser, case, "depart")
    post(
        browser, case, "receive", met="met", at=lands.strftime("%Y-%m-%dT%H:%M"),
        pocket_money="100", currency="USD", receipt="P-1",
    )  # fmt: skip
    assert case.status == "arrived"
    assert case.follow_ups.count() == 3
    post(browser, case, "weigh", kind="business", title="Twelve sheep", verdict="feasible")
    browser.post(reverse("returns:choose", args=[case.options.get().pk]))
    case.refresh_from_db()
    page = browser.get(reverse("returns:case", args=[case.pk])).content.decode()
    assert case.status == "reintegrating"
    assert "Twelve sheep" in page
    assert "Monitoring visit, month 12" in page


def test_a_return_of_another_office_is_not_there(browser):
    stranger = make.worker("7102", at=kernel.OSH)
    theirs = make.referred(stranger, at=kernel.OSH)
    for name, args in (("case", [theirs.pk]), ("step", [theirs.pk, "counsel"])):
        assert browser.get(reverse(f"returns:{name}", args=args)).status_code == 404
        assert browser.post(reverse(f"returns:{name}", args=args)).status_code in (404, 405)
    theirs.refresh_from_db()
    assert theirs.status == "referred"


@pytest.mark.parametrize("role", ["officer", "list_manager", "analyst"])
def test_whoever_works_at_the_border_finds_no_door(role):
    officer = Client()
    sign_in(officer, user("1901", role))
    case = make.referred(make.worker())
    assert officer.get(reverse("returns:case", args=[case.pk])).status_code in (302, 403)
    assert officer.get(reverse("returns:report")).status_code in (302, 403)


def test_the_report_of_a_year_counts(browser, worker):
    make.arrived(worker)
    page = browser.get(reverse("returns:report")).content.decode()
    assert "By sending state" in page
    assert country_name("TUR") in page


def test_a_grant_is_not_more_than_the_scheme_gives(worker):
    from safar.assistance.cases.models import BudgetLine, Donor, Project
    from safar.assistance.returns.actions import planning, reintegration
    from safar.assistance.returns.actions.planning import Weighed
    from safar.assistance.returns.queries.files import entitled_lines
    from safar.core.errors import RuleBroken
    from safar.core.record import writing

    case = make.arrived(worker)
    with writing("cases"):
        donor = Donor.objects.create(code="TUR", name="Turkey")
        project = Project.objects.create(
            code="TUR-26", name="Returns from Turkey", donor=donor, programme="returns",
            currency="USD", starts_on="2026-01-01",
        )  # fmt: skip
        line = BudgetLine.objects.create(project=project, code="1", name="Grants", amount=5000)
    business = next(one for _label, one in entitled_lines(case) if one.purpose == "business")
    with pytest.raises(RuleBroken, match="Choose the plan first"):
        reintegration.grant(actor(worker), case, entitled=business, line=line, ceiling=Decimal(100))
    option = planning.weigh(actor(worker), case, weighed=Weighed("business", "Sheep", "feasible"))
    planning.choose(actor(worker), case, option=option)
    reintegration.grant(actor(worker), case, entitled=business, line=line, ceiling=Decimal(1000))
    with pytest.raises(RuleBroken, match="gives at the most"):
        reintegration.grant(actor(worker), case, entitled=business, line=line, ceiling=Decimal(501))
    reintegration.grant(actor(worker), case, entitled=business, line=line, ceiling=Decimal(500))


def test_a_report_is_handed_out_until_the_consent_is_taken_back(browser, worker):
    case = make.planned(worker)
    visit, consent = make.visited(worker, case), make.agreed(worker, case)
    report = reporting.report_visit(
        actor(worker), visit, consent=consent, mission=make.mission(), channel="email"
    )
    page = reverse("returns:case", args=[case.pk])
    addresses = [reverse("returns:sent", args=[report.pk, kind]) for kind in ("pdf", "json")]
    assert [browser.get(one).status_code for one in addresses] == [200, 200]
    assert addresses[0] in browser.get(page).content.decode()
    sharing.withdraw(worker, consent)
    assert [browser.get(one).status_code for one in addresses] == [403, 403]
    assert addresses[0] not in browser.get(page).content.decode()


def test_the_form_of_a_report_offers_the_applicants_own_consent_alone(worker):
    wife = kernel.new_person("Rahmatova Gulsara", birth=make.ADULT, citizenships=["KGZ"])
    husband = kernel.new_person("Rahmatov Ikrom", birth=make.ADULT, citizenships=["KGZ"])
    case = make.planned(worker, husband, wife)
    hers = case.members.exclude(role="applicant").get().person
    sharing.consent(worker, case, make.mission(), purpose="report", person=hers)
    his = make.agreed(worker, case)
    offered: Any = ReportForm(case=case).fields["consent"]
    assert list(offered.queryset) == [his]


def test_a_booking_begins_with_what_is_kept_and_two_at_it_see_both(browser, worker):
    case = make.declared(worker)
    flight = make.a_flight(worker, needs_on_board="wheelchair, insulin")
    journey.arrange_travel(actor(worker), case, flight=flight)
    where = reverse("returns:step", args=[case.pk, "flight"])
    boxes = browser.get(where).context["form"]
    shown = {name: boxes[name].value() for name in boxes.fields if not name.startswith("keep_")}
    assert shown["needs_on_board"] == "wheelchair, insulin"
    typed = {f"initial-{name}": value for name, value in shown.items()} | shown
    typed |= {"meets": str(worker.pk), "initial-meets": str(worker.pk)}
    changed = make.a_flight(worker, flight.arrives_at, number="TK350", needs_on_board="a lift")
    journey.arrange_travel(actor(worker), case, flight=changed, seen=1)
    assert browser.post(where, typed | {"flight": "TK999"}).status_code == 422
    kept = Journey.objects.get(case=case)
    assert (kept.flight, kept.needs_on_board) == ("TK350", "a lift")
    assert browser.post(where, typed | {"onward_to": "Talas"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.flight, kept.needs_on_board, kept.onward_to) == ("TK350", "a lift", "Talas")
