"""Of a restricted file no page shows a part before somebody said why she opens it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from safar.assistance.cases.actions import buying, receiving
from safar.assistance.cases.choices.case import Compartment
from tests.makers import cases as make
from tests.makers import money, work
from tests.makers import papers as made
from tests.makers import sharing as share
from tests.makers.accounts import actor, audited, grant, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# First words of addresses whose key is no file's and no part's: they have walls of their own.
OF_OTHERS = {
    "placements", "partners", "agreements", "budgets", "people", "names", "numbers", "contacts",
    "relatives", "household-members", "lists",
}  # fmt: skip
# Addresses that are only posted to, and parts that are made far from here (they have tests).
ELSEWHERE = {
    "plan-items",
    "notices",
    "approvals",
    "erasures",
    "answers",
    "visits",
    "ways",
    "reports",
}
# Here it is asked, and nothing told.
ASKS = {"case", "file"}


def parts(worker, case):
    """A key of each kind of part, by the names that addresses give to their pages."""
    given = money.grant(worker, case, kind="in_kind")
    purchase = buying.begin_purchase(actor(worker), given, item="Sewing machine")
    vendor = money.vendor()
    quote = buying.add_quote(
        actor(worker), purchase, vendor=vendor, amount=Decimal(300), quoted_on=date(2026, 11, 1)
    )
    buying.choose_quote(actor(worker), purchase, quote=quote, why_few="one shop")
    purchase.refresh_from_db()
    paid = {"vendor": vendor, "purchase": purchase, "method": "vendor"}
    clinic = share.partner()
    consent = share.consent(worker, case, clinic)
    document = made.document(worker, case)
    arrived = share.arrival(worker, clinic, compartment=Compartment.RESTRICTED)
    receiving.accept_incoming(actor(worker), arrived, channel="letter")
    receiving.link_incoming(actor(worker), arrived, case=case)
    return {
        "grants": given,
        "purchases": purchase,
        "payments": money.payment(worker, given, "300", **paid),
        "tasks": work.task(worker, case),
        "follow-ups": work.follow_up(worker, case),
        "plans": work.plan(worker, case),
        "services": work.service(worker, case),
        "consents": consent,
        "referrals": share.draft(worker, consent, clinic),
        "documents": document,
        "files": document.versions.get(),
        "arrivals": arrived,
        "partner": clinic.pk,
        "": case,
    }


def addresses(space):
    """Every address of an app that holds a key: its name, its first word, what else it takes."""
    found = get_resolver().namespace_dict[space][1]
    return [
        (name, pattern.split("%(key)s")[0].split("/")[0], set(takes) - {"key"})
        for name in found.reverse_dict
        if isinstance(name, str)
        for pattern, takes in found.reverse_dict.getlist(name)[0][0][:1]
        if "key" in takes
    ]


OTHER = {"name": "begin", "code": "none", "user": uuid4()}


def pages(space, keys):
    """Each address of a part, with the key of a part of that kind."""
    for name, word, others in addresses(space):
        if word not in OF_OTHERS | ELSEWHERE:
            kwargs = {"key": keys[word].pk} | {one: keys.get(one) or OTHER[one] for one in others}
            yield name, reverse(f"{space}:{name}", kwargs=kwargs)


def everything_at_once(username="7001"):
    """Whoever holds every role: only the file itself is left to stand in her way."""
    who = make.caseworker(username, Compartment.RESTRICTED)
    for role in ("programme_officer", "finance_officer", "data_protection_officer"):
        grant(who, role)
    return who


def test_no_page_of_a_restricted_file_shows_a_part_before_she_said_why(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    worker, client = everything_at_once(), Client()
    case = make.case(worker, "Zanzibarova Gulsara", compartment=Compartment.RESTRICTED)
    keys = parts(worker, case)
    sign_in(client, worker)
    asked = reverse("cases:case", args=[case.pk])
    shown = {}
    for name, address in pages("cases", keys):
        answer = client.get(address)
        assert b"Zanzibarova" not in answer.content, name
        if name not in ASKS and answer.status_code != 405:
            assert (answer.status_code, answer.headers.get("Location")) == (302, asked), name
            shown[name] = address
    assert len(shown) > 30
    client.post(reverse("cases:why", args=[case.pk]), {"purpose": "her safety plan"})
    opened = {name for name, address in shown.items() if client.get(address).status_code == 200}
    assert opened >= {
        "case_money", "services", "plan", "task", "follow_up", "payment", "purchase", "document",
        "consent", "referral", "everything", "case_change", "grant_add", "task_add",
    }  # fmt: skip


def test_of_a_file_that_is_not_restricted_nobody_asks():
    worker, client = make.caseworker("7001"), Client()
    case = make.case(worker)
    sign_in(client, worker)
    for name in ("case_money", "services", "case_change"):
        assert client.get(reverse(f"cases:{name}", args=[case.pk])).status_code == 200


def test_who_opened_a_task_or_a_follow_up_is_written_down():
    worker, client = make.caseworker("7001"), Client()
    case = make.case(worker)
    sign_in(client, worker)
    for part, verb in (
        (work.task(worker, case), "cases.open_task"),
        (work.follow_up(worker, case), "cases.open_follow_up"),
    ):
        name = verb.removeprefix("cases.open_")
        assert client.get(reverse(f"cases:{name}", args=[part.pk])).status_code == 200
        assert audited(verb, "opened")
