"""Can a stay officer and her head do their work in the browser, and a stranger see none of it?"""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from safar.control.stays import paper, wording
from safar.control.stays.models import (
    ExtensionApplication,
    Overstay,
    Rebuttal,
    Registration,
    RegistrationRule,
)
from safar.control.stays.queries.explaining import explain
from safar.core.models import AuditEntry
from tests import cast
from tests.makers import stays as make
from tests.makers.accounts import sign_in_with_app

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def browser(user) -> Client:
    client = Client()
    sign_in_with_app(client, user)
    return client


def url(name, *args):
    return reverse(f"stays:{name}", args=args)


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode(errors="replace")


def send(client, address, expect=302, /, **data):
    response = client.post(address, data)
    assert response.status_code == expect, response.content.decode()[:3000]
    return response


def written(day):
    return f"{day:%d.%m.%Y}"


def looks(key):
    return AuditEntry.objects.filter(target=f"Traveller:{key}", action="stays.open")


def test_from_the_list_to_the_explanation_the_rebuttal_and_the_notice():
    shown = make.document()
    entry = make.entered(40, 30, shown=shown)
    officer, head = browser(make.zarina()), browser(make.nurgul())
    assert shown.number in read(officer, url("overstays"))
    send(officer, url("put_on_list", entry.pk))
    row = Overstay.objects.get()
    assert shown.number not in read(officer, url("explanation", row.pk))
    assert not looks(entry.traveller_id).exists()
    send(officer, url("explanation", row.pk), purpose="check")
    page = read(officer, url("explanation", row.pk))
    assert looks(entry.traveller_id).get().details["purpose"] == "check"
    assert "11 days" in page
    assert "She may have left unseen" in page
    send(
        officer, url("rebuttal_record", row.pk), ground="other_post", said="I left by the pass",
        evidence="a stamp", until="",
    )  # fmt: skip
    said = Rebuttal.objects.get()
    assert "Accept" not in read(officer, url("rebuttals"))
    assert url("rebuttal_accept", said.pk) in read(head, url("rebuttals"))
    send(head, url("rebuttal_accept", said.pk), reason="the stamp is genuine")
    row.refresh_from_db()
    assert row.closed_because == "rebutted"
    for language in ("ky", "ru", "en", "xx"):
        answer = officer.get(url("notice", row.pk) + f"?language={language}")
        assert answer.content.startswith(b"%PDF")


def test_a_notice_needs_a_purpose_too():
    row = make.overstay(make.entered(40, 30))
    officer = browser(make.zarina())
    assert officer.get(url("notice", row.pk)).status_code == 302
    assert not looks(row.traveller_id).exists()


def test_an_extension_from_the_document_to_the_decision():
    shown = make.document()
    entry = make.entered(10, 30, shown=shown)
    officer, head = browser(make.zarina()), browser(make.nurgul())
    page = send(officer, url("find"), 200, issuer="ind", number=shown.number.lower())
    assert url("extension_ask", entry.pk) in page.content.decode()
    asked = {"ground": "study", "note": "a letter", "fee_receipt": "K-1"}
    wrong = send(officer, url("extension_ask", entry.pk), 422, until=written(make.day(-1)), **asked)
    assert "not later than the one that holds" in wrong.content.decode()
    send(officer, url("extension_ask", entry.pk), until=written(make.day(-50)), **asked)
    found = ExtensionApplication.objects.get()
    assert url("extension_grant", found.pk) not in read(officer, url("extension", found.pk))
    assert url("extension_grant", found.pk) in read(head, url("extension", found.pk))
    send(head, url("extension_grant", found.pk), until=written(make.day(-45)), reason="")
    assert "Granted" in read(officer, url("extensions"))


def test_an_address_is_registered_and_late_ones_are_shown():
    shown = make.document()
    entry = make.entered(30, 60, shown=shown)
    officer, head = browser(make.zarina()), browser(make.nurgul())
    assert "nobody is late" in read(officer, url("registrations"))
    make.standing_rule()
    send(
        officer, url("register", entry.pk), address="Chuy 1", region="Bishkek",
        from_day=written(make.day(30)), until=written(make.day(-5)), host_kind="hotel",
        host="Hotel Ala-Too",
    )  # fmt: skip
    assert Registration.objects.get().days_late
    assert shown.number in read(officer, url("registrations") + "?late=1")
    strike = url("registration_strike", Registration.objects.get().pk)
    assert strike not in read(officer, url("registrations"))
    assert strike in read(head, url("registrations"))
    assert "Chuy 1" in read(head, strike)
    assert officer.get(strike).status_code == 403
    send(head, strike, reason="Another hotel's guest")
    assert shown.number not in read(officer, url("registrations") + "?late=1")
    page = read(officer, url("registrations"))
    assert "By mistake" in page
    assert "Another hotel&#x27;s guest" in page
    assert strike not in read(head, url("registrations"))
    send(
        officer, url("registration_rule_propose"), days=10, working="on", act="Order 12",
        from_day=written(make.day(0)),
    )  # fmt: skip
    send(head, url("registration_rule_approve", RegistrationRule.objects.get(act="Order 12").pk))
    assert "By the rule that is configured (Order 12)" in read(officer, url("registrations"))


