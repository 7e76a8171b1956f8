"""The year's report counts what donors gave: grants, payments and balances, against hand counts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.actions import approving, granting, paying
from safar.assistance.cases.actions.paying import NewPayment
from safar.assistance.cases.models import Grant
from safar.assistance.returns.queries import report
from tests.makers import cases as kernel
from tests.makers import money
from tests.makers import returns as make
from tests.makers.accounts import actor, sign_in, user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CASH = "SWE-REINT"  # in cash, so that no quotes are needed


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def signers():
    return [
        kernel.caseworker(number, role=role, programme="returns", at=None)
        for number, role in (("7201", "programme_officer"), ("7202", "finance_officer"))
    ]


def sweden():
    return make.line("SWE-R", "SWE", "EUR")


def planned(by, grant, amount, tranche=1):
    person = grant.case.members.get(role="applicant").person
    new = NewPayment(
        Decimal(amount), "bank", timezone.localdate(), person=person, tranche=tranche
    )  # fmt: skip
    return paying.plan_payment(actor(by), grant, new=new)


def paid(by, grant, amount, signers, tranche=1):
    payment = money.released(planned(by, grant, amount, tranche), *signers)
    today = timezone.localdate()
    return paying.record_paid(actor(by), payment, receipt=f"R-{tranche}", paid_on=today)


def rows(who, year=None):
    found = report.granted(actor(who), year or timezone.localdate().year)
    return [(one.donor, one.currency, one.grants, one.planned, one.paid, one.balance)
            for one in found]  # fmt: skip


def test_the_table_is_what_was_granted_and_paid(worker, signers):
    one, two = (make.planned(worker, scheme=CASH) for _ in range(2))
    first = make.granted(worker, one, "business", "2000.00", sweden())
    second = make.granted(worker, two, "business", "500.00", sweden())
    other = make.planned(worker)
    make.granted(worker, other, "study", "800.00")
    paid(worker, first, "700.00", signers)
    paid(worker, first, "300.50", signers, tranche=2)
    planned(worker, first, "400.00", tranche=3)
    paid(worker, second, "500.00", signers)
    # By hand: Sweden 2000 + 500 granted, 700 + 300.50 + 500 paid. Turkey 800 granted, nothing paid.
    assert rows(worker) == [
        ("Donor SWE", "EUR", 2, Decimal("2500.00"), Decimal("1500.50"), Decimal("999.50")),
        ("Donor TUR", "USD", 1, Decimal("800.00"), Decimal("0.00"), Decimal("800.00")),
    ]


def test_of_a_closed_grant_only_what_was_spent_counts_and_what_came_back_counts_nowhere(
    worker, signers
):
    case = make.planned(worker, scheme=CASH)
    grant = make.granted(worker, case, "business", "2000.00", sweden())
    paid(worker, grant, "600.00", signers)
    back = paid(worker, grant, "250.00", signers, tranche=2)
    paying.give_back(actor(signers[1]), back, reason="The account was closed")
    declined = planned(worker, grant, "150.00", tranche=3)
    approving.decline(actor(signers[0]), declined.approval, reason="Twice the same")
    assert rows(worker) == [
        ("Donor SWE", "EUR", 1, Decimal(2000), Decimal(600), Decimal(1400)),
    ]
    granting.close_grant(actor(worker), Grant.objects.get(pk=grant.pk))
    assert rows(worker) == [("Donor SWE", "EUR", 1, Decimal(600), Decimal(600), Decimal(0))]


def test_currencies_are_never_added_and_donors_of_one_currency_are(worker):
    for scheme, project, donor, currency in (
        (CASH, "SWE-R", "SWE", "EUR"),
        ("BEL-REINT", "BEL-R", "BEL", "EUR"),
        ("TUR-AVRR", "TUR-R", "TUR", "USD"),
    ):
        case = make.planned(worker, scheme=scheme)
        make.granted(worker, case, "business", "100.00", make.line(project, donor, currency))
    found = report.totals(report.granted(actor(worker), timezone.localdate().year))
    assert [(one.currency, one.grants, one.planned) for one in found] == [("EUR", 2, Decimal(200))]


def test_a_grant_counts_in_the_year_of_the_arrival(worker):
    today = timezone.localdate()
    last_year = timezone.now() - timedelta(days=today.timetuple().tm_yday + 20)
    early = make.planned(worker, scheme="NOR-INFO", lands=last_year)
    make.granted(worker, early, "business", "100.00", make.line("NOR-R", "NOR", "EUR"))
    assert rows(worker) == []
    assert [one[:3] for one in rows(worker, today.year - 1)] == [("Donor NOR", "EUR", 1)]


def test_the_figures_are_those_of_the_cases_in_sight(worker, signers):
    stranger, everywhere = make.worker("7109", at=kernel.OSH), make.worker("7110", at=None)
    mine = make.granted(
        worker, make.planned(worker, scheme=CASH), "business", "1000.00", sweden()
    )  # fmt: skip
    theirs = make.granted(
        stranger, make.planned(stranger, scheme=CASH, at=kernel.OSH), "business", "700.00", sweden()
    )
    paid(worker, mine, "400.00", signers)
    paid(stranger, theirs, "300.00", signers)
    for who, grants, held, given in (
        (worker, 1, 1000, 400), (stranger, 1, 700, 300), (everywhere, 2, 1700, 700),
    ):  # fmt: skip
        expected = [
            ("Donor SWE", "EUR", grants, Decimal(held), Decimal(given), Decimal(held - given))
        ]
        assert rows(who) == expected
        with kernel.as_in_pages(who):
            assert rows(who) == expected


def test_the_page_shows_the_table_and_only_to_those_who_read_payments(worker, client):
    make.granted(worker, make.planned(worker, scheme=CASH), "business", "1234.50", sweden())
    page = reverse("returns:report")
    sign_in(client, worker)
    assert "1 234.50".replace(" ", "\u202f") in client.get(page).content.decode()
    sign_in(finance := Client(), user("7301", "finance_officer"))
    assert finance.get(page).status_code == 403
