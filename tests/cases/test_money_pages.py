"""The pages of money: what waits for whom, and a payment's way through them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.choices.money import GrantKind
from safar.assistance.cases.models import Grant, Payment, Project, Purchase
from safar.assistance.cases.queries import money as queries
from tests.makers import cases as make
from tests.makers import money
from tests.makers.accounts import actor, audited, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker(db):
    return make.caseworker("7001")


@pytest.fixture
def case(worker):
    return make.case(worker)


@pytest.fixture
def officers(db):
    return money.officers()


def at(who):
    """A browser in which she has signed in."""
    client = Client()
    sign_in(client, who)
    return client


def text(client, page, *args, **asked):
    answer = client.get(reverse(f"cases:{page}", args=args), asked)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def send(client, page, *args, **data):
    answer = client.post(reverse(f"cases:{page}", args=args), data)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_a_payment_goes_through_the_pages_from_grant_to_books(worker, case, officers):
    line = money.line()
    officer, finance = officers
    client = at(worker)
    send(client, "grant_add", case.pk, purpose="Small shop", kind="cash", ceiling="900",
         line=line.pk, rule="Trial scheme 2026")  # fmt: skip
    grant = Grant.objects.get()
    person = case.members.get().person
    assert "USD" in text(client, "payment_add", grant.pk)
    send(client, "payment_add", grant.pk, payee=person.pk, amount="900", method="cash",
         due_on="01.12.2026", tranche="1")  # fmt: skip
    payment = Payment.objects.get()
    shown = text(client, "payment", payment.pk)
    assert "Waits for approval" in shown
    assert "Then release" in shown
    assert "Your signature" not in shown
    for who, kind in ((officer, "approve"), (finance, "release")):
        client = at(who)
        assert "Small shop" in text(client, "payments", list="sign")
        assert "Your signature" in text(client, "payment", payment.pk)
        send(client, "approval_sign", payment.approval_id, kind=kind, comment="agreed")
        assert "Your signature" not in text(client, "payment", payment.pk)
    client = at(worker)
    send(client, "payment_paid", payment.pk, receipt="KO 7", paid_on="20.11.2026")
    client = at(finance)
    assert "Small shop" in text(client, "payments", list="reconcile")
    send(client, "payment_reconcile", payment.pk)
    payment.refresh_from_db()
    assert payment.status == "reconciled"
    assert "900" in text(client, "budgets")


def test_a_list_of_payments_says_no_name_and_a_payment_says_it_and_is_recorded(
    client, worker, case
):
    payment = money.payment(worker, money.grant(worker, case))
    client = at(worker)
    assert "Rahmatov" not in text(client, "payments", list="under_way")
    before = len(audited("cases.payment", "opened"))
    assert "Rahmatov" in text(client, "payment", payment.pk)
    assert len(audited("cases.payment", "opened")) == before + 1


def test_the_money_of_another_office_is_not_there(worker, case):
    payment = money.payment(worker, money.grant(worker, case))
    client = at(make.caseworker("7009", at=make.OSH, role="programme_officer"))
    assert "Small shop" not in text(client, "payments", list="under_way")
    for name, key in (("payment", payment.pk), ("case_money", case.pk),
                      ("payment_add", payment.grant_id)):  # fmt: skip
        assert client.get(reverse(f"cases:{name}", args=[key])).status_code == 404
    answer = client.post(
        reverse("cases:approval_sign", args=[payment.approval_id]), {"kind": "approve"}
    )
    assert answer.status_code == 404


def test_nobody_signs_a_step_that_is_not_in_her_role(worker, case, officers):
    payment = money.payment(worker, money.grant(worker, case))
    client = at(make.caseworker("7003"))
    url = reverse("cases:approval_sign", args=[payment.approval_id])
    assert client.post(url, {"kind": "approve"}).status_code == 403
    assert client.post(url, {"kind": "prepare"}).status_code == 409
    client = at(officers[0])
    assert client.post(url, {"kind": "approve"}).status_code == 302


def test_the_approver_reads_why_there_are_fewer_than_three_quotes(worker, case, officers):
    grant = money.grant(worker, case, kind=GrantKind.IN_KIND, purpose="Sewing machines")
    client = at(worker)
    send(client, "purchase_add", grant.pk, item="Two sewing machines")
    purchase = Purchase.objects.get()
    vendor = money.vendor()
    send(client, "quote_add", purchase.pk, vendor=vendor.pk, amount="800", quoted_on="10.11.2026")
    url = reverse("cases:quote_choose", args=[purchase.pk])
    quote = purchase.quotes.get()
    assert client.post(url, {"quote": quote.pk}).status_code == 422
    send(client, "quote_choose", purchase.pk, quote=quote.pk, why_few="the only dealer in Naryn")
    answer = client.post(
        reverse("cases:payment_add", args=[grant.pk]) + f"?purchase={purchase.pk}",
        {"payee": vendor.pk, "amount": "800", "method": "vendor", "due_on": "01.12.2026",
         "tranche": "1"},
    )  # fmt: skip
    assert answer.status_code == 302
    client = at(officers[0])
    shown = text(client, "payment", Payment.objects.get().pk)
    assert "the only dealer in Naryn" in shown
    assert "Fewer than three quotes" in shown


def test_budgets_are_kept_through_their_pages(worker, case, officers):
    client = at(officers[1])
    send(client, "project_add", code="NOR-26", name="Norway", donor_code="NOR",
         donor_name="Norway", programme="trial", currency="NOK", starts_on="01.01.2026")  # fmt: skip
    send(client, "line_add", Project.objects.get().pk, code="1", name="Grants", amount="1000000")
    assert "1\u202f000\u202f000" in text(client, "budgets")
    line = Project.objects.get().lines.get()
    send(client, "line_change", line.pk, amount="900000")
    assert "900\u202f000" in text(client, "budgets")
    client = at(worker)
    assert client.get(reverse("cases:budgets")).status_code == 403


def test_my_day_says_what_each_signs_pays_and_reconciles(worker, case, officers):
    officer, finance = officers
    today = timezone.localdate()
    payment = money.payment(worker, money.grant(worker, case), due_on=today)

    def titles(who):
        return [
            (row.title.split()[0], str(row.waits_for)) for row in queries.due(actor(who), today)
        ]

    assert titles(officer) == [("Sign:", "")]
    assert titles(finance) == []
    assert titles(worker) == [("USD", "approval")]
    money.released(payment, officer, finance)
    assert (titles(worker), titles(officer)) == ([("Pay", "")], [])
    assert queries.due(actor(worker), today - timedelta(days=1)) == []


def test_the_time_line_of_a_case_tells_its_money(worker, case, officers):
    money.released(money.payment(worker, money.grant(worker, case)), *officers)
    events = sorted(queries.happened(actor(worker), case), key=lambda event: event.at)
    assert [event.title.split(":")[0] for event in events] == [
        "Granted", "Prepared", "Approved", "Released",
    ]  # fmt: skip
    assert queries.happened(actor(make.caseworker("7009", at=make.OSH)), case) == []


def test_the_panel_of_a_case_takes_few_queries_however_many_payments(
    worker, case, django_assert_max_num_queries
):
    grant = money.grant(worker, case)
    for _ in range(5):
        money.payment(worker, grant, "100.00")
    with django_assert_max_num_queries(8):
        panel = queries.part(actor(worker), case)["money"]
        queries.happened(actor(worker), case)
    assert panel[0]["total"] == {"planned": 1000, "paid": 0, "balance": 1000}
    assert panel[0]["rows"][0]["left"] == 500


def test_a_payment_is_declined_with_its_reason_and_the_page_says_so(worker, case, officers):
    payment = money.payment(worker, money.grant(worker, case))
    client = at(officers[0])
    url = reverse("cases:approval_decline", args=[payment.approval_id])
    assert client.post(url, {"reason": " "}).status_code == 422
    send(client, "approval_decline", payment.approval_id, reason="the shop is let")
    shown = text(client, "payment", payment.pk)
    assert "Declined by Worker 7101" in shown
    assert "the shop is let" in shown
