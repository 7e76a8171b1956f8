"""Can a clerk and a consul do their work in the browser, and a stranger see none of it?"""

import io

import pytest
from django.test import Client
from django.urls import reverse

from safar.control.visas import actions
from safar.control.visas.models import Application, Fee, Paper, ScreeningMatch
from safar.core.models import AuditEntry
from tests.makers import accounts
from tests.makers import visas as make
from tests.visas.test_visas_applications import listed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def browser(name: str = "Kanat", role: str = "visa_clerk", at: str = "IST") -> Client:
    client = Client()
    accounts.sign_in_with_app(client, make.officer(name, role, at))
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"visas:{name}", args=args)


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def send(client: Client, address: str, expect: int = 302, /, **data: object) -> str:
    response = client.post(address, data)
    assert response.status_code == expect, response.content.decode()[:3000]
    return response.content.decode()


WHO = {
    "surname": "Petrova", "given_names": "Irina", "birth": "22.08.1994", "sex": "F",
    "nationality": "UTO",
}  # fmt: skip


def passport_data() -> dict[str, str]:
    return {
        "document_kind": "P",
        "issuer": "UTO",
        "document_number": "u 4410-9826",
        "document_issued_on": f"{make.day(-900):%d.%m.%Y}",
        "document_expires_on": f"{make.day(1500):%d.%m.%Y}",
    }


def journey_data(**changes: str) -> dict[str, str]:
    return {
        "kind": "T",
        "consulate": "IST",
        "purpose": "To see the lake",
        "entries_asked": "1",
        "arrives_on": f"{make.day(30):%d.%m.%Y}",
        "leaves_on": f"{make.day(49):%d.%m.%Y}",
        **changes,
    }


def file(kind: str, content: bytes = b"", name: str = "scan.jpg") -> dict[str, object]:
    there = io.BytesIO(content or make.picture(seed=len(kind)))
    there.name = name
    return {"kind": kind, "file": there}


def test_a_clerk_types_an_application_and_a_consul_grants_it():
    make.consulate()
    clerk, consul = browser(), browser("Meerim", "consul")
    send(clerk, url("new"), **WHO)
    found = Application.objects.get()
    send(clerk, url("fill", found.pk, "passport"), **passport_data())
    send(clerk, url("fill", found.pk, "journey"), **journey_data())
    assert "answer needs another look" not in read(clerk, url("fill", found.pk, "papers"))
    for kind in ("photo", "passport", "ticket", "lodging"):
        send(clerk, url("fill", found.pk, "papers"), **file(kind))
    page = read(clerk, url("fill", found.pk, "check"))
    assert "U44109826" in page
    assert "Before it can be sent" not in page
    send(clerk, url("fill", found.pk, "check"), is_true="on")
    send(clerk, url("fee", found.pk), kind="paid", amount="50", receipt="R-77")
    send(clerk, url("screen", found.pk))
    send(clerk, url("prepare", found.pk), word="Nothing special.")
    assert "PETROVA IRINA" in read(consul, url("desk"))
    send(
        consul, url("decide", found.pk), grant="1", **{
            "grant-entries": "1", "grant-days": "20",
            "grant-first": f"{make.day(30):%d.%m.%Y}", "grant-last": f"{make.day(60):%d.%m.%Y}",
        },
    )  # fmt: skip
    found.refresh_from_db()
    assert (found.status, found.decided_by_name) == ("granted", "Meerim")
    assert "Granted" in read(clerk, url("application", found.pk))