def test_figures_alone_for_an_analyst_and_small_groups_are_not_told():
    shown = [make.document(issuer="CHN") for _ in range(5)] + [make.document(issuer="TUR")]
    for one in shown:
        make.entered(40, 30, shown=one)
    analyst = browser(cast.gulnara())
    page = read(analyst, url("counts"))
    assert "China" in page
    assert "&lt;5" in page
    assert not any(one.number in page or one.surname in page for one in shown)
    read(analyst, url("overstays"), 403)


def test_one_small_group_is_not_told_by_the_sum_either():
    tables = wording.tables({("CHN", "KG-MAN", 1): 9, ("TUR", "KG-MAN", 1): 2})
    assert [number for _name, number in tables[0]["rows"]] == ["…", "<5"]
    apart = wording.tables({("CHN", "KG-MAN", 1): 9, ("TUR", "KG-MAN", 1): 7})
    assert [number for _name, number in apart[0]["rows"]] == ["9", "7"]


@pytest.mark.parametrize(
    "someone", [cast.aida, cast.cholpon, cast.husan, cast.elena], ids=lambda one: one.__name__
)
def test_others_open_none_of_it(someone):
    entry = make.entered(40, 30)
    row = make.overstay(entry)
    client = browser(someone())
    for address in (
        url("overstays"), url("counts"), url("explanation", row.pk), url("notice", row.pk),
        url("find"), url("extensions"), url("registrations"), url("rebuttals"),
        url("extension_ask", entry.pk),
    ):  # fmt: skip
        read(client, address, 403)
    read(browser(make.zarina()), url("explanation", row.pk))


@pytest.mark.parametrize(
    "asked",
    [
        "?day=99.99.9999", "?at_least=-1", "?citizenship=%27%3B--", "?page=0", "?page=x",
        "?page=99999999999999", "?post=nowhere", "?day=01.01.3000", "?page=²",
        "?citizenship=%00",
    ],
)  # fmt: skip
def test_odd_filters_end_in_a_page(asked):
    make.entered(40, 30)
    response = browser(make.zarina()).get(url("overstays") + asked)
    assert response.status_code in (200, 422)


def test_what_is_not_there_is_not_found():
    client = browser(make.nurgul())
    for name in ("explanation", "extension", "register", "rebuttal_accept", "extension_ask"):
        read(client, url(name, uuid4()), 404)


def test_an_entry_whose_last_day_is_over_is_a_notice_in_three_languages():
    row = make.overstay(make.entered(40, 30, shown=make.document(name_written="अनिल 李")))
    officer = browser(make.zarina())
    send(officer, url("explanation", row.pk), purpose="notice")
    sizes = {code: len(officer.get(url("notice", row.pk) + f"?language={code}").content)
             for code in ("ky", "ru", "en")}  # fmt: skip
    assert sizes["en"] < sizes["ru"]


def test_figures_cannot_be_taken_from_one_another_day_by_day():
    for _ in range(6):
        make.entered(40, 30)
    make.entered(50, 30)
    page = read(browser(cast.gulnara()), url("counts") + "?at_least=15")
    assert "Together: 7" in page
    assert 'name="at_least"' not in page


def test_on_her_notice_stands_who_she_is_and_nothing_of_another_of_her_name():
    shown = make.document(surname="KUMAR", given_names="ANIL")
    row = make.overstay(make.entered(40, 30, shown=shown))
    twin = make.document(surname="KUMAR", given_names="ANIL", issuer="NPL")
    make.entered(60, 90, shown=twin)
    make.left(twin, 5)
    found = explain(row)
    (alike,) = found.alike
    assert alike.on == make.day(5)
    assert any("same name" in text for text in wording.gaps(found))
    told = str(paper._told(found))
    assert f"IND {shown.number}" in told
    assert "KUMAR ANIL" in told
    assert "same name" not in told
    assert "You may have left" in told