def test_opening_an_application_is_on_record():
    found = make.sent()
    read(browser(), url("application", found.pk))
    rows = AuditEntry.objects.filter(target=f"Application:{found.pk}", outcome="opened")
    assert [(row.action, row.actor_name) for row in rows] == [("visas.open", "Kanat")]
    paper = Paper.objects.filter(application=found, kind="passport").get()
    answer = browser().get(url("paper", paper.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert rows.filter(details__purpose="paper passport").exists()


PAGES = ("application", "fee", "interview", "ask_more", "prepare", "withdraw")


def test_another_consulates_clerk_gets_the_same_as_for_nothing():
    found = make.sent()
    make.consulate("DEL", "Delhi")
    stranger = browser("Daria", at="DEL")
    paper = Paper.objects.get(application=found, kind="ticket")
    addresses = [url(name, found.pk) for name in PAGES]
    addresses += [url("paper", paper.pk), url("set_aside", paper.pk)]
    addresses += [url("fill", found.pk, step) for step in ("who", "papers", "check")]
    for address in addresses:
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(url("screen", found.pk)).status_code == 404
    assert "PETROVA" not in read(stranger, url("desk"))
    assert "Nothing found" in send(stranger, url("desk"), 200, words="PETROVA", status="")
    assert not AuditEntry.objects.filter(
        actor_name="Daria", target__contains="Application"
    ).exists()
    mine = browser()
    for address in addresses[:8]:
        assert mine.get(address).status_code == 200, address


def test_a_clerk_has_no_page_to_decide_on_and_the_preparer_no_form():
    found = make.prepared()
    assert browser().get(url("decide", found.pk)).status_code == 403
    both = make.consul("Both")
    other = make.paid(make.sent())
    actions.screen(both, other)
    actions.prepare(both, make.again(other))
    page = read(browser("Both", "consul"), url("decide", other.pk))
    assert "Another officer decides" in page
    assert 'name="grant"' not in page
    assert 'name="grant"' in read(browser("Meerim", "consul"), url("decide", other.pk))


def test_a_clerk_reads_nothing_of_the_list_entry_and_a_consul_does():
    listed()
    found = make.prepared()
    clerk = read(browser(), url("application", found.pk))
    assert "A likeness to a list entry" in clerk
    assert "Criminal procedure" not in clerk
    page = read(browser("Meerim", "consul"), url("application", found.pk))
    assert "Criminal procedure" in page
    entry = ScreeningMatch.objects.get().entry_id
    assert AuditEntry.objects.filter(target=f"ListEntry:{entry}", outcome="opened").exists()


def test_a_consul_judges_a_likeness_on_its_page():
    listed()
    found = make.prepared()
    match = ScreeningMatch.objects.get()
    consul = browser("Meerim", "consul")
    assert "PETROVA, Irina" in read(consul, url("judge", match.pk))
    send(consul, url("judge", match.pk), outcome="different", reason="Another face.")
    assert "Another face." in read(consul, url("application", found.pk))
    assert browser().get(url("judge", match.pk)).status_code == 403


def test_a_refusal_on_the_page_needs_a_ground():
    found = make.prepared()
    consul = browser("Meerim", "consul")
    send(consul, url("decide", found.pk), 422, refuse="1", **{"refuse-reason": "No."})
    send(
        consul, url("decide", found.pk), refuse="1",
        **{"refuse-reason": "No means.", "refuse-grounds": ["means"]},
    )  # fmt: skip
    page = read(consul, url("application", found.pk))
    assert "Means for the stay" in page


def test_interview_more_asked_and_a_paper_set_aside_on_their_pages():
    found = make.sent()
    clerk = browser()
    today = f"{make.day(0):%d.%m.%Y}"
    send(clerk, url("interview", found.pk), held_on=today, language="ru", text="She says.")
    paper = Paper.objects.get(application=found, kind="ticket")
    send(clerk, url("set_aside", paper.pk), reason="Torn.")
    assert "Ticket or booking" in read(clerk, url("application", found.pk))
    send(clerk, url("ask_more", found.pk), what="A whole ticket, please.")
    page = read(clerk, url("application", found.pk))
    assert "A whole ticket, please." in page
    send(clerk, url("fill", found.pk, "papers"), **file("ticket"))
    send(clerk, url("answered", found.pk))
    send(clerk, url("withdraw", found.pk), reason="By letter.")
    assert make.again(found).status == "withdrawn"


def test_a_fee_on_its_page_needs_a_receipt():
    found = make.sent()
    clerk = browser()
    page = send(clerk, url("fee", found.pk), 422, kind="paid", amount="50")
    assert 'href="#id_receipt"' in page, "said at its box"
    assert "Write the number of the receipt." in page
    assert not Fee.objects.exists()
    assert "50" in read(clerk, url("fee", found.pk))


def test_who_decides_sees_what_the_lists_said_others_on_the_document_and_the_preparers_word():
    listed()
    before = make.sent()
    found = make.paid(make.sent(), receipt="R-2")
    consul = make.consul("Both")
    actions.screen(consul, found)
    actions.prepare(consul, make.again(found), word="Her sister waits in Osh.")
    page = read(browser("Meerim", "consul"), url("decide", found.pk))
    assert "Criminal procedure" in page
    assert before.number in page
    assert "Her sister waits in Osh." in page


def test_who_travels_first_stands_first_and_is_marked():
    late = make.sent()
    soon = make.sent(arrives_on=make.day(2), leaves_on=make.day(9))
    page = read(browser(), url("desk"))
    waiting = page[page.index('id="waiting"') : page.index('id="all"')]
    assert waiting.index(soon.number) < waiting.index(late.number)
    assert waiting.count("Travels soon") == 1


def test_headquarters_sets_quotas():
    make.consulate()
    hq = Client()
    accounts.sign_in_with_app(hq, accounts.user("Nurlan", "visa_officer"))
    send(hq, url("quotas"), kind="PW", year="2030", places="5")
    assert "2030" in read(hq, url("quotas"))
    assert browser().get(url("quotas")).status_code == 403


def test_the_desk_finds_by_reference_surname_and_document_and_records_the_search():
    found = make.sent()
    clerk = browser()
    for words in (found.number.lower(), "petr", "u4410 9826"):
        assert "PETROVA" in send(clerk, url("desk"), 200, words=words, status=""), words
    assert "Nothing found" in send(clerk, url("desk"), 200, words="nobody", status="")
    assert AuditEntry.objects.filter(action="visas.read", target="search").count() == 4


def test_a_draft_of_the_desk_is_deleted_there():
    found = make.filled(make.clerk())
    send(browser(), url("discard", found.pk))
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [(b"MZ" + b"\0" * 90, "passport.jpg", "whatever its name says"), (b"", "a.pdf", "empty")],
)
def test_a_hostile_file_ends_in_a_sentence_at_its_box(content, name, word):
    found = make.draft(make.clerk())
    there = io.BytesIO(content)
    there.name = name
    page = send(
        browser(), url("fill", found.pk, "papers"), 422, kind="passport", file=there
    )  # fmt: skip
    assert word in page
    assert not Paper.objects.exists()
